// A Markdown text as a lesson: which of its blocks are files, which are commands, and whose output is what follows.

import { codeBlocks } from './code-blocks.ts';
import { fileNameIn, openedFile, ownFileName } from './file-name.ts';
import { isConsoleLanguage, isManifestLanguage, looksLikeManifest, looksLikeOutput } from './looks-like.ts';
import { hasCommand, readConsole, shownOutput } from './read-console.ts';
import { readSettings } from './read-settings.ts';
import { sourceLines } from './source-lines.ts';
import type { CodeBlock } from './code-blocks.ts';
import type { CommandItem, Lesson, LessonItem, LessonProblem, SourceLine } from './lesson.ts';
import type { LessonLoaded } from './load-lesson.ts';

/** Reads a lesson; all problems of the text are told at once. */
export async function readLesson(path: string, text: string): Promise<LessonLoaded> {
  const lines = sourceLines(text);
  // A reader of Markdown takes a time that grows with the square of the depth.
  const deep = lines.findIndex(({ start, end }) => depthOf(text.slice(start, end)) > depthMax);
  if (deep >= 0) {
    const message = `quotations and lists may be ${depthMax} deep at most`;
    return { ok: false, problems: [{ code: 'too-deep', message, line: deep + 1 }] };
  }
  const { settings, problems: settingProblems } = readSettings(text);
  const reading = new Reading(text, lines);
  for (const block of await codeBlocks(text, lines)) reading.read(block);
  const problems = [...settingProblems, ...reading.problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (problems.length > 0) return { ok: false, problems };
  const lesson: Lesson = { path, text, lines, items: reading.items, settings };
  return { ok: true, lesson };
}

const depthMax = 100;

/** How deep a line can be, at most: the marks of quotations and lists at its beginning. */
function depthOf(line: string): number {
  const prefix = /^[\s>+*-]*/.exec(line)?.[0] ?? '';
  return prefix.match(/>|[+*-](?=\s)/g)?.length ?? 0;
}

class Reading {
  readonly items: LessonItem[] = [];
  readonly problems: LessonProblem[] = [];
  readonly #text: string;
  readonly #lines: readonly SourceLine[];
  /** Where the block before ended: prose before a block must stand behind it. */
  #last = 0;

  constructor(text: string, lines: readonly SourceLine[]) {
    this.#text = text;
    this.#lines = lines;
  }

  read(block: CodeBlock): void {
    if (!block.closed) {
      const message = 'the block that begins here is never closed: a line with the same fence is missing';
      this.problems.push({ code: 'unclosed-fence', message, line: block.lines.first });
    }
    const content = block.code.map(({ text }) => `${text}\n`).join('');
    const console = isConsoleLanguage(block.language) || block.language === '';
    if (isManifestLanguage(block.language) || (block.fenced && looksLikeManifest(content) && !hasCommand(block))) {
      this.#readFile(block, content);
    } else if (console && hasCommand(block)) {
      const { items, problems } = readConsole(block);
      this.items.push(...items);
      this.problems.push(...problems);
    } else if (block.fenced && !(console && this.#joinOutput(block, content))) this.#leave(block);
    this.#last = block.lines.last;
  }

  #readFile(block: CodeBlock, content: string): void {
    const { lines } = block;
    if (!looksLikeManifest(content)) {
      const asOutput = block.language !== 'yml' && this.#joinOutput(block, content);
      if (!asOutput) this.items.push({ kind: 'other', reason: 'a part of a manifest: no apiVersion and kind', lines });
      return;
    }
    const previous = this.items.at(-1);
    if (previous?.kind === 'command' && printsManifests(previous.text) && this.#giveOutput(block)) return;
    const opened =
      previous?.kind === 'command' && previous.output === undefined ? openedFile(previous.text) : undefined;
    const name = ownFileName(block) ?? opened ?? fileNameIn(` ${this.#proseBefore(block)}`);
    this.items.push({ kind: 'file', name, content, lines });
  }

  /** A block of output alone belongs to the command that has none yet, when that is the last thing before it. */
  #joinOutput(block: CodeBlock, content: string): boolean {
    return looksLikeOutput(content) && this.#giveOutput(block);
  }

  #giveOutput(block: CodeBlock): boolean {
    const command = this.items.at(-1);
    if (command?.kind !== 'command' || command.output !== undefined) return false;
    const output = shownOutput(block.code);
    if (output === undefined) return false;
    this.items[this.items.length - 1] = { ...command, output } satisfies CommandItem;
    return true;
  }

  #leave({ lines, language, code }: CodeBlock): void {
    if (code.length === 0) return;
    const what = language === '' ? 'no manifest and no command' : `\`${language}\`: no manifest and no command`;
    this.items.push({ kind: 'other', reason: what, lines });
  }

  /** The last line of prose before a block that says something. */
  #proseBefore(block: CodeBlock): string {
    for (let number = block.lines.first - 1; number > this.#last; number--) {
      const line = this.#lines[number - 1]!;
      const text = this.#text.slice(line.start, line.end).trim();
      if (text !== '' && text !== '>') return text;
    }
    return '';
  }
}

/** Whether a command prints objects, so that the manifest behind it is no file: `kubectl get sts web -o yaml`. */
function printsManifests(command: string): boolean {
  return /^kubectl\s.*\s(?:-o\s*=?\s*|--output[= ])(?:yaml|json)\b/.test(command);
}
