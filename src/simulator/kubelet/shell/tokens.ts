// Splits a command line into words and operators, as POSIX does (Shell Command Language, 2.3), without what is left out here.

import type { Change, Part, Script, Unreadable, Word } from './syntax.ts';

/** One piece of a command line. */
export type Token =
  | { readonly kind: 'word'; readonly word: Word; readonly plain: string | undefined }
  | { readonly kind: 'operator'; readonly text: string };

/** Reads the script inside `$(…)`. */
export type ReadScript = (text: string) => Script | Unreadable;

const operators = [
  '&&',
  '||',
  '>>',
  '2>>',
  '2>&1',
  '1>&2',
  '>&2',
  '2>',
  '1>',
  '<<',
  ';;',
  ';',
  '|',
  '>',
  '<',
  '&',
  '(',
  ')',
  '\n',
];

/** The tokens of a text. */
export function tokenize(text: string, readScript: ReadScript): readonly Token[] | Unreadable {
  const reader = new Tokenizer(text, readScript);
  return reader.read();
}

class Tokenizer {
  readonly #text: string;
  readonly #readScript: ReadScript;
  #at = 0;
  #failure: Unreadable | undefined;

  constructor(text: string, readScript: ReadScript) {
    this.#text = text;
    this.#readScript = readScript;
  }

  read(): readonly Token[] | Unreadable {
    const tokens: Token[] = [];
    while (this.#failure === undefined) {
      this.#skipBlanks();
      if (this.#at >= this.#text.length) return tokens;
      const operator = operators.find((each) => this.#text.startsWith(each, this.#at));
      if (operator !== undefined) {
        this.#at += operator.length;
        tokens.push({ kind: 'operator', text: operator });
      } else {
        tokens.push(this.#word());
      }
    }
    return this.#failure;
  }

  #skipBlanks(): void {
    for (;;) {
      const next = this.#text[this.#at];
      if (next === ' ' || next === '\t') this.#at += 1;
      else if (next === '\\' && this.#text[this.#at + 1] === '\n') this.#at += 2;
      else if (next === '#') while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at += 1;
      else return;
    }
  }

  #word(): Token {
    const parts: Part[] = [];
    let plain: string | undefined = '';
    for (
      let next = this.#text[this.#at];
      next !== undefined && !/[\s;|&<>()]/.test(next);
      next = this.#text[this.#at]
    ) {
      const before = this.#at;
      if (next === "'") parts.push({ kind: 'text', text: this.#single() });
      else if (next === '"') parts.push(...this.#double());
      else if (next === '$') parts.push(this.#dollar(false));
      else if (next === '`') parts.push(this.#backquoted(false));
      else {
        if (next === '\\') this.#at += 1;
        const text = this.#text[this.#at] ?? '';
        this.#at += 1;
        parts.push({ kind: 'text', text });
        if (next !== '\\' && plain !== undefined) plain += text;
        continue;
      }
      // Keywords and names of variables are only what is written without quotes.
      plain = undefined;
      if (this.#failure !== undefined || this.#at === before) break;
    }
    return { kind: 'word', word: parts, plain };
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) return this.#fail('Unterminated quoted string');
    const text = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return text;
  }

  #double(): Part[] {
    // An empty string is a word, too.
    const parts: Part[] = [{ kind: 'text', text: '' }];
    this.#at += 1;
    for (let next = this.#text[this.#at]; next !== '"'; next = this.#text[this.#at]) {
      if (next === undefined) {
        this.#fail('Unterminated quoted string');
        return parts;
      }
      if (next === '$') parts.push(this.#dollar(true));
      else if (next === '`') parts.push(this.#backquoted(true));
      else {
        const escaped = next === '\\' && /["\\$`\n]/.test(this.#text[this.#at + 1] ?? '');
        parts.push({ kind: 'text', text: this.#text[this.#at + (escaped ? 1 : 0)] ?? '' });
        this.#at += escaped ? 2 : 1;
      }
      if (this.#failure !== undefined) return parts;
    }
    this.#at += 1;
    return parts;
  }

  #dollar(quoted: boolean): Part {
    const rest = this.#text.slice(this.#at + 1);
    if (rest.startsWith('((')) return { kind: 'text', text: this.#fail('arithmetic is not known') };
    if (rest.startsWith('(')) return this.#substitution(quoted);
    const braced = /^\{(\w+|\?)(?::?-([^}]*)|(##?|%%?)([^}]*))?\}/.exec(rest);
    if (braced !== null) {
      this.#at += 1 + braced[0].length;
      const change = changeOf(braced);
      return { kind: 'variable', name: braced[1] ?? '', quoted, ...(change !== undefined && { change }) };
    }
    if (rest.startsWith('{')) return { kind: 'text', text: this.#fail('Bad substitution') };
    const name = /^(?:[A-Za-z_]\w*|\d|[?$#@*])/.exec(rest)?.[0];
    this.#at += 1 + (name?.length ?? 0);
    return name === undefined ? { kind: 'text', text: '$' } : { kind: 'variable', name, quoted };
  }

  #substitution(quoted: boolean): Part {
    let depth = 0;
    let quote = '';
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const next = this.#text[at] ?? '';
      if (quote !== '') quote = next === quote ? '' : quote;
      else if (next === "'" || next === '"') quote = next;
      else if (next === '(') depth += 1;
      else if (next === ')') depth -= 1;
      if (depth > 0 || quote !== '') continue;
      const inner = this.#text.slice(this.#at + 2, at);
      this.#at = at + 1;
      return this.#output(inner, quoted);
    }
    return { kind: 'text', text: this.#fail('Unterminated command substitution') };
  }

  #backquoted(quoted: boolean): Part {
    const end = this.#text.indexOf('`', this.#at + 1);
    if (end < 0) return { kind: 'text', text: this.#fail('Unterminated command substitution') };
    const inner = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return this.#output(inner, quoted);
  }

  #output(inner: string, quoted: boolean): Part {
    const script = this.#readScript(inner);
    if ('kind' in script) return { kind: 'text', text: this.#fail(script.message) };
    return { kind: 'output', script, quoted };
  }

  #fail(message: string): string {
    this.#failure ??= { kind: 'unreadable', message };
    this.#at = this.#text.length;
    return '';
  }
}

function changeOf([, , fallback, operator, pattern = '']: RegExpExecArray): Change | undefined {
  if (fallback !== undefined) return { kind: 'default', text: fallback };
  if (operator === undefined) return undefined;
  return { kind: 'cut', from: operator.startsWith('#') ? 'start' : 'end', longest: operator.length === 2, pattern };
}
