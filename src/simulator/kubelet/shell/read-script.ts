// Reads command lines: lists with `;`, `&&` and `||`, pipelines, redirections, variables, `$(…)` and `if`. Loops, functions,
// `case` and here documents are refused, so that whoever runs a script knows that it was not understood.

import { tokenize } from './tokens.ts';
import type { Command, Pipeline, Redirect, Script, Statement, Unreadable, Word } from './syntax.ts';
import type { Token } from './tokens.ts';

/** Reads a script. */
export function readScript(text: string): Script | Unreadable {
  const tokens = tokenize(text, readScript);
  if ('kind' in tokens) return tokens;
  return new ScriptReader(tokens).read();
}

const unknownKeywords = new Set([
  'for',
  'while',
  'until',
  'case',
  'function',
  'do',
  'done',
  'esac',
  '{',
  '}',
  'select',
]);
const closing = new Set(['then', 'else', 'elif', 'fi']);

class ScriptReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #failure: Unreadable | undefined;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(): Script | Unreadable {
    const script = this.#list();
    const left = this.#tokens[this.#at];
    if (left !== undefined) this.#fail(`Syntax error: ${shownOf(left)} unexpected`);
    return this.#failure ?? script;
  }

  #list(): Script {
    const statements: Statement[] = [];
    let when: Statement['when'] = 'always';
    for (;;) {
      while (this.#operator(';') || this.#operator('\n'));
      const next = this.#tokens[this.#at];
      const ends = next === undefined || (next.kind === 'word' && closing.has(next.plain ?? ''));
      if (this.#failure !== undefined || ends || (next.kind === 'operator' && next.text === ')')) return statements;
      statements.push({ when, pipeline: this.#pipeline() });
      if (this.#operator('&&')) when = 'success';
      else if (this.#operator('||')) when = 'failure';
      else if (this.#operator('&')) this.#fail('background commands are not known');
      else when = 'always';
      if (when !== 'always') while (this.#operator('\n'));
    }
  }

  #pipeline(): Pipeline {
    const negated = this.#keyword('!');
    const commands = [this.#command()];
    while (this.#failure === undefined && this.#operator('|')) commands.push(this.#command());
    return { negated, commands };
  }

  #command(): Command {
    if (this.#keyword('if')) return this.#choice();
    const next = this.#tokens[this.#at];
    if (next?.kind === 'word' && unknownKeywords.has(next.plain ?? '')) this.#fail(`${next.plain} is not known`);
    return this.#simple();
  }

  #choice(): Command {
    const branches: { readonly condition: Script; readonly script: Script }[] = [];
    do {
      const condition = this.#list();
      if (!this.#keyword('then')) this.#fail('Syntax error: "then" expected');
      branches.push({ condition, script: this.#list() });
    } while (this.#failure === undefined && this.#keyword('elif'));
    const otherwise = this.#keyword('else') ? this.#list() : [];
    if (!this.#keyword('fi')) this.#fail('Syntax error: "fi" expected');
    return { kind: 'if', branches, otherwise };
  }

  #simple(): Command {
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    const assignments: { readonly name: string; readonly value: Word }[] = [];
    for (let next = this.#tokens[this.#at]; next !== undefined; next = this.#tokens[this.#at]) {
      if (next.kind === 'operator') {
        const redirect = this.#redirect(next.text);
        if (redirect === undefined) break;
        redirects.push(redirect);
        continue;
      }
      this.#at += 1;
      const assignment = words.length === 0 ? assignmentOf(next.word) : undefined;
      if (assignment === undefined) words.push(next.word);
      else assignments.push(assignment);
    }
    if (words.length + redirects.length + assignments.length === 0) {
      const next = this.#tokens[this.#at];
      this.#fail(`Syntax error: ${next === undefined ? 'end of file' : shownOf(next)} unexpected`);
    }
    const question = isPlain(words[0], '[[');
    // What `[[` knows beyond `[` (patterns, `&&` inside of it) is not read as something else.
    if (question && (!isPlain(words.at(-1), ']]') || words.slice(1, -1).some(isPattern))) {
      this.#fail('[[ is known only with what [ knows, too');
    }
    return { kind: 'simple', words, redirects, assignments, ...(question && { whole: true }) };
  }

  #redirect(text: string): Redirect | undefined {
    if (text === '2>&1') return this.#take({ kind: 'same', stream: 2, as: 1 });
    if (text === '>&2' || text === '1>&2') return this.#take({ kind: 'same', stream: 1, as: 2 });
    if (text === '<<') this.#fail('here documents are not known');
    if (!['>', '>>', '1>', '2>', '2>>', '<'].includes(text)) return undefined;
    this.#at += 1;
    const target = this.#tokens[this.#at];
    this.#at += 1;
    if (target?.kind !== 'word') {
      this.#fail('Syntax error: redirection unexpected');
      return undefined;
    }
    if (text === '<') return { kind: 'from', source: target.word };
    return { kind: 'to', stream: text.startsWith('2') ? 2 : 1, append: text.endsWith('>>'), target: target.word };
  }

  #take<T>(value: T): T {
    this.#at += 1;
    return value;
  }

  #operator(text: string): boolean {
    const next = this.#tokens[this.#at];
    if (next?.kind !== 'operator' || next.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #keyword(text: string): boolean {
    const next = this.#tokens[this.#at];
    if (next?.kind !== 'word' || next.plain !== text) return false;
    this.#at += 1;
    return true;
  }

  #fail(message: string): void {
    this.#failure ??= { kind: 'unreadable', message };
    this.#at = this.#tokens.length;
  }
}

/** `NAME=value` in front of a command. */
function assignmentOf(word: Word): { readonly name: string; readonly value: Word } | undefined {
  let name = '';
  for (const [place, part] of word.entries()) {
    if (part.kind !== 'text') return undefined;
    const equals = part.text.indexOf('=');
    if (equals < 0) {
      name += part.text;
      continue;
    }
    name += part.text.slice(0, equals);
    if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
    return { name, value: [{ kind: 'text', text: part.text.slice(equals + 1) }, ...word.slice(place + 1)] };
  }
  return undefined;
}

function isPlain(word: Word | undefined, text: string): boolean {
  return word?.every((part) => part.kind === 'text') === true && textOf(word) === text;
}

function isPattern(word: Word): boolean {
  return /[*?]|^=~$/.test(textOf(word));
}

function textOf(word: Word): string {
  return word.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

function shownOf(token: Token): string {
  if (token.kind === 'word') return `"${token.plain ?? 'word'}"`;
  return token.text === '\n' ? 'newline' : `"${token.text}"`;
}
