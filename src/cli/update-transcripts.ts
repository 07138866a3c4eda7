// `setpiece run --update`: writes what `prints` shows into scenario files, as long as nothing else is wrong with the run.

import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compareTranscript } from '../kubernetes/transcript/compare-transcript.ts';
import { exitCodes } from '../runner/exit-code.ts';
import { formatPathError } from '../runner/path-error.ts';
import { replaceText } from '../scenario/replace-text.ts';
import { mergeTranscript } from './merge-transcript.ts';
import { ReportedError } from './reported-error.ts';
import type { Message } from '../runner/messages.ts';
import type { Verdict } from '../expectations/verdict.ts';

/** Runs files and tells it. */
export type RunFiles = (files: readonly string[], emit: (message: Message) => void) => Promise<unknown>;

/** What was done to a file. */
export type FileUpdate =
  | { readonly kind: 'updated'; readonly file: string; readonly line: number; readonly command: string }
  | { readonly kind: 'refused'; readonly file: string; readonly reason: string };

/** A step ends a run that has a wrong transcript, so that every round shows one step more. */
const roundsMax = 200;

/** Refuses where nobody looks at what is written. */
export function refuseOnCi(environment: Readonly<Record<string, string | undefined>>): void {
  const { CI: ci = '' } = environment;
  if (ci === '' || ci === '0' || ci === 'false') return;
  const why = '--update is refused on CI (the variable CI is set): update where the change can be looked at';
  throw new ReportedError(why, exitCodes.invalid);
}

/** Runs and rewrites until no transcript differs; a file with another failure gets back what it had. */
export async function updateTranscripts(files: readonly string[], run: RunFiles): Promise<readonly FileUpdate[]> {
  const done: FileUpdate[] = [];
  const book = new Map<string, UpdatedFile>();
  let left = files;
  for (let round = 0; round < roundsMax && left.length > 0; round += 1) {
    const seen = new SeenRuns();
    await run(left, (message) => seen.take(message));
    const again: string[] = [];
    for (const [file, found] of seen.files) {
      const kept = book.get(file) ?? new UpdatedFile(file);
      book.set(file, kept);
      const outcome = kept.take(found);
      if (outcome === 'written') again.push(file);
      if (outcome === 'refused') done.push({ kind: 'refused', file, reason: kept.reason });
    }
    left = again;
  }
  return [...[...book.values()].flatMap(({ updates }) => updates.toSorted(byLine)), ...done];
}

/** A file is written from its end; people read it from its beginning. */
function byLine(a: FileUpdate, b: FileUpdate): number {
  return a.kind === 'updated' && b.kind === 'updated' ? a.line - b.line : 0;
}

/** What the runs of one file came to. */
interface FoundInFile {
  readonly wrong: Verdict[];
  /** Why the file must be left alone. */
  other: string | undefined;
}

/** The runs of a round, by file. */
class SeenRuns {
  readonly files = new Map<string, FoundInFile>();
  readonly #fileOf = new Map<string, string>();

  take(message: Message): void {
    if (message.kind === 'scenarioStarted') this.#fileOf.set(JSON.stringify(message.id), message.file);
    if (message.kind === 'stepFinished') {
      const file = this.#fileOf.get(JSON.stringify(message.id));
      if (file === undefined) return;
      for (const verdict of message.verdicts) this.#takeVerdict(this.#of(file), verdict);
    }
    if (message.kind !== 'scenarioFinished' || message.outcome === 'skipped') return;
    const found = this.#of(message.file);
    for (const verdict of message.invariants) this.#takeVerdict(found, verdict);
    if (message.outcome !== 'pass' && message.outcome !== 'fail' && message.outcome !== 'flaky') {
      found.other ??= `the run ended ${message.outcome}${message.reason === undefined ? '' : `: ${message.reason}`}`;
    }
  }

  #takeVerdict(found: FoundInFile, verdict: Verdict): void {
    if (verdict.outcome === 'pass') return;
    if (verdict.word === 'prints' && verdict.outcome === 'fail' && verdict.explanation?.transcript !== undefined) {
      found.wrong.push(verdict);
    } else
      found.other ??= `${verdict.word} ${verdict.text} ${verdict.outcome === 'fail' ? 'fails' : 'is inconclusive'}`;
  }

  #of(file: string): FoundInFile {
    const found = this.files.get(file) ?? { wrong: [], other: undefined };
    this.files.set(file, found);
    return found;
  }
}

/** One file through all rounds. */
class UpdatedFile {
  updates: FileUpdate[] = [];
  reason = '';
  readonly #file: string;
  readonly #original: string;
  /** Transcripts that were written, by their number in the file: a second time would be for ever. */
  readonly #written = new Set<string>();

  constructor(file: string) {
    this.#file = file;
    this.#original = read(file);
  }

  take({ wrong, other }: FoundInFile): 'right' | 'written' | 'refused' {
    if (other !== undefined) return this.#refuse(other);
    if (wrong.length === 0) return 'right';
    const byPlace = new Map<number, Verdict[]>();
    for (const verdict of wrong) {
      const start = verdict.explanation?.transcript?.output.start ?? -1;
      byPlace.set(start, [...(byPlace.get(start) ?? []), verdict]);
    }
    let text = read(this.#file);
    // From the end, so that the places before stay where they are.
    for (const [start, verdicts] of [...byPlace].toSorted(([a], [b]) => b - a)) {
      const replaced = this.#replace(text, start, verdicts);
      if (!replaced.ok) return this.#refuse(replaced.reason);
      ({ text } = replaced);
    }
    write(this.#file, text);
    return 'written';
  }

  #replace(text: string, start: number, verdicts: readonly Verdict[]): ReturnType<typeof replaceText> {
    const [verdict] = verdicts;
    const transcript = verdict?.explanation?.transcript;
    if (verdict === undefined || transcript === undefined) return { ok: false, reason: 'nothing was printed' };
    const { span, text: command } = verdict;
    const others = verdicts.map((one) => one.explanation?.transcript?.actual ?? '');
    const differ = others.some((actual) => compareTranscript({ expected: transcript.actual, actual }).kind !== 'same');
    if (differ) return { ok: false, reason: `${command} (line ${span.line}) prints differently from row to row` };
    const key = `${text.slice(0, start).split('output:').length} ${command}`;
    if (this.#written.has(key))
      return { ok: false, reason: `${command} (line ${span.line}) still differs when written` };
    const source = text.slice(start, transcript.output.end);
    if (/(?<!\$)\$(?:\w|\()/u.test(source)) {
      return { ok: false, reason: `the transcript of ${command} (line ${span.line}) holds a variable` };
    }
    const value = mergeTranscript(transcript).replaceAll('$', '$$$$');
    const replaced = replaceText(text, { start, value });
    if (!replaced.ok) return { ok: false, reason: `${command} (line ${span.line}): ${replaced.reason}` };
    this.#written.add(key);
    this.updates.push({ kind: 'updated', file: this.#file, line: span.line, command });
    return replaced;
  }

  #refuse(reason: string): 'refused' {
    if (this.updates.length > 0) write(this.#file, this.#original);
    this.updates = [];
    this.reason = reason;
    return 'refused';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ReportedError(`${file} cannot be read: ${formatPathError(error)}`, exitCodes.environment);
  }
}

/** All or nothing: a file beside it takes its place. */
function write(file: string, text: string): void {
  let temporary: string | undefined;
  try {
    const target = realpathSync(file);
    temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    writeFileSync(temporary, text, { mode: statSync(target).mode, flag: 'wx' });
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw new ReportedError(`${file} cannot be written: ${formatPathError(error)}`, exitCodes.environment);
  }
}
