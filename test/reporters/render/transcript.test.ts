import { expect, test } from 'vitest';
import { createPalette } from '../../../reporters/render/palette.ts';
import { renderTranscript } from '../../../reporters/render/transcript.ts';
import type { TranscriptLine } from '../../../src/expectations/verdict.ts';

test('a diff shows what differs at the lines of the author, with little around it', () => {
  const same = Array.from({ length: 8 }, (_, at): TranscriptLine => ({
    kind: 'same',
    text: `web-${at}   1/1`,
    line: 20 + at,
  }));
  const lines: readonly TranscriptLine[] = [
    ...same,
    { kind: 'missing', text: 'web-8   0/1', line: 28, remark: 'READY is 1/1' },
    { kind: 'extra', text: 'web-8   1/1\u001B[31m' },
    { kind: 'skipped', text: '…', line: 29 },
  ];
  const output = { file: 'a.yaml', line: 19, column: 1, start: 0, end: 1 };

  const rendered = renderTranscript({ lines, actual: '', output }, createPalette(false));

  expect(rendered.join('\n')).toMatchInlineSnapshot(`
    "         ⋮
        25   web-5   1/1
        26   web-6   1/1
        27   web-7   1/1
    -   28   web-8   0/1   ← READY is 1/1
    +        web-8   1/1�[31m
        29   …"
  `);
});
