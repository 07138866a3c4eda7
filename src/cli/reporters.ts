// Makes the reporters that were asked for: `list`, `line`, `json`, each to standard output or to `=FILE`.

import { closest } from '../kubernetes/did-you-mean.ts';
import { exitCodes } from '../runner/exit-code.ts';
import { Totals } from '../runner/totals.ts';
import { version } from '../runner/version.ts';
import { fileOutput, tryReport, writeReport } from './report-file.ts';
import { ReportedError } from './reported-error.ts';
import { standardError, standardOutput } from './streams.ts';
import type { Message, Reporter } from '../runner/messages.ts';
import type { Output } from '../../reporters/output.ts';

/** A reporter as asked for. */
export interface ReporterChoice {
  readonly name: 'list' | 'line' | 'json';
  readonly file?: string;
}

const names = ['list', 'line', 'json'] as const;

/** Reads `--reporter` values; without any, the list is shown. */
export function chooseReporters(values: readonly string[]): readonly ReporterChoice[] {
  if (values.length === 0) return [{ name: 'list' }];
  return values.map((value) => {
    const equals = value.indexOf('=');
    const [name, file] = equals < 0 ? [value, undefined] : [value.slice(0, equals), value.slice(equals + 1)];
    const known = names.find((candidate) => candidate === name);
    if (known === undefined) {
      const near = closest(name, names);
      const hint = near === undefined ? `one of ${names.join(', ')}` : `did you mean ${near}?`;
      throw new ReportedError(`there is no reporter \`${name}\`: ${hint}`, exitCodes.invalid);
    }
    if (file === '') throw new ReportedError(`--reporter ${value} names no file behind \`=\``, exitCodes.invalid);
    return file === undefined ? { name: known } : { name: known, file };
  });
}

/** Loads reporters. `list` and `line` move to standard error when a JSON document has standard output for itself. */
export async function createReporters(choices: readonly ReporterChoice[]): Promise<Reporters> {
  const jsonOnOutput = choices.some(({ name, file }) => name === 'json' && file === undefined);
  const output = jsonOnOutput ? standardError : standardOutput;
  const reporters: ShownReporter[] = [];
  for (const choice of choices) {
    const onScreen = choice.name !== 'json' && choice.file === undefined;
    reporters.push({ reporter: await createReporter(choice, output), onScreen });
  }
  return new Reporters(reporters);
}

interface ShownReporter {
  readonly reporter: Reporter;
  /** Whether it writes for the person who called, not a file or a document. */
  readonly onScreen: boolean;
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

  /** Whether any of them wants `record` messages. */
  get wantsRecords(): boolean {
    return this.#reporters.some(({ reporter }) => reporter.wantsRecords === true);
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

async function createReporter({ name, file }: ReporterChoice, output: Output): Promise<Reporter> {
  if (name === 'json') {
    const { createJsonReporter } = await import('../../reporters/json.ts');
    if (file !== undefined) tryReport(file);
    return createJsonReporter((text) => (file === undefined ? standardOutput.write(text) : writeReport(file, text)));
  }
  const target = file === undefined ? output : fileOutput(file);
  if (name === 'line') {
    const { createLineReporter } = await import('../../reporters/line.ts');
    return createLineReporter(target);
  }
  const { createListReporter } = await import('../../reporters/list.ts');
  return createListReporter(target);
}
