import { describe, expect, test } from 'vitest';
import { commandLines } from '../../../src/lessons/exercises/commands/command-lines.ts';
import { readCommandList } from '../../../src/lessons/exercises/commands/read-command-list.ts';
import { toPlain } from '../../../src/scenario/located.ts';

const all = 'scale set rollout delete patch label annotate apply create cordon uncordon drain'.split(' ');

function read(text: string, allowed = all): ReturnType<typeof readCommandList> {
  return readCommandList({ file: 'c.sh', text, allowed, manifests: ['web.yaml'], pathOf: (path) => `.answer/${path}` });
}

/** The steps of one line: verb and argument, and what they wait for. */
function stepsOf(line: string): readonly unknown[] {
  const { steps, problems } = read(line);
  expect(problems).toEqual([]);
  return steps.map(({ verb, expect: wanted }) => {
    const step: Record<string, unknown> = {};
    if (verb !== undefined) step[verb.name] = toPlain(verb.argument);
    if (wanted !== undefined) step['expect'] = toPlain(wanted);
    return step;
  });
}

describe('lines of a command list', () => {
  test('comments, blank lines and prompts are left out, and lines are joined', () => {
    const text = '#!/bin/sh\r\n\r\n  # note\r\n$ kubectl get pods  # all\r\nkubectl label pod a \\\r\n   "b=#1"\r\n';

    expect(commandLines(text).map(({ text: command, line }) => [line, command])).toEqual([
      [4, 'kubectl get pods'],
      [5, 'kubectl label pod a "b=#1"'],
    ]);
  });
});

describe('commands become steps', () => {
  test.each([
    ['kubectl scale sts/web --replicas=5', [{ scale: { target: 'statefulset.apps/web', to: 5 } }]],
    [
      'kubectl scale deploy a b --replicas 2',
      [{ scale: { target: 'deployment.apps/a', to: 2 } }, { scale: { target: 'deployment.apps/b', to: 2 } }],
    ],
    [
      'kubectl set image sts/web nginx=nginx:1.27',
      [{ setImage: { target: 'statefulset.apps/web', containers: { nginx: 'nginx:1.27' } } }],
    ],
    ['kubectl rollout undo sts web', [{ rollout: { target: 'statefulset.apps/web', undo: {} } }]],
    [
      'kubectl rollout undo sts/web --to-revision=2',
      [{ rollout: { target: 'statefulset.apps/web', undo: { toRevision: 2 } } }],
    ],
    ['kubectl rollout restart deploy/web', [{ rollout: { target: 'deployment.apps/web', restart: true } }]],
    [
      'kubectl rollout pause deploy/web',
      [{ patch: { target: 'deployment.apps/web', strategic: { spec: { paused: true } } } }],
    ],
    ['kubectl delete pod web-1 --wait=false', [{ delete: { target: 'pod/web-1' } }]],
    ['kubectl delete pod web-1 --force', [{ delete: { target: 'pod/web-1', grace: 0 } }]],
    [
      'kubectl delete sts/web --cascade=orphan --wait=false',
      [{ delete: { target: 'statefulset.apps/web', propagation: 'orphan' } }],
    ],
    [
      'kubectl delete sts/web --cascade=false --wait=false',
      [{ delete: { target: 'statefulset.apps/web', propagation: 'orphan' } }],
    ],
    ['kubectl delete pods -l app=web --wait=false', [{ delete: { target: { kind: 'pod', labels: { app: { anyOf: ['web'] } } } } }]],
    [
      `kubectl patch sts web -p '{"spec":{"replicas":4}}'`,
      [{ patch: { target: 'statefulset.apps/web', strategic: { spec: { replicas: 4 } } } }],
    ],
    [
      `kubectl patch sts web --type json -p '[{"op":"remove","path":"/a"}]'`,
      [{ patch: { target: 'statefulset.apps/web', json: [{ op: 'remove', path: '/a' }] } }],
    ],
    [
      `kubectl label pod/web-0 role=$primary old-`,
      [{ label: { target: 'pod/web-0', set: { role: '$$primary' }, remove: ['old'] } }],
    ],
    [
      'kubectl annotate sts web a=b=c --overwrite',
      [{ annotate: { target: 'statefulset.apps/web', set: { a: 'b=c' }, remove: [] } }],
    ],
    ['kubectl apply -f web.yaml', [{ apply: { file: '.answer/web.yaml', as: 'client' } }]],
    ['kubectl apply --server-side -f ./web.yaml', [{ apply: '.answer/web.yaml' }]],
    ['kubectl cordon node-1', [{ cordon: { target: 'node/node-1' } }]],
    ['kubectl drain node-1 --ignore-daemonsets', [{ drain: { target: 'node/node-1' } }]],
    [
      'kubectl wait --for=condition=Ready pod/web-0',
      [{ expect: { eventually: [{ of: 'pod/web-0', is: { conditions: { Ready: true } } }] } }],
    ],
    [
      'kubectl rollout status deploy/web',
      [{ expect: { eventually: [{ of: 'deployment.apps/web', is: { observed: true, ready: true } }] } }],
    ],
  ])('%s', (line, steps) => {
    expect(stepsOf(line)).toEqual(steps);
  });

  test('deletions are all sent, then the objects are awaited to be gone', () => {
    const gone = (of: unknown): unknown => ({ of, is: { terminating: true }, count: 0 });
    const selected = { kind: 'pod', labels: { app: { anyOf: ['web'] } } };

    expect(stepsOf('kubectl delete pod web-1 web-2 --now')).toEqual([
      { delete: { target: 'pod/web-1', grace: 1 } },
      { delete: { target: 'pod/web-2', grace: 1 } },
      { expect: { eventually: [gone('pod/web-1'), gone('pod/web-2')] } },
    ]);
    expect(stepsOf('kubectl delete pods -l app=web')).toEqual([
      { delete: { target: selected } },
      { expect: { eventually: [gone(selected)] } },
    ]);
  });

  test('only a selection may select nothing, and only --overwrite changes what is there', () => {
    const facts = (line: string): readonly unknown[] =>
      read(line).steps.map(({ mayBeEmpty, keepsValues, refusal }) => [mayBeEmpty, keepsValues, refusal?.of]);

    expect(facts('kubectl delete pods --all --wait=false')).toEqual([[true, undefined, undefined]]);
    expect(facts('kubectl delete pod web-0 --wait=false')).toEqual([[undefined, undefined, undefined]]);
    expect(facts('kubectl label pod web-0 a=b')).toEqual([[undefined, true, undefined]]);
    expect(facts('kubectl label pod web-0 a=b --overwrite')).toEqual([[undefined, undefined, undefined]]);
    expect(facts('kubectl rollout status sts/web')).toEqual([[undefined, undefined, 'statefulset.apps/web']]);
    expect(facts('kubectl rollout status deploy/web')).toEqual([[undefined, undefined, undefined]]);
  });
});

describe('commands that cannot be run', () => {
  test.each([
    ['rm -rf /', /`rm` is not kubectl/],
    ['kubectl', /names no subcommand/],
    ['kubectl scale sts/web --replicas=5 | cat', /is for a shell/],
    ['kubectl scale sts/`id` --replicas=1', /is for a shell/],
    ['kubectl scale sts/web --replicas=5 && reboot', /is for a shell/],
    ['kubectl edit sts/web', /opens an editor/],
    ['kubectl exec web-0 -- id', /not allowed in this exercise/],
    ['kubectl scal sts/web', /did you mean `scale`/],
    ['kubectl __proto__ sts/web', /not allowed/],
    ['kubectl scale sts/web --replicas=many', /invalid argument "many"/],
    ['kubectl scale sts/web --replicas=-1', /greater than or equal to 0/],
    ['kubectl scale sts/web --replcas=1', /`--replcas` is not known here/],
    ['kubectl scale sts/web', /required flag\(s\) "replicas" not set/],
    ['kubectl scale sats/web --replicas=1', /doesn't have a resource type "sats"/],
    ['kubectl scale sts/web..x --replicas=1', /cannot be the name of an object/],
    ['kubectl scale sts/web -n kube-system --replicas=1', /there is no namespace kube-system/],
    ['kubectl delete ns/kube-system', /belongs to the whole cluster/],
    ['kubectl delete pods', /no name was specified/],
    ['kubectl delete pod a --cascade=all', /invalid cascade value/],
    ['kubectl delete pod a --force --grace-period=5', /cannot be specified together/],
    ['kubectl delete -f web.yaml', /not known here/],
    ['kubectl apply -f ../other.yaml', /no manifest of yours/],
    ['kubectl apply -f https://example.invalid/x.yaml', /no manifest of yours/],
    ['kubectl apply -f /etc/passwd', /no manifest of yours/],
    [`kubectl patch sts/web -p '{"a":'`, /unable to parse/],
    [`kubectl patch sts/web -p '[1]'`, /a map of fields/],
    ['kubectl patch sts/web', /must specify --patch/],
    [`kubectl label pod 'a`, /has no end/],
    ['kubectl label pod a', /at least one label update/],
    ['kubectl rollout pause sts/web', /pausing is not supported/],
    ['kubectl wait --for=jsonpath=x pod/a', /`--for=condition=NAME/],
  ])('%s', (line, message) => {
    const { steps, problems } = read(`\n${line}\nkubectl scale sts/web --replicas=2\n`);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      file: 'c.sh',
      line: 2,
      severity: 'error',
      message: expect.stringMatching(message),
    });
    expect(steps).toHaveLength(1);
  });

  test('what an exercise does not list is not allowed, but looking and waiting are', () => {
    const text = 'kubectl delete pod a\nkubectl describe pod a\nkubectl wait --for=delete pod/a\n';

    const { problems, lines } = read(text, ['scale']);

    expect(problems).toMatchObject([{ line: 1, hint: 'allowed here: kubectl scale' }]);
    expect(lines.map(({ reads }) => reads)).toEqual([true, false]);
  });

  test('more lines than anybody writes are refused', () => {
    expect(read('kubectl get pods\n'.repeat(500)).problems).toHaveLength(1);
  });
});
