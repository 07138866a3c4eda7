// Makes the reporters that were asked for, each to standard output or to `=FILE`.

import { resolve } from 'node:path';
import { closest } from '../kubernetes/did-you-mean.ts';
import { exitCodes } from '../runner/exit-code.ts';
import { Totals } from '../runner/totals.ts';
import { version } from '../runner/version.ts';
import { fileOutput, tryReport, writeReport } from './report-file.ts';
import { ReportedError } from './reported-error.ts';
import { reporterTable } from './reporter-table.ts';
import { standardError, standardOutput } from './streams.ts';
import type { Message, Reporter } from '../runner/messages.ts';
import type { Output } from '../../reporters/output.ts';
import type { ReporterEntry } from './reporter-table.ts';

/** A reporter as asked for: a name of the table. */
export interface ReporterChoice {
  readonly name: string;
  readonly file?: string;
}

/** Reads `--reporter` values; without any, the list is shown. `inputs` are files that the command reads: no report goes there. */
export function chooseReporters(values: readonly string[], inputs: readonly string[] = []): readonly ReporterChoice[] {
  if (values.length === 0) return [{ name: 'list' }];
  const choices = values.map(readChoice);
  refuseLostFiles(choices, inputs);
  return choices;
}

/** Loads reporters. Those for people move to standard error when a document has standard output for itself. */
export async function createReporters(choices: readonly ReporterChoice[]): Promise<Reporters> {
  const chosen = choices.map(({ name, file }) => ({ entry: entryOf(name), file }));
  const documentOnOutput = chosen.some(({ entry, file }) => entry.kind === 'document' && file === undefined);
  const output = documentOnOutput ? standardError : standardOutput;
  const reporters: ShownReporter[] = [];
  for (const { entry, file } of chosen) {
    const onScreen = entry.kind === 'lines' && file === undefined;
    const reporter = await createReporter(entry, { file, output });
    reporters.push({ reporter, onScreen, wantsRecords: entry.wantsRecords });
  }
  return new Reporters(reporters);
}

interface ShownReporter {
  readonly reporter: Reporter;
  /** Whether it writes for the person who called, not a file or a document. */
  readonly onScreen: boolean;
  readonly wantsRecords: boolean;
}

/** All reporters of a run as one. */
export class Reporters {
  readonly #reporters: readonly ShownReporter[];
  /** Those whose file could no longer be written; the others go on. */
  readonly #broken = new Set<Reporter>();
  readonly #totals = new Totals(false);
  #started = false;

  constructor(reporters: readonly ShownReporter[]) {
    this.#reporters = reporters;
  }

  /** Whether the run has begun: before that, there is nothing to show but why not. */
  get started(): boolean {
    return this.#started;
  }

  /** Whether a person sees what is reported: a reporter that writes to the screen and still can. */
  get seen(): boolean {
    return this.#reporters.some(({ reporter, onScreen }) => onScreen && !this.#broken.has(reporter));
  }

  /** Whether any of them wants `record` messages. */
  get wantsRecords(): boolean {
    return this.#reporters.some(({ wantsRecords }) => wantsRecords);
  }

  readonly on = (message: Message): void => {
    this.#totals.take(message);
    this.#started ||= message.kind === 'runStarted';
    this.#tell(message, this.#reporters);
  };

  /** Ends a run that could not be made or finished, so that every report says why; `quietly`: but those on the screen. */
  abort(reason: string, exitCode: number, { quietly = false }: { readonly quietly?: boolean } = {}): void {
    const told = this.#reporters.filter(({ onScreen }) => !(quietly && onScreen));
    if (!this.#started) {
      this.#started = true;
      const nothing = {
        backend: '',
        kubernetes: '',
        scenarios: 0,
        patience: 1,
        quietMs: 0,
        strict: false,
        guarantees: [],
      };
      this.#tell({ kind: 'runStarted', format: 1, setpiece: version, ...nothing }, told);
    }
    this.#tell(this.#totals.finished({ exitCode, realMs: 0, reason }), told);
  }

  async end(): Promise<void> {
    for (const { reporter } of this.#reporters) await reporter.end?.();
  }

  /** All hear of it, whatever happens to one of them; then the first error is thrown. */
  #tell(message: Message, reporters: readonly ShownReporter[]): void {
    const errors: unknown[] = [];
    for (const { reporter } of reporters) {
      if (this.#broken.has(reporter)) continue;
      try {
        reporter.on(message);
      } catch (error) {
        this.#broken.add(reporter);
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}

function readChoice(value: string): ReporterChoice {
  const equals = value.indexOf('=');
  const [name, file] = equals < 0 ? [value, undefined] : [value.slice(0, equals), value.slice(equals + 1)];
  const { needsFile } = entryOf(name);
  if (file === '') throw new ReportedError(`--reporter ${value} names no file behind \`=\``, exitCodes.invalid);
  if (file === undefined && needsFile) {
    const hint = `--reporter ${name}=report.${name}`;
    throw new ReportedError(`the reporter \`${name}\` needs a file: ${hint}`, exitCodes.invalid);
  }
  return file === undefined ? { name } : { name, file };
}

/** What is there already is lost if a report is written over it: a scenario, an input, or the report before. Devices hold nothing. */
function refuseLostFiles(choices: readonly ReporterChoice[], inputs: readonly string[]): void {
  const read = new Set(inputs.map((input) => resolve(input)));
  const written = new Set<string>();
  for (const { name, file } of choices) {
    if (file === undefined || file.startsWith('/dev/')) continue;
    const path = resolve(file);
    const wanted = `--reporter ${name}=${file}`;
    if (written.has(path))
      throw new ReportedError(`${wanted}: another reporter writes there already`, exitCodes.invalid);
    if (read.has(path) || path.endsWith('.scenario.yaml'))
      throw new ReportedError(`${wanted} would overwrite what is read; name another file`, exitCodes.invalid);
    written.add(path);
  }
}

function entryOf(name: string): ReporterEntry {
  const entry = reporterTable.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const names = reporterTable.map((candidate) => candidate.name);
  const near = closest(name, names);
  const hint = near === undefined ? `one of ${names.join(', ')}` : `did you mean ${near}?`;
  throw new ReportedError(`there is no reporter \`${name}\`: ${hint}`, exitCodes.invalid);
}

async function createReporter(
  entry: ReporterEntry,
  { file, output }: { readonly file: string | undefined; readonly output: Output },
): Promise<Reporter> {
  if (entry.kind === 'lines') return entry.create(file === undefined ? output : fileOutput(file));
  if (file === undefined) return entry.create((text) => standardOutput.write(text));
  tryReport(file);
  return entry.create((text) => writeReport(file, text));
}
