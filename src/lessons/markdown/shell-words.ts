// A command line as a shell would take it apart, as far as that can be told without one. Nothing is ever given to a shell:
// what only a shell could do (variables, substitutions, loops) is named, and left undone.

/** A command of a pipeline. */
export type Words = readonly string[];

/** A heredoc that the line opens. */
export interface Heredoc {
  readonly delimiter: string;
  /** `<<-`: tabs before its lines are dropped. */
  readonly dedent: boolean;
}

/** A command line taken apart. */
export interface ShellLine {
  /** The commands that are piped into each other; at least one. */
  readonly pipeline: readonly Words[];
  readonly heredoc?: Heredoc;
  /** The file that the output goes to. */
  readonly target?: string;
  /** What only a shell could do, in words; the rest of the line is then not to be relied on. */
  readonly needsShell?: string;
}

/** Whether a line goes on in the next: it ends in a backslash, or within quotes. */
export function isUnfinished(text: string): boolean {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '\\' && quote !== "'") {
      if (i === text.length - 1) return true;
      i++;
    } else if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#' && /(?:^|\s)$/.test(text.slice(0, i))) return false;
  }
  return quote !== '';
}

/** Takes a command line apart. */
export function readShellLine(text: string): ShellLine {
  const reader = new Reader(text);
  reader.read();
  const { pipeline, heredoc, target, needsShell } = reader;
  return {
    pipeline: pipeline.filter((words, i) => i === 0 || words.length > 0),
    ...(heredoc !== undefined && { heredoc }),
    ...(target !== undefined && { target }),
    ...(needsShell !== undefined && { needsShell }),
  };
}

const operators: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^&&/, 'several commands in one line (`&&`)'],
  [/^\|\|/, 'several commands in one line (`||`)'],
  [/^;/, 'several commands in one line (`;`)'],
  [/^&/, 'a command in the background (`&`)'],
  [/^[()]/, 'a subshell'],
  [/^`|^\$\(/, 'the output of another command'],
  [/^\$[\w{@*#?!]/, 'a variable of the shell'],
  [/^</, 'another file as input (`<`)'],
];

class Reader {
  readonly pipeline: string[][] = [[]];
  heredoc: Heredoc | undefined;
  target: string | undefined;
  needsShell: string | undefined;
  readonly #text: string;
  #at = 0;
  #word: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    while (this.#at < this.#text.length && this.needsShell === undefined) this.#next();
    this.#endWord();
  }

  #next(): void {
    const rest = this.#text.slice(this.#at);
    const character = rest[0]!;
    if (/\s/.test(character)) {
      this.#endWord();
      this.#at++;
    } else if (character === '#' && this.#word === undefined) this.#at = this.#text.length;
    else if (character === '\\') {
      this.#add(rest[1] ?? '');
      this.#at += 2;
    } else if (character === "'") this.#quoted(rest.indexOf("'", 1));
    else if (character === '"') this.#doubleQuoted(rest);
    else if (!this.#operator(rest)) {
      this.#add(character);
      this.#at++;
    }
  }

  #operator(rest: string): boolean {
    const heredoc = /^<<(-?)\s*(['"]?)([\w.-]+)\2/.exec(rest);
    const output = /^(?:\d?>>?)\s*(&?[^\s|<>;&]+)/.exec(rest);
    if (heredoc !== null) {
      this.#endWord();
      this.heredoc = { delimiter: heredoc[3]!, dedent: heredoc[1] === '-' };
      this.#at += heredoc[0].length;
    } else if (output !== null && (this.#word === undefined || rest[0] === '>')) {
      this.#endWord();
      // Errors are shown with the rest in any case.
      if (output[0] !== '2>&1') this.target = output[1];
      this.#at += output[0].length;
    } else if (/^\|(?!\|)/.test(rest)) {
      this.#endWord();
      this.pipeline.push([]);
      this.#at++;
    } else {
      this.needsShell = operators.find(([pattern]) => pattern.test(rest))?.[1];
      return this.needsShell !== undefined;
    }
    return true;
  }

  #quoted(length: number): void {
    if (length < 0) {
      this.needsShell = 'a quotation that does not end';
      return;
    }
    this.#add(this.#text.slice(this.#at + 1, this.#at + length));
    this.#at += length + 1;
  }

  #doubleQuoted(rest: string): void {
    let content = '';
    for (let i = 1; i < rest.length; i++) {
      const character = rest[i]!;
      if (character === '"') {
        this.#add(content);
        this.#at += i + 1;
        return;
      }
      const special =
        character === '$' || character === '`' ? operators.find(([p]) => p.test(rest.slice(i))) : undefined;
      if (special !== undefined) {
        this.needsShell = special[1];
        return;
      }
      if (character === '\\' && '"\\$`'.includes(rest[i + 1] ?? ' ')) content += rest[++i]!;
      else content += character;
    }
    this.needsShell = 'a quotation that does not end';
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #endWord(): void {
    if (this.#word !== undefined) this.pipeline.at(-1)!.push(this.#word);
    this.#word = undefined;
  }
}
