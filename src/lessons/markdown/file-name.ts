// What a block's file is called: a comment in its first line, what stands beside its language, the line before the block, or
// the editor that the lesson has just opened.

import type { CodeBlock } from './code-blocks.ts';

const fileName = /(?:^|[\s"'`(（【：:，,、=/\\*])((?:[\w.-]+\/)*[\w-][\w.-]*\.(?:ya?ml|json))(?![\w/])/gu;

/** The name that a text gives, the last one if there are several. */
export function fileNameIn(text: string): string | undefined {
  return [...text.matchAll(fileName)].at(-1)?.[1];
}

/** The name that a block gives itself. */
export function ownFileName(block: CodeBlock): string | undefined {
  const first = block.code.find(({ text }) => text.trim() !== '' && text.trim() !== '---')?.text ?? '';
  const beside = fileNameIn(block.meta) ?? fileNameIn(block.language);
  return commentedName(first) ?? beside;
}

/** A comment that says little but a name: `# web.yaml`, `# file: web.yaml`. A sentence that mentions one is about another file. */
function commentedName(line: string): string | undefined {
  const comment = /^\s*(?:#+|\/\/)\s*(.*)$/.exec(line)?.[1] ?? '';
  const name = fileNameIn(` ${comment}`);
  if (name === undefined) return undefined;
  const others = comment.replace(name, '').match(/[\p{L}\d]+/gu) ?? [];
  return others.length <= 2 ? name : undefined;
}

/** The file that a command opens or shows: `vim web.yaml`, `cat web.yaml`. */
export function openedFile(command: string): string | undefined {
  const found = /^(?:sudo\s+)?(?:vim?|nano|emacs|cat|touch|code|less|more|edit)\s+(.*)$/.exec(command.trim());
  return found === null ? undefined : fileNameIn(` ${found[1]}`);
}
