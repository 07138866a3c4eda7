// A grade as lines for a terminal: the learner's commands, what the API refused, then check by check.

import { renderHistory } from '../../../reporters/render/history.ts';
import { createPalette } from '../../../reporters/render/palette.ts';
import { hanging, padRight, printable, displayWidth } from '../../../reporters/render/width.ts';
import { wordsOf } from './words.ts';
import type { Palette } from '../../../reporters/render/palette.ts';
import type { AnswerProblem, CheckFault, CheckResult, Grade } from '../../lessons/exercises/exercise.ts';
import type { Words } from './words.ts';

/** How a grade is shown. */
export interface GradeLayout {
  readonly columns: number;
  readonly colours: boolean;
  /** Title in the language. */
  readonly title: string;
  /** What `exercise hint` is called with: the learner's folder. */
  readonly folder: string;
}

interface Drawing {
  readonly columns: number;
  readonly palette: Palette;
  readonly words: Words;
  readonly folder: string;
}

/** The text, which ends with a line break. */
export function renderGrade(grade: Grade, { columns, colours, title, folder }: GradeLayout): string {
  const words = wordsOf(grade.language);
  const drawing: Drawing = { columns, palette: createPalette(colours), words, folder };
  const { palette } = drawing;
  const parts = [
    [`${palette.strong(printable(title))}  ${palette.faint(grade.exercise)}`],
    grade.problems.flatMap((problem) => problemLines(problem, drawing)),
    commandLines(grade, drawing),
    refusalLines(grade, drawing),
    grade.kind === 'graded' ? checksLines(grade, drawing) : [],
    grade.untried.flatMap(({ step, check }) =>
      hanging('– ', printable(words.untried(step, check)), { columns, indent: 2 }).map((line) => palette.faint(line)),
    ),
    grade.remarks.map((remark) => palette.doubtful(`! ${words.remark}: ${printable(remark)}`)),
    closing(grade, drawing),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function problemLines({ file, line, message, hint, severity }: AnswerProblem, drawing: Drawing): readonly string[] {
  const { palette, columns, words } = drawing;
  const place = `${printable(file)}${line === 0 ? '' : `:${line}`}`;
  const lead = severity === 'error' ? palette.bad('✗') : palette.faint(`– ${words.note}:`);
  const named = message.startsWith(file) ? '' : `${palette.place(place)} `;
  const lines = hanging(`${lead} ${named}`, printable(message), { columns, indent: 4 });
  return hint === undefined ? lines : [...lines, palette.faint(`    ${printable(hint)}`)];
}

function commandLines({ commands }: Grade, { palette, words }: Drawing): readonly string[] {
  return commands.flatMap(({ file, line, command, outcome, output }) => {
    const place = palette.faint(`${file}:${line}`);
    const head = `${place}  $ ${printable(command)}`;
    if (outcome === 'skipped' && output === '') return [`${head}  ${palette.faint(`(${words.notRun})`)}`];
    const shown = output.split('\n').filter((text) => text !== '');
    const paint = outcome === 'refused' ? palette.bad : (text: string) => text;
    return [head, ...shown.map((text) => `    ${paint(printable(text))}`)];
  });
}

/** Refused command lines show it as their output already. */
function refusalLines({ refused, commands }: Grade, { palette, words, columns }: Drawing): readonly string[] {
  const files = new Set(commands.map(({ file }) => file));
  return refused
    .filter(({ file }) => !files.has(file))
    .flatMap(({ file, line, target = '', code, reason = '', message }) => {
      const place = palette.place(`${file}${line === undefined ? '' : `:${line}`}`);
      const what = [target, code === 0 ? '' : String(code), reason].filter((part) => part !== '').join(' ');
      const head = `${palette.bad('✗')} ${place}  ${words.refused} ${printable(what)}`;
      return [head].concat(hanging('    ', printable(message), { columns, indent: 4 }));
    });
}

/** What failed stands apart. */
function checksLines(grade: Grade, drawing: Drawing): readonly string[] {
  return grade.checks.flatMap((check, at) => {
    const lines = checkLines(check, grade, drawing);
    const last = at === grade.checks.length - 1;
    return check.outcome === 'pass' || last ? lines : [...lines, ''];
  });
}

function checkLines(check: CheckResult, { checks }: Grade, drawing: Drawing): readonly string[] {
  const { palette, columns, words, folder } = drawing;
  const passed = check.outcome === 'pass';
  const width = Math.max(...checks.map(({ id }) => displayWidth(id)));
  const mark = passed ? palette.good('✓') : check.outcome === 'fail' ? palette.bad('✗') : palette.doubtful('?');
  const points = palette.faint(`${check.points}/${check.max}`);
  const head = hanging(`${mark} ${padRight(check.id, width)}  ${points}  `, printable(check.asks), {
    columns,
    indent: width + 9,
  });
  if (passed) return head;
  const undecided = check.outcome === 'inconclusive' ? [`    ${words.undecided}`] : [];
  const hints =
    check.hints === 0
      ? []
      : [
          palette.faint(
            `    ${words.hint}: setpiece exercise hint ${folder} ${check.id}   (${words.hints(check.hints)})`,
          ),
        ];
  return [...head, ...undecided, ...check.faults.flatMap((fault) => faultLines(fault, drawing)), ...hints];
}

function faultLines({ expected, seen, explanation }: CheckFault, drawing: Drawing): readonly string[] {
  const { palette, columns, words } = drawing;
  const indent = Math.max(displayWidth(words.expected), displayWidth(words.seen)) + 6;
  const line = (word: string, text: string): readonly string[] =>
    hanging(padRight(`    ${word}:`, indent), printable(text), { columns, indent });
  // A request alone is no history.
  const rows = explanation?.history.some(({ object }) => object !== undefined) === true ? explanation.history : [];
  const history = renderHistory(rows, { columns: columns - 6, palette });
  const compared = (explanation?.compared ?? []).map(
    ({ field, expected: wanted, received }) =>
      `      ${printable(field)}: ${printable(wanted)} → ${printable(received)}`,
  );
  const waiting = (explanation?.waitingOn ?? []).map((text) => `    ${words.waiting}: ${printable(text)}`);
  return [
    ...line(words.expected, expected),
    ...seen.split('\n').flatMap((text) => line(words.seen, text)),
    ...history.map((row) => `      ${row}`),
    ...compared,
    ...waiting,
  ];
}

function closing(grade: Grade, { palette, words }: Drawing): readonly string[] {
  const { kind, passed, points, max, seeds, realMs, reason = '' } = grade;
  if (kind === 'failed') return [palette.bad(reason)];
  if (kind === 'unreadable') return [palette.bad(words.unreadable)];
  const paint = passed ? palette.good : palette.strong;
  const sum = paint(`${points} ${words.of} ${max} ${words.points}`);
  const facts = palette.faint(`(${words.seeds(seeds.length)}, ${Math.round(realMs)} ms)`);
  return [passed ? `${sum}  ${words.allPassed}  ${facts}` : `${sum}  ${facts}`];
}
