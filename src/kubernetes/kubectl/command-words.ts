// Splits a command line into words as a shell does, as far as kubectl lines in lessons need it.

/** The words, or what is not understood. */
export type CommandWords =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly message: string };

const piece = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\([\s\S])|([|&;<>`]|\$\()|([^\s'"\\|&;<>`]+)/y;

/** Splits at blanks outside quotes. Pipes, redirections and substitutions are refused. */
export function commandWords(line: string): CommandWords {
  const words: string[] = [];
  let word: string | undefined;
  piece.lastIndex = 0;
  while (piece.lastIndex < line.length) {
    const at = piece.lastIndex;
    const found = piece.exec(line);
    if (found === null) return { ok: false, message: `the quote at column ${at + 1} has no end` };
    const [all, single, double, escaped, special, plain] = found;
    if (special !== undefined) return { ok: false, message: `\`${special}\` is for a shell` };
    const text = single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? (escaped === '\n' ? '' : escaped) ?? plain;
    if (text !== undefined) word = `${word ?? ''}${text}`;
    else if (all.trim() === '' && word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (word !== undefined) words.push(word);
  return { ok: true, words };
}
