// What Go's encoding/json says about a text that is no JSON: the API server passes its words on (API-ERR-19, API-LIST-04).

/** The error of `json.Unmarshal`, or undefined for a text that is JSON. */
export function goJsonError(text: string): string | undefined {
  const scanner = new Scanner(text);
  return scanner.value('looking for beginning of value') ?? scanner.rest();
}

const space = /[ \t\r\n]*/y;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words = ['true', 'false', 'null'];
/** Deeper nesting is refused, as Go does it, before a stack could overflow. */
const depthMax = 10_000;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads one value; open objects and lists are kept on a stack of our own. */
  value(context: string): string | undefined {
    const open: Open = [];
    let expected = context;
    for (;;) {
      const begun = this.#begin(expected, open);
      if (begun.kind === 'wrong') return begun.message;
      if (open.length > depthMax) return 'exceeded max depth';
      expected = 'looking for beginning of value';
      if (begun.kind === 'opened') continue;
      const ended = this.#close(open);
      if (ended.kind === 'wrong') return ended.message;
      if (ended.kind === 'done') return undefined;
    }
  }

  /** What follows the value must be space. */
  rest(): string | undefined {
    this.#skip();
    return this.#at >= this.#text.length ? undefined : this.#invalid('after top-level value');
  }

  /** Reads a scalar, or the beginning of an object or list up to its first value. */
  #begin(context: string, open: Open): Step {
    this.#skip();
    const character = this.#text[this.#at];
    if (character === '{') {
      this.#at += 1;
      this.#skip();
      if (this.#take('}')) return done;
      open.push('object');
      return this.#or(opened, this.#key('looking for beginning of object key string'));
    }
    if (character === '[') {
      this.#at += 1;
      this.#skip();
      if (this.#take(']')) return done;
      open.push('list');
      return opened;
    }
    if (character === '"') return this.#or(done, this.#string());
    return this.#or(done, this.#scalar(context));
  }

  /** Closes what ends here, and goes on behind a comma. */
  #close(open: Open): Step {
    for (;;) {
      const inside = open.at(-1);
      if (inside === undefined) return done;
      this.#skip();
      if (this.#take(',')) {
        if (inside === 'list') return opened;
        return this.#or(opened, this.#key('looking for beginning of object key string'));
      }
      if (!this.#take(inside === 'object' ? '}' : ']')) {
        const after = inside === 'object' ? 'after object key:value pair' : 'after array element';
        return { kind: 'wrong', message: this.#invalid(after) };
      }
      open.pop();
    }
  }

  #key(context: string): string | undefined {
    this.#skip();
    if (this.#text[this.#at] !== '"') return this.#invalid(context);
    const wrong = this.#string();
    if (wrong !== undefined) return wrong;
    this.#skip();
    return this.#take(':') ? undefined : this.#invalid('after object key');
  }

  #string(): string | undefined {
    this.#at += 1;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) return 'unexpected end of JSON input';
      if (character === '"') {
        this.#at += 1;
        return undefined;
      }
      if (character < ' ') return this.#invalid('in string literal');
      this.#at += 1;
      if (character !== '\\') continue;
      const escaped = this.#text[this.#at];
      if (escaped === undefined || !'"\\/bfnrtu'.includes(escaped)) return this.#invalid('in string escape code');
      this.#at += 1;
      if (escaped !== 'u') continue;
      for (let digit = 0; digit < 4; digit += 1) {
        if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? ''))
          return this.#invalid('in \\u hexadecimal character escape');
        this.#at += 1;
      }
    }
  }

  #scalar(context: string): string | undefined {
    numberPattern.lastIndex = this.#at;
    const number = numberPattern.exec(this.#text);
    if (number !== null) {
      this.#at = numberPattern.lastIndex;
      return undefined;
    }
    const word = words.find((candidate) => candidate[0] === this.#text[this.#at]);
    if (word === undefined) return this.#invalid(this.#text[this.#at] === '-' ? 'in numeric literal' : context);
    for (const [at, letter] of word.split('').entries()) {
      if (this.#text[this.#at] !== letter) return this.#invalid(`in literal ${word} (expecting '${word[at]}')`);
      this.#at += 1;
    }
    return undefined;
  }

  #or(step: Step, message: string | undefined): Step {
    return message === undefined ? step : { kind: 'wrong', message };
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skip(): void {
    space.lastIndex = this.#at;
    space.exec(this.#text);
    this.#at = space.lastIndex;
  }

  #invalid(context: string): string {
    const character = this.#text[this.#at];
    if (character === undefined) return 'unexpected end of JSON input';
    const shown =
      character === "'" ? `'\\''` : character === '"' ? `'"'` : `'${JSON.stringify(character).slice(1, -1)}'`;
    return `invalid character ${shown} ${context}`;
  }
}

/** `done`: a value ended; `opened`: another one is expected. */
type Step =
  | { readonly kind: 'done' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'wrong'; readonly message: string };

type Open = ('object' | 'list')[];

const done: Step = { kind: 'done' };
const opened: Step = { kind: 'opened' };
