import { expect, test } from 'vitest';
import { createMarkdownReporter } from '../../reporters/markdown.ts';
import { orderViolated, streamOf, verdictOf } from './stored-run.ts';
import type { Message } from '../../src/runner/messages.ts';

function report(messages: readonly Message[]): string {
  let text = '';
  const reporter = createMarkdownReporter((piece) => void (text += piece));
  for (const message of messages) reporter.on(message);
  void reporter.end?.();
  return text;
}

const guarantee = {
  id: 'ordered-creation',
  sentence: 'Pods are created | one after <another>',
  documented: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#x',
  since: '1.9',
  area: 'order',
} as const;

/** The stream on a backend, with its scenario checking the guarantee. */
function on(backend: string, messages: readonly Message[]): readonly Message[] {
  return messages.map((message) => {
    if (message.kind === 'runStarted') return { ...message, backend, guarantees: [guarantee] };
    if (message.kind === 'runFinished') return message;
    return { ...message, id: { ...message.id, backend }, guarantees: [guarantee.id] } as Message;
  });
}

test('the matrix has a row for each guarantee and a column for each backend and version', () => {
  const text = report([
    ...on('simulator', streamOf([verdictOf({})], { guarantees: [guarantee.id] })).slice(0, -1),
    ...on('kind', streamOf([orderViolated], { outcome: 'fail', guarantees: [guarantee.id] }, 1)),
  ]);

  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  expect(rows).toEqual([
    '| guarantee | simulator 1.36.2 | kind 1.36.2 |',
    '| --- | :---: | :---: |',
    '| **order** |  |  |',
    `| [Pods are created \\| one after \\<another\\>](${guarantee.documented}) \`ordered-creation\` | ✅ 1 | ❌ 1 |`,
  ]);
});

test('what did not pass is told as on the terminal, in a fence that its text cannot leave', () => {
  const loud = verdictOf({ outcome: 'fail', text: '```\n</details>' });

  const text = report(streamOf([loud], { outcome: 'fail' }, 1));

  expect(text).toContain('<details><summary>❌ <code>scale-out-in-order</code> on simulator</summary>');
  expect(text).toContain('````text');
  expect(text).toContain('exit code 1');
});

test('a run that could not be made says why', () => {
  const messages = streamOf([], {}).filter(({ kind }) => kind === 'runStarted' || kind === 'runFinished');
  const reasoned = messages.map((one) =>
    one.kind === 'runFinished' ? Object.assign({}, one, { reason: 'no *server*' }) : one,
  );

  expect(report(reasoned)).toContain('no \\*server\\*');
});
