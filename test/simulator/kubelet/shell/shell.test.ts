import { expect, test } from 'vitest';
import { readScript } from '../../../../src/simulator/kubelet/shell/read-script.ts';
import { createShell, runScript } from '../../../../src/simulator/kubelet/shell/shell.ts';
import { FileTree } from '../../../../src/simulator/kubelet/shell/files.ts';
import type { ShellWorld } from '../../../../src/simulator/kubelet/shell/process.ts';

/** What a script printed, how it ended, and how long it slept. */
interface Outcome {
  readonly out: string;
  readonly error: string;
  readonly code: number;
  readonly slept: number;
}

function world(files = new FileTree({ open: true })): ShellWorld {
  return {
    hostname: 'web-1',
    fullHostname: 'web-1.nginx.ns.svc.cluster.local',
    address: '10.244.0.7',
    environment: new Map([
      ['HOSTNAME', 'web-1'],
      ['EMPTY', ''],
    ]),
    files,
    resolve: (name) =>
      name === 'web-0.nginx' ? { code: 'NOERROR', records: ['10.244.0.6'] } : { code: 'NXDOMAIN', records: [] },
    signal: () => undefined,
    unknown: () => undefined,
  };
}

function run(text: string, at: ShellWorld = world()): Outcome {
  const script = readScript(text);
  if ('kind' in script) return { out: '', error: script.message, code: 2, slept: 0 };
  let out = '';
  let error = '';
  let slept = 0;
  const streams = {
    input: '',
    out: (more: string) => void (out += more),
    error: (more: string) => void (error += more),
  };
  const process = runScript(createShell(at), script, streams);
  for (let step = process.next(); ; step = process.next()) {
    if (step.done === true) return { out, error, code: step.value, slept };
    slept += step.value;
  }
}

test.each([
  ['echo a b', 'a b\n'],
  [`echo 'a  b' "c  $HOSTNAME"`, 'a  b c  web-1\n'],
  ['echo a$EMPTY"b" $EMPTY c', 'ab c\n'],
  ['echo $(hostname) "$(hostname -f)"', 'web-1 web-1.nginx.ns.svc.cluster.local\n'],
  ['echo `hostname`', 'web-1\n'],
  ['echo ${HOSTNAME##*-} ${HOSTNAME%-*} ${NOPE:-none}', '1 web none\n'],
  ['X=1; Y="$X 2"; echo $Y', '1 2\n'],
  ['echo -n a; printf "%s-%d\\n" b 3', 'ab-3\n'],
  ['true && echo yes || echo no', 'yes\n'],
  ['false && echo yes || echo no', 'no\n'],
  ['! false && echo turned', 'turned\n'],
  ['if [ -f /nope ]; then echo a; elif test 2 -gt 1; then echo b; else echo c; fi', 'b\n'],
  ['echo one > /f; echo two >> /f; cat /f | grep -c o', '2\n'],
  ['cat < /nope || echo $?', '1\n'],
  ['# a comment\necho a # another\n\necho b', 'a\nb\n'],
  ['mkdir -p /d/e && touch /d/e/f /d/g && ls /d && rm -r /d/e && ls /d', 'e\ng\ng\n'],
  ['echo x > /a; mv /a /b; cp /b /c; ls /a; cat /b /c', 'x\nx\n'],
  ['cd /data; pwd; touch x; ls', '/data\nx\n'],
  ['mkdir -p /d/e; touch /d/e/f; find /d; cd /d; find; ls -idlh /d', '/d\n/d/e\n/d/e/f\n.\n./e\n./e/f\n/d\n'],
  ['mkdir /d; ln -s f /d/l; echo x > /d/l; cat /d/f; ls /d; rm /d/l; ls /d', 'x\nf\nl\nf\n'],
  ['ln -s /b /a; ln -s /a /b; cat /a || echo endless', 'endless\n'],
  ['dd if=/dev/zero of=/z bs=1 count=1 conv=fsync && test -f /z && echo there', 'there\n'],
  ['printf abcdef | dd bs=2 count=2 status=none; dd if=/dev/zero of=/z || echo full', 'abcdfull\n'],
  ['sh -c "echo $HOSTNAME; exit 3"; echo $?', 'web-1\n3\n'],
  ['export A=1; env | grep A=; printenv A', 'A=1\n1\n'],
  ['nslookup web-0.nginx | grep Address:', 'Address:\t10.96.0.10:53\nAddress: 10.244.0.6\n'],
])('%s', (text, out) => {
  expect(run(text).out).toBe(out);
});

test.each([
  ['exit 7', 7],
  ['exit 7; echo never', 7],
  ['false', 1],
  ['nothing-of-that-name', 127],
  ['set -e; false; echo never', 1],
  ['set -e; false || true; exit 4', 4],
  ['set -e; if false; then true; fi; exit 5', 5],
  ['nslookup nope', 1],
  ['test a = b', 1],
  ['[ 1 -eq 1', 2],
  ['cat /nope', 1],
])('%s ends with %i', (text, code) => {
  expect(run(text).code).toBe(code);
});

test.each([
  ['cat /nope', 'cat: /nope: No such file or directory\n'],
  ['rm /nope', "rm: cannot remove '/nope': No such file or directory\n"],
  ['nothing', 'sh: 1: nothing: not found\n'],
  ['for i in 1 2; do echo $i; done', 'for is not known'],
  ['while true; do sleep 1; done', 'while is not known'],
  ['echo "a', 'Unterminated quoted string'],
  ['cat <<EOF', 'here documents are not known'],
  ['echo $((1+1))', 'arithmetic is not known'],
  ['sleep 1 &', 'background commands are not known'],
  ['if true; then echo a', 'Syntax error: "fi" expected'],
  ['; ; )', 'Syntax error: ")" unexpected'],
])('%s says what is wrong', (text, error) => {
  expect(run(text).error).toBe(error);
});

test('sleep is virtual time', () => {
  expect(run('sleep 1; sleep 1.5m')).toMatchObject({ slept: 91_000_000, code: 0 });
  expect(run('sleep soon').error).toBe("sleep: invalid time interval 'soon'\n");
});

test('a volume has only the directories that were made', () => {
  const files = new FileTree();

  expect(run('echo a > /data/x', world(files))).toMatchObject({
    code: 1,
    error: 'sh: 1: cannot create /data/x: Directory nonexistent\n',
  });
  expect(run('mkdir /data && echo a > /data/x && cat /data/x', world(files)).out).toBe('a\n');
});

test('errors go where they are sent', () => {
  expect(run('cat /nope 2>/dev/null; echo $?')).toMatchObject({ out: '1\n', error: '' });
  expect(run('cat /nope 2>&1 | grep -c nope').out).toBe('1\n');
  expect(run('echo a >&2')).toMatchObject({ out: '', error: 'a\n' });
});

test.each([
  ['[[ -n a ]] && echo yes', 'yes\n'],
  ['x="a b"; if [[ $x == "a b" ]]; then echo whole; fi', 'whole\n'],
  ['x=; if [[ $x == y ]]\nthen echo y\nelse echo other\nfi', 'other\n'],
  ['expr 7 % 2', '1\n'],
  ['expr 2 + 3', '5\n'],
  ['if [ $(expr 4 % 2) -ne 0 ]; then echo odd; else echo even; fi', 'even\n'],
])('%j prints %j', (text, out) => {
  expect(run(text).out).toBe(out);
});

test.each([
  ['[[ a == b && c == d ]]', '[[ is known only with what [ knows, too'],
  ['[[ abc == a* ]]', '[[ is known only with what [ knows, too'],
  ['[[ -n a', '[[ is known only with what [ knows, too'],
  ['expr 1 / 0', 'expr: division by zero\n'],
  ['expr a + 1', 'expr: non-integer argument\n'],
  ['expr 1', 'expr: syntax error\n'],
])('%j is refused', (text, error) => {
  expect(run(text).error).toBe(error);
});
