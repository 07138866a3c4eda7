// A block of commands: what is typed, what is printed after it, and what a heredoc holds.

import { isComment, readPrompt } from './prompt.ts';
import { isDecoration, isShellLanguage, looksLikeManifest } from './looks-like.ts';
import { openedFile } from './file-name.ts';
import { isUnfinished, readShellLine } from './shell-words.ts';
import type { CodeBlock, CodeLine } from './code-blocks.ts';
import type { Heredoc } from './shell-words.ts';
import type { CommandItem, FileItem, LessonItem, LessonProblem, ShownOutput } from './lesson.ts';

/** What a block holds. */
export interface ConsoleRead {
  readonly items: readonly LessonItem[];
  readonly problems: readonly LessonProblem[];
}

/** Whether a block has a line that is a command. */
export function hasCommand(block: CodeBlock): boolean {
  const shell = isShellLanguage(block.language);
  return block.code.some(({ text }) => readPrompt(text, { shell }) !== undefined);
}

/** Reads a block of commands. Lines before the first one belong to nothing. */
export function readConsole(block: CodeBlock): ConsoleRead {
  const shell = isShellLanguage(block.language);
  const items: LessonItem[] = [];
  const problems: LessonProblem[] = [];
  const { code } = block;
  let entered: string | undefined;
  let at = code.findIndex(({ text }) => readPrompt(text, { shell }) !== undefined);
  while (at >= 0 && at < code.length) {
    const typed = typedAt(code, at, { shell, entered });
    entered = typed.entered;
    const { heredoc, target } = readShellLine(typed.text);
    let next = typed.next;
    let input: string | undefined;
    if (heredoc !== undefined) {
      const held = heldAt(code, next, heredoc);
      if (!held.closed) {
        const message = `the heredoc is never ended by a line \`${heredoc.delimiter}\``;
        problems.push({ code: 'unclosed-heredoc', message, line: code[at]!.number });
      }
      next = held.next;
      input = held.text;
    }
    const end = outputEnd(code, next, shell);
    const lines = { first: code[at]!.number, last: code[typed.next - 1]!.number };
    const printed = code.slice(next, end);
    const written = input !== undefined && target !== undefined && /^(?:sudo\s+)?(?:cat|tee)\b/.test(typed.text);
    const file = written ? fileOf(target, input!, lines) : shownFile(typed.text, printed);
    if (file !== undefined) items.push(file);
    else {
      const output = shownOutput(printed);
      items.push({
        ...({ kind: 'command', text: typed.text, lines } satisfies CommandItem),
        ...(input !== undefined && { input }),
        ...(output !== undefined && { output }),
      });
    }
    at = end;
    while (at < code.length && readPrompt(code[at]!.text, { shell }) === undefined) at++;
  }
  return { items, problems };
}

/** What is printed, without decoration before it and blank lines around it; undefined when nothing is. */
export function shownOutput(printed: readonly CodeLine[]): ShownOutput | undefined {
  const isContent = ({ text }: CodeLine): boolean => text.trim() !== '' && !isDecoration(text);
  const first = printed.findIndex(isContent);
  const last = printed.findLastIndex(isContent);
  if (first < 0) return undefined;
  const shown = printed.slice(first, last + 1);
  return {
    lines: { first: shown[0]!.number, last: shown.at(-1)!.number },
    texts: shown.map(({ text }) => text),
    prefix: shown[0]!.prefix,
  };
}

interface Typed {
  readonly text: string;
  readonly next: number;
  /** The `kubectl exec` that has gone into a container, as far as it is known. */
  readonly entered: string | undefined;
}

function typedAt(
  code: readonly CodeLine[],
  at: number,
  { shell, entered }: { readonly shell: boolean; readonly entered: string | undefined },
): Typed {
  const { command, inside } = readPrompt(code[at]!.text, { shell })!;
  let text = command;
  let next = at + 1;
  while (isUnfinished(text) && next < code.length) {
    const more = code[next++]!.text.replace(/^> /, '');
    text = text.endsWith('\\') ? `${text.slice(0, -1)}${more.trimStart()}` : `${text}\n${more}`;
  }
  text = text.trim();
  if (!inside)
    return { text, next, entered: /^(kubectl\s+exec\s.*?)\s+(?:--\s+)?(?:\/bin\/)?(?:sh|bash|ash)$/.exec(text)?.[1] };
  // What is typed in a container is a command of its own: nobody sits there.
  const alone = entered === undefined ? text : `${entered} -- sh -c '${text.replaceAll("'", "'\\''")}'`;
  return { text: alone, next, entered };
}

interface Held {
  readonly text: string;
  readonly next: number;
  readonly closed: boolean;
}

function heldAt(code: readonly CodeLine[], from: number, { delimiter, dedent }: Heredoc): Held {
  const held: string[] = [];
  for (let at = from; at < code.length; at++) {
    const line = code[at]!.text.replace(/^> ?(?=\S)/, '');
    const text = dedent ? line.replace(/^\t+/, '') : line;
    if (text.trimEnd() === delimiter) return { text: `${held.join('\n')}\n`, next: at + 1, closed: true };
    held.push(text);
  }
  return { text: `${held.join('\n')}\n`, next: code.length, closed: false };
}

function outputEnd(code: readonly CodeLine[], from: number, shell: boolean): number {
  let at = from;
  while (at < code.length) {
    const { text } = code[at]!;
    if (readPrompt(text, { shell }) !== undefined || isComment(text)) break;
    at++;
  }
  return at;
}

function fileOf(name: string, content: string, lines: FileItem['lines']): FileItem {
  return { kind: 'file', name, content, lines };
}

/** `cat web.yaml` shows what is in the file. */
function shownFile(command: string, printed: readonly CodeLine[]): FileItem | undefined {
  const name = openedFile(command);
  const content = printed.map(({ text }) => `${text}\n`).join('');
  if (name === undefined || !looksLikeManifest(content)) return undefined;
  return fileOf(name, content, { first: printed[0]!.number, last: printed.at(-1)!.number });
}
