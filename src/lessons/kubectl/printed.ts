// What a command prints: a line for each thing done, and behind them what went wrong, in the words of kubectl's
// cmdutil.CheckErr (one error, and several, are not told alike).

import { prefixOf } from '../../kubernetes/kubectl/cluster-view.ts';
import type { ShownKind } from '../../kubernetes/kubectl/cluster-view.ts';
import type { Status } from '../../kubernetes/status.ts';

/** Something that went wrong. */
export interface CommandFault {
  /** The sentence without its beginning (`Error from server …`, `error: `). */
  readonly text: string;
  /** The API server's answer, if it is one. */
  readonly status?: Status;
}

/** Collects the output of one command. */
export class Printed {
  readonly #lines: string[] = [];
  readonly #faults: CommandFault[] = [];
  readonly #nameOnly: boolean;

  constructor({ nameOnly }: { readonly nameOnly: boolean } = { nameOnly: false }) {
    this.#nameOnly = nameOnly;
  }

  get hasFaults(): boolean {
    return this.#faults.length > 0;
  }

  line(text: string): void {
    this.#lines.push(text);
  }

  warn(warnings: readonly string[]): void {
    for (const warning of warnings) this.#lines.push(`Warning: ${warning}`);
  }

  /** `statefulset.apps/web scaled`; with `-o name`, the name alone. */
  done(kind: ShownKind, name: string, what: string): void {
    this.#lines.push(`${prefixOf(kind)}/${name}${this.#nameOnly ? '' : ` ${what}`}`);
  }

  fault(fault: CommandFault): void {
    this.#faults.push(fault);
  }

  /** A refusal of the API server; `doing` stands before its message: `error when creating "web.yaml"`. */
  refused(status: Status, doing?: string): void {
    const message = status.message ?? '';
    this.#faults.push({ text: doing === undefined ? message : `${doing}: ${message}`, status });
  }

  /** Puts the faults of another behind ours. */
  takeFaultsOf(other: Printed): void {
    this.#faults.push(...other.#faults);
  }

  /** The faults as one, where a command has nothing left to work on. */
  gatherFaults(begin: string): void {
    if (this.#faults.length < 2) return;
    const text = `${begin} [${this.#faults.map((fault) => fault.text).join(', ')}]`;
    this.#faults.splice(0, this.#faults.length, { text });
  }

  /** All of it. */
  get text(): string {
    const [only] = this.#faults;
    const faults =
      this.#faults.length === 1 && only !== undefined ? loneFault(only) : this.#faults.map((fault) => faultText(fault));
    return [...this.#lines, ...faults].map((line) => `${line}\n`).join('');
  }
}

function loneFault(fault: CommandFault): readonly string[] {
  if (fault.status?.reason === 'Invalid') return invalidLines(fault.status);
  return [fault.status === undefined ? `error: ${fault.text}` : faultText(fault)];
}

function faultText({ text, status }: CommandFault): string {
  if (status === undefined) return text;
  return `Error from server${status.reason === undefined ? '' : ` (${status.reason})`}: ${text}`;
}

/** An invalid object is told field by field. */
function invalidLines({ details = {}, message = '' }: Status): readonly string[] {
  const { kind = '', name = '', causes = [] } = details;
  const begin = `The ${kind} "${name}" is invalid`;
  const told = causes.map(({ field = '', message: text = '' }) => `${field}: ${text}`);
  if (told.length === 0) return [message === '' ? begin : `${begin}: ${message}`];
  return told.length === 1 ? [`${begin}: ${told[0] ?? ''}`] : [`${begin}: `, ...told.map((text) => `* ${text}`)];
}
