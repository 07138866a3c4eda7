// The flags of an admitted command line. What a command does not know is refused: a flag that is passed over would be a guess.

import { BeyondUs, KubectlRefusal } from './own-errors.ts';

/** Flags that change nothing here, whatever the command. */
const harmless: ReadonlySet<string> = new Set(['namespace', 'field-manager', 'chunk-size', 'timeout']);

/** Flags by name. */
export class CallFlags {
  readonly #values = new Map<string, string[]>();
  readonly #verb: string;

  constructor(verb: string, texts: readonly string[]) {
    this.#verb = verb;
    for (const text of texts) {
      const [, name = '', value = 'true'] = /^--([^=]+)(?:=(.*))?$/su.exec(text) ?? [];
      this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
    }
  }

  /** Throws `BeyondUs` for any other flag than these. */
  allow(...names: readonly string[]): void {
    const unknown = [...this.#values.keys()].find((name) => !harmless.has(name) && !names.includes(name));
    if (unknown !== undefined) {
      throw new BeyondUs(`\`kubectl ${this.#verb}\` with \`--${unknown}\` needs the real kubectl`);
    }
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Throws `BeyondUs` where a flag is missing that kubectl cannot do without: what it then says has the wall's time in it. */
  require(name: string): void {
    if (!this.#values.has(name)) {
      throw new BeyondUs(`\`kubectl ${this.#verb}\` without \`--${name}\` is refused with the time of the day`);
    }
  }

  /** A switch: set, and not to `false`. */
  on(name: string): boolean {
    return this.#values.has(name) && this.last(name) !== 'false';
  }

  last(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** A whole number. Throws `KubectlRefusal` for another text. */
  whole(name: string): number | undefined {
    const text = this.last(name);
    if (text === undefined) return undefined;
    if (/^-?\d{1,15}$/u.test(text)) return Number(text);
    const why = `strconv.ParseInt: parsing "${text}": invalid syntax`;
    const usage = `See 'kubectl ${this.#verb} --help' for usage.`;
    throw new KubectlRefusal(`invalid argument "${text}" for "--${name}" flag: ${why}\n${usage}`, { flags: true });
  }
}
