// How far a new line of a manifest is indented: below a name without a value one level deeper, else as the line before.

import { indentService } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

/** For manifests; the YAML grammar cannot tell while the value is not there yet. */
export const indentManifest: Extension = indentService.of((context, position) => {
  const { doc } = context.state;
  const { number } = doc.lineAt(position);
  // While a line is broken, the line before is what stands before the break.
  const before =
    context.simulatedBreak === position
      ? context.lineAt(position, -1).text
      : lastWritten(number - 1, (at) => doc.line(at).text);
  return before === undefined ? 0 : indentationAfter(before);
});

/** Columns at which the line after this one begins. */
export function indentationAfter(line: string): number {
  const [, spaces = '', dashes = '', content = ''] = /^( *)((?:- +)*)(.*)$/.exec(line) ?? [];
  const column = spaces.length + dashes.length;
  return /^[^#]*:\s*(?:#.*)?$/.test(content) ? column + 2 : column;
}

function lastWritten(from: number, textOf: (number: number) => string): string | undefined {
  for (let number = from; number > 0; number -= 1) if (textOf(number).trim() !== '') return textOf(number);
  return undefined;
}
