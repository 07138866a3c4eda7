import { describe, expect, test } from 'vitest';
import { readCommand } from '../../../src/kubernetes/kubectl/read-command.ts';

function refusal(line: string): string {
  const read = readCommand(line);
  return read.ok ? 'read' : `${read.message}${read.hint === undefined ? '' : ` | ${read.hint}`}`;
}

describe('a command line', () => {
  test('is read with and without a prompt and the word kubectl', () => {
    const read = { ok: true, request: { verb: 'get', targets: [{ word: 'pods', names: [] }], watch: true } };

    expect(readCommand('get pods -w')).toMatchObject(read);
    expect(readCommand('$ kubectl get  pods --watch')).toMatchObject(read);
    expect(readCommand('kubectl get -w pods')).toMatchObject(read);
  });

  test('names objects by kind, by pair, and several kinds at once', () => {
    const targetsOf = (line: string): unknown => {
      const read = readCommand(line);
      return read.ok && read.request.verb === 'get' ? read.request.targets : read;
    };

    expect(targetsOf('get po web-0 web-1')).toEqual([{ word: 'po', names: ['web-0', 'web-1'] }]);
    expect(targetsOf('get sts/web pvc/a pvc/b')).toEqual([
      { word: 'sts', names: ['web'] },
      { word: 'pvc', names: ['a', 'b'] },
    ]);
    expect(targetsOf('get sts,pvc')).toMatchObject([{ word: 'sts' }, { word: 'pvc' }]);
  });

  test('has flags in all their forms', () => {
    expect(
      readCommand('get pods -wl app=nginx -owide --no-headers -L=app,tier --sort-by .metadata.name'),
    ).toMatchObject({
      ok: false,
      message: 'kubectl does not sort what it watches',
    });
    expect(
      readCommand("get pods -lapp=nginx -owide --no-headers -L app,tier --sort-by='.metadata.name'"),
    ).toMatchObject({
      request: {
        labels: [{ key: 'app', operator: '=', values: ['nginx'] }],
        output: { kind: 'table', wide: true },
        headers: false,
        labelColumns: ['app', 'tier'],
        sortBy: '{.metadata.name}',
      },
    });
  });

  test.each([
    ['', 'there is no command'],
    ['logs web-0', '`kubectl logs` cannot be shown'],
    ['gte pods', 'did you mean `get`?'],
    ['get', 'the command names no kind'],
    ['get pods -n kube-system', 'a scenario has one namespace'],
    ['get pods -A', 'a scenario has one namespace'],
    ['get pods --wtach', 'did you mean `--watch`?'],
    ['get pods -o', 'flag `-o` needs a value'],
    ['get pods -o go-template={{.x}}', '`-o go-template={{.x}}` cannot be shown'],
    ["get pods -o jsonpath='{.items[?(@.a>3)]}'", 'the jsonpath'],
    ['get pods -o custom-columns=NAME', 'the custom column'],
    ['get pods | grep web', '`|` is for a shell'],
    ["get pods -l 'app", 'the quote at column 13 has no end'],
    ['get pods,sts -w', 'one kind at a time'],
    ['get pods -w -o yaml', 'a watch with `-o yaml`'],
    ['get pod/web-0 web-1', '`web-1` must be KIND/NAME'],
    ['describe deploy mynginx', 'the description of `deploy` cannot be shown | kinds: pod, statefulset'],
    ['rollout pause sts/web', '`kubectl rollout pause` cannot be shown'],
    ['rollout status sts', 'one object'],
    ['rollout history sts/web --revision=x', '`--revision` must be a number'],
  ])('%s is refused in words', (line, words) => {
    expect(refusal(line)).toContain(words);
  });
});
