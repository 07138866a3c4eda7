import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admitCommand } from '../../../src/lessons/check/admit/admit-command.ts';
import { argumentsOf } from '../../../src/lessons/check/admit/invocation.ts';
import { filterOutput } from '../../../src/lessons/check/admit/read-filter.ts';

function argumentsFor(text: string): readonly string[] {
  const admission = admitCommand(text);
  if (admission.kind === 'refused') throw new Error(admission.reason);
  return argumentsOf(admission.invocation);
}

function reasonFor(text: string): string {
  const admission = admitCommand(text);
  return admission.kind === 'refused' ? admission.reason : 'admitted';
}

describe('a command of a lesson', () => {
  test.each([
    ['kubectl get pods -n x -owide', ['get', 'pods', '--namespace=x', '--output=wide']],
    ['kubectl get pod -w -l app=web', ['get', 'pod', '--watch', '--selector=app=web']],
    ['sudo kubectl scale --replicas=5 sts mongo', ['scale', 'sts', 'mongo', '--replicas=5']],
    [
      `kubectl patch sts web --type='json' -p='[{"op": "x"}]'`,
      ['patch', 'sts', 'web', '--type=json', '--patch=[{"op": "x"}]'],
    ],
    ['kubectl exec -it web-0 -- sh -c "echo \\"a b\\""', ['exec', 'web-0', '--', 'sh', '-c', 'echo "a b"']],
    ['kubectl delete pod a --force --grace-period 0 # now', ['delete', 'pod', 'a', '--force', '--grace-period=0']],
    ['kubectl logs -p web-0 -c nginx', ['logs', 'web-0', '--previous', '--container=nginx']],
  ])('%s is given on in one form', (text, expected) => {
    expect(argumentsFor(text)).toEqual(expected);
  });

  test('names the files that it reads, however they are written', () => {
    const admission = admitCommand('kubectl apply -f a.yaml,b.yaml -fc.yaml --filename=d.yaml --filename e.yaml');

    expect(admission).toMatchObject({
      invocation: { files: ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml', 'e.yaml'], flags: [] },
    });
  });

  test('says how it stands to time', () => {
    const temperOf = (text: string): unknown => admitCommand(text);

    expect(temperOf('kubectl get pods -w')).toMatchObject({ temper: { watching: true, changing: false } });
    expect(temperOf('kubectl get pods --watch=false')).toMatchObject({ temper: { watching: false } });
    expect(temperOf('kubectl rollout status sts/web -w')).toMatchObject({ temper: { watching: false, waiting: true } });
    expect(temperOf('kubectl delete pod a')).toMatchObject({ temper: { changing: true, waiting: true } });
    expect(temperOf('kubectl apply -f a.yaml --dry-run=server')).toMatchObject({ temper: { changing: false } });
  });

  test.each([
    ['exportfs -arv', /`exportfs` is a command of a host/],
    ['docker ps', /command of a host/],
    ['KUBECONFIG=/etc/x kubectl get pods', /variable of the shell/],
    ['kubectl get pods --kubeconfig=/etc/kubernetes/admin.conf', /--kubeconfig is not given to kubectl/],
    ['kubectl -s https://example.invalid get pods', /--server is not given/],
    ['kubectl get pods --token x', /--token is not given/],
    ['kubectl get pods --as admin', /--as is not given/],
    ['kubectl get pods --context=prod', /--context is not given/],
    ['kubectl get --raw /api', /--raw is not given/],
    ['kubectl get pods -o go-template-file=/etc/passwd', /output format/],
    ['kubectl get pods -o jsonpath-file=/etc/passwd', /output format/],
    ['kubectl get pods -o custom-columns-file=x', /output format/],
    ['kubectl create configmap a --from-file=/etc/passwd', /--from-file is not given/],
    ['kubectl create secret generic a --from-env-file=.env', /--from-env-file is not given/],
    ['kubectl apply -k .', /--kustomize is not given/],
    ['kubectl apply -Rf /etc', /--recursive reads folders/],
    ['kubectl apply -f https://example.invalid/x.yaml', /is elsewhere; nothing is fetched/],
    ['kubectl patch sts web --patch-file /etc/passwd', /--patch-file is not given/],
    ['kubectl cluster-info dump --output-directory=/tmp', /--output-directory is not given/],
    ['kubectl proxy', /opens a port/],
    ['kubectl port-forward web-0 80', /opens a port/],
    ['kubectl cp /etc/passwd web-0:/x', /copies files/],
    ['kubectl config view', /changes a kubeconfig/],
    ['kubectl edit sts web', /opens an editor/],
    ['kubectl diff -f a.yaml', /starts another program/],
    ['kubectl apply edit-last-applied sts/web', /no command that lessons can use/],
    ['kubectl krew install x', /installs plugins/],
    ['kubectl evil', /no command that lessons can use/],
    ['kubectl rollout evil', /no command that lessons can use/],
    ['kubectl __proto__', /no command that lessons can use/],
    ['kubectl get pods --constructor', /flag --constructor is not known/],
    ['kubectl get pods > /tmp/x', /writes to a file/],
    ['kubectl get pods | sh', /goes to another program, `sh`/],
    ['kubectl get pods | grep -f /etc/passwd', /goes to another program/],
    ['kubectl get pods; rm -rf /', /several commands/],
    ['kubectl get pods && rm x', /several commands/],
    ['kubectl get $(cat x)', /output of another command/],
    ['kubectl get `cat x`', /output of another command/],
    ['kubectl get pod $POD', /variable of the shell/],
    ['kubectl exec web-0 -- sh -c "echo $HOME"', /variable of the shell/],
    ['kubectl exec -it web-0 -- bash', /waits for somebody to type/],
    ['kubectl run -it --rm dns --image busybox', /waits for somebody to type/],
    ['for i in 0 1; do kubectl get pod web-$i; done', /begins with `for`/],
    ['watch kubectl get pods', /`watch` is another program/],
    ["kubectl get 'pods", /quotation that does not end/],
  ])('%s is not run', (text, reason) => {
    expect(reasonFor(text)).toMatch(reason);
  });

  test('never reaches kubectl with a flag that was not read, whatever it is made of', () => {
    const word = oneof(
      constantFrom(
        'get',
        'apply',
        '-f',
        '-',
        '--',
        '-n',
        '-o',
        '--kubeconfig',
        '--kubeconfig=x',
        '-s',
        '-sx',
        '-ws',
        '-wk',
        '-of',
      ),
      string({ maxLength: 6 }),
    );
    assert(
      property(array(word, { maxLength: 8 }), (words) => {
        const admission = admitCommand(`kubectl ${words.join(' ')}`);
        if (admission.kind === 'refused') return;
        const { flags, words: positional } = admission.invocation;
        expect(flags.every((flag) => /^--[a-z]+(?:-[a-z]+)*(?:=|$)/s.test(flag))).toBe(true);
        expect(flags.some((flag) => /^--(?:kubeconfig|server|token|as|context|kustomize|filename)\b/.test(flag))).toBe(
          false,
        );
        expect(positional.every((each) => each === '-' || !each.startsWith('-'))).toBe(true);
      }),
    );
  });
});

test('grep, head and tail are done here', () => {
  const output = 'Image: a\nimage: b\nother\n';

  expect(filterOutput(output, [{ kind: 'grep', pattern: 'Image', invert: false, ignoreCase: false }])).toBe(
    'Image: a\n',
  );
  expect(filterOutput(output, [{ kind: 'grep', pattern: 'image', invert: true, ignoreCase: true }])).toBe('other\n');
  expect(filterOutput(output, [{ kind: 'head', lines: 1 }])).toBe('Image: a\n');
  expect(filterOutput(output, [{ kind: 'tail', lines: 1 }])).toBe('other\n');
  expect(admitCommand('kubectl describe pod a | grep -i image | head -2')).toMatchObject({
    invocation: {
      filters: [
        { kind: 'grep', pattern: 'image', ignoreCase: true },
        { kind: 'head', lines: 2 },
      ],
    },
  });
});
