// Short texts of authors, in which backticks mark code.

import { h } from '../../../../reporters/html/page/dom.ts';

/** The text as nodes: what stands between backticks becomes a `code` element. */
export function withCode(text: string): readonly (Node | string)[] {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => (/^`[^`]+`$/.test(part) ? h('code', { text: part.slice(1, -1) }) : part));
}
