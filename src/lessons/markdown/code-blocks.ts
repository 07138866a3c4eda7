// The code blocks of a Markdown text, with their lines in the file. Nothing within prose is looked at, which also keeps texts
// that are made to be slow (thousands of brackets) from being so.

import type { Code, Nodes } from 'mdast';
import type { LineRange, SourceLine } from './lesson.ts';

/** A line of code. */
export interface CodeLine {
  readonly text: string;
  /** Its number in the file. */
  readonly number: number;
  /** What stands before it in the file: the indentation of a list, the mark of a quotation. */
  readonly prefix: string;
}

/** A block of code. */
export interface CodeBlock {
  /** With the fences. */
  readonly lines: LineRange;
  readonly code: readonly CodeLine[];
  /** Whether it stands between fences; else it is indented. */
  readonly fenced: boolean;
  /** `yaml`, `bash`, …, in lower case; empty where none is said. */
  readonly language: string;
  /** What follows the language. */
  readonly meta: string;
  /** Whether the fence that ends it is there. */
  readonly closed: boolean;
}

/** Constructs of prose, none of which can hold a block. */
const proseConstructs = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'definition',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
];

/** Finds the blocks, in order. The reader of Markdown is loaded here: runs of scenarios never need it. */
export async function codeBlocks(text: string, lines: readonly SourceLine[]): Promise<readonly CodeBlock[]> {
  const { fromMarkdown } = await import('mdast-util-from-markdown');
  const tree = fromMarkdown(text, { extensions: [{ disable: { null: proseConstructs } }] });
  const blocks: CodeBlock[] = [];
  collect(tree, (node) => {
    const block = blockOf(node, text, lines);
    if (block !== undefined) blocks.push(block);
  });
  return blocks;
}

/** Visits without recursion: quotations may be nested as deep as a text is long. */
function collect(root: Nodes, visit: (node: Code) => void): void {
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'code') visit(node);
    else if ('children' in node) for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i]!);
  }
}

function blockOf(node: Code, text: string, lines: readonly SourceLine[]): CodeBlock | undefined {
  const { position } = node;
  if (position === undefined) return undefined;
  const rawLine = (number: number): string => {
    const line = lines[number - 1];
    return line === undefined ? '' : text.slice(line.start, line.end);
  };
  const opening = text.slice(position.start.offset, lines[position.start.line - 1]?.end);
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(opening)?.[1];
  const fenced = fence !== undefined;
  const first = position.start.line + (fenced ? 1 : 0);
  const code = (node.value === '' ? [] : node.value.split(/\r\n|\n|\r/)).map((content, i) => {
    const raw = rawLine(first + i);
    return { text: content, number: first + i, prefix: prefixOf(raw, content) };
  });
  const closed = !fenced || isClosing(rawLine(position.end.line), fence, position.end.line > position.start.line);
  return {
    lines: { first: position.start.line, last: position.end.line },
    code,
    fenced,
    language: (node.lang ?? '').toLowerCase(),
    meta: node.meta ?? '',
    closed,
  };
}

function isClosing(line: string, fence: string, later: boolean): boolean {
  const mark = fence[0]!;
  const trimmed = line.replace(/^[\s>]*/, '').trimEnd();
  return later && trimmed.length >= fence.length && trimmed === mark.repeat(trimmed.length);
}

function prefixOf(raw: string, content: string): string {
  // A tab may be partly indentation of the list and partly of the code; then the end does not agree.
  return raw.endsWith(content) ? raw.slice(0, raw.length - content.length) : (/^[\s>]*/.exec(raw)?.[0] ?? '');
}
