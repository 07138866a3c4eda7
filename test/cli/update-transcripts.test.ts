import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refuseOnCi, updateTranscripts } from '../../src/cli/update-transcripts.ts';
import { completeRunOptions } from '../../src/runner/run-options.ts';
import { runSuite } from '../../src/runner/suite.ts';
import type { FileUpdate } from '../../src/cli/update-transcripts.ts';

const manifest = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  serviceName: web
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [ { name: nginx, image: "nginx:1" } ] }
`;
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setpiece-update-'));
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, 'web.yaml'), manifest);
  file = join(folder, 'test.scenario.yaml');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

function write(text: string): void {
  writeFileSync(file, `scenario: test\ntitle: test\n${text}`);
}

function update(): Promise<readonly FileUpdate[]> {
  const options = completeRunOptions();
  const { signal } = new AbortController();
  return updateTranscripts([file], (files, emit) =>
    runSuite({ files, options, workers: 1, filter: { tags: [] } }, emit, signal),
  );
}

const twoSteps = `steps:
  - name: start   # two pods
    apply: web.yaml
    expect:
      settled: { statefulset/web: Ready }
      prints:
        - kubectl: get sts   # the set
          output: |
            NAME   READY   AGE
            web    1/2     5s

  # then more
  - name: out
    scale: { target: sts/web, to: 3 }
    expect:
      prints: [ { kubectl: get pods -o name, output: "pod/web-0" } ]   # in braces
`;

describe('--update', () => {
  test('writes every transcript that differs, step by step, and nothing else', async () => {
    write(twoSteps);

    const updates = await update();

    expect(updates).toMatchObject([
      { kind: 'updated', line: 9, command: 'kubectl get sts' },
      { kind: 'updated', line: 18, command: 'kubectl get pods -o name' },
    ]);
    const text = readFileSync(file, 'utf8');
    expect(
      text.replaceAll(/web {4}2\/2 {5}\d+s/g, 'web    1/2     5s').replace(/"pod\/web-0.*?"/s, '"pod/web-0"'),
    ).toBe(`scenario: test\ntitle: test\n${twoSteps}`);
    expect(await update()).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(['.git', 'test.scenario.yaml', 'web.yaml']);
  });

  test('keeps the lines that the author skips', async () => {
    write(`steps:
  - name: start
    apply: web.yaml
    expect:
      settled: { statefulset/web: Ready }
      prints:
        - kubectl: get pods
          output: |
            NAME    READY   STATUS    RESTARTS   AGE
            …
            web-1   0/1     Running   0          65s
`);

    await update();

    expect(readFileSync(file, 'utf8')).toMatch(
      /RESTARTS {3}AGE\n {12}…\n {12}web-1 {3}1\/1 {5}Running {3}0 {10}\d+s\n$/,
    );
  });

  test('leaves a file alone in which something else is wrong, also what it has written before', async () => {
    write(`${twoSteps}  - name: wrong
    expect: { within: 1s, eventually: { pod/web-7: Ready } }
`);
    const before = readFileSync(file, 'utf8');

    const updates = await update();

    expect(updates).toEqual([{ kind: 'refused', file, reason: 'eventually pod/web-7: Ready fails' }]);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('refuses what differs from row to row, and what holds a variable', async () => {
    const steps = (output: string): string => `matrix: [ { n: 1 }, { n: 2 } ]
steps:
  - name: start
    apply: { file: web.yaml, change: { statefulset/web: { spec: { replicas: $n } } } }
    expect: { prints: { kubectl: get sts, output: ${output} } }
`;
    write(steps('"NAME"'));
    expect(await update()).toMatchObject([
      { kind: 'refused', reason: expect.stringContaining('differently from row to row') },
    ]);

    write(steps('"NAME READY AGE\\nweb $(n)/7 5s"'));
    expect(await update()).toMatchObject([{ kind: 'refused' }]);
  });

  test('says when a file cannot be written', async () => {
    if (process.getuid?.() === 0) return;
    write(twoSteps);
    chmodSync(folder, 0o500);

    await expect(update()).rejects.toThrow(/cannot be written/);
  });

  test('is refused on CI', () => {
    expect(() => refuseOnCi({ CI: 'true' })).toThrow(/refused on CI/);
    expect(() => refuseOnCi({ CI: 'false' })).not.toThrow();
    expect(() => refuseOnCi({})).not.toThrow();
  });
});
