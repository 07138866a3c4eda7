// What a checked lesson looks like in a terminal, and for machines.

import { countVerdicts } from './block-result.ts';
import { fitLine, wrapText } from './fit-line.ts';
import type { BlockDiffLine, BlockResult, BlockVerdict, LessonCheck } from './block-result.ts';

const marks: Readonly<Record<BlockVerdict, string>> = { true: '✓', false: '✗', 'not-checkable': '–' };
const words: Readonly<Record<BlockVerdict, string>> = {
  true: 'true',
  false: 'false',
  'not-checkable': 'not checkable',
};
/** Lines of a diff that are shown; `--json` has them all. */
const diffMax = 16;
const indent = ' '.repeat(13);
/** Goes without saying where all is well. */
const silentNote = 'the lesson shows no output';

/** A lesson's blocks, one a line, with what is wrong below. */
export function formatCheck({ path, runner, given, results }: LessonCheck, columns: number): string {
  const setting = [runner, ...given].filter((part) => part !== undefined).join('; ');
  const lines = [setting === '' ? path : `${path}  (${setting})`];
  for (const result of results) lines.push(...formatResult(result, columns));
  const counts = countVerdicts(results);
  const total = results.length === 1 ? '1 block' : `${results.length} blocks`;
  const parts = (['true', 'false', 'not-checkable'] as const).map((verdict) => `${counts[verdict]} ${words[verdict]}`);
  lines.push(
    results.length === 0 ? '  nothing to check: no manifest and no command' : `  ${total}: ${parts.join(', ')}`,
  );
  return `${lines.map(withoutControls).join('\n')}\n`;
}

function formatResult(result: BlockResult, columns: number): readonly string[] {
  const { lines, title, verdict, reason, notes, diff = [] } = result;
  const where = lines.first === lines.last ? `${lines.first}` : `${lines.first}-${lines.last}`;
  const name = title.replaceAll(/\s*\n\s*/g, ' ');
  const told = [fitLine(`  ${where.padEnd(9)}${marks[verdict]} ${words[verdict].padEnd(15)}${name}`, columns)];
  const say = (text: string): void =>
    void told.push(...wrapText(text, columns - indent.length).map((line) => indent + line));
  if (reason !== undefined) say(reason);
  for (const note of notes) if (verdict !== 'true' || note !== silentNote) say(`(${note})`);
  if (verdict === 'false') told.push(...formatDiff(diff).map((line) => fitLine(indent + line, columns)));
  return told;
}

function formatDiff(diff: readonly BlockDiffLine[]): readonly string[] {
  const changed = diff.map(({ kind }) => kind === 'missing' || kind === 'extra');
  const near = diff.filter((_, at) => changed[at] || changed[at - 1] || changed[at + 1]);
  const signs = { same: ' ', missing: '-', extra: '+', skipped: ' ' } as const;
  const shown = near.slice(0, diffMax).map(({ kind, text, line, remark }) => {
    return `${String(line ?? '').padStart(5)} ${signs[kind]} ${squeezed(text)}${remark === undefined ? '' : `   <- ${remark}`}`;
  });
  const rest = near.length - shown.length;
  return rest > 0 ? [...shown, `      … ${rest} more ${rest === 1 ? 'line' : 'lines'}`] : shown;
}

/** Wide tables hold mostly blanks. */
function squeezed(text: string): string {
  return text.trim().replaceAll(/\s{2,}/g, '  ');
}

/** A lesson's text can hold what would drive a terminal. */
function withoutControls(line: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return line.replaceAll('\t', '  ').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '�');
}

/** The same as plain data. */
export function checkAsJson({ path, runner, given, results }: LessonCheck): object {
  const counts = countVerdicts(results);
  return {
    path,
    runner: runner ?? null,
    given,
    counts: { true: counts.true, false: counts.false, notCheckable: counts['not-checkable'] },
    blocks: results.map(({ kind, lines, title, verdict, reason, notes, diff, printed, shown }) => ({
      kind,
      lines,
      title,
      verdict,
      ...(reason !== undefined && { reason }),
      ...(notes.length > 0 && { notes }),
      ...(shown !== undefined && { shown: shown.texts.join('\n') }),
      ...(printed !== undefined && { printed }),
      ...(diff !== undefined && { diff }),
    })),
  };
}
