// Puts another text in the place of one value of a YAML file and leaves every other byte as it is: comments, layout, quotes.

import { CST, Parser } from 'yaml';

/** The new file, or why the value cannot be replaced. */
export type ReplacedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/**
 * Replaces the value that begins at an offset of a file. A block stays a block with its indentation; a quoted or plain
 * text of several lines becomes a block unless it stands inside braces.
 */
export function replaceText(
  file: string,
  { start, value }: { readonly start: number; readonly value: string },
): ReplacedText {
  const tokens = [...new Parser().parse(file)];
  const lines = value
    .replace(/\n+$/u, '')
    .split('\n')
    .map((line) => line.trimEnd());
  const found = findScalar(tokens, start);
  if (found === undefined) return { ok: false, reason: 'the value is not where it was' };
  const { token, inFlow } = found;
  if (token.type === 'block-scalar') {
    const refused = setBlock(token, lines, file.includes('\r\n') ? '\r\n' : '\n');
    if (refused !== undefined) return { ok: false, reason: refused };
  } else if (lines.length === 1) CST.setScalarValue(token, lines[0] ?? '', { inFlow });
  else if (inFlow)
    Object.assign(token, { type: 'double-quoted-scalar', source: JSON.stringify(`${lines.join('\n')}\n`) });
  else CST.setScalarValue(token, `${lines.join('\n')}\n`, { afterKey: true, type: 'BLOCK_LITERAL' });
  return { ok: true, text: tokens.map((part) => CST.stringify(part)).join('') };
}

type ScalarToken = CST.FlowScalar | CST.BlockScalar;

interface FoundScalar {
  readonly token: ScalarToken;
  readonly inFlow: boolean;
}

function findScalar(tokens: readonly CST.Token[], start: number): FoundScalar | undefined {
  for (const token of tokens) {
    if (token.type !== 'document') continue;
    let found: FoundScalar | undefined;
    CST.visit(token, (item, path) => {
      const scalar = [item.key, item.value].find((one): one is ScalarToken => isScalarAt(one, start));
      if (scalar === undefined) return undefined;
      const parent = CST.visit.parentCollection(token, path);
      found = { token: scalar, inFlow: parent.type === 'flow-collection' };
      return CST.visit.BREAK;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

function isScalarAt(token: CST.Token | null | undefined, start: number): token is ScalarToken {
  if (token === null || token === undefined) return false;
  if (token.type === 'block-scalar')
    return token.offset === start || token.props.some(({ offset }) => offset === start);
  return CST.isScalar(token) && token.offset === start;
}

/** The lines of a block with the indentation of its first line. */
function setBlock(token: CST.BlockScalar, lines: readonly string[], lineEnd: string): string | undefined {
  const header = token.props.find((prop) => prop.type === 'block-scalar-header');
  if (header !== undefined && 'source' in header && /\d/u.test(header.source)) {
    return 'a block that says its own indentation is not rewritten';
  }
  if (lines[0]?.startsWith(' ') === true) return 'a block cannot begin with a line that begins with a blank';
  const indent = /^[ ]*(?=\S)/mu.exec(token.source)?.[0] ?? ' '.repeat(token.indent + 2);
  // What follows the last line with text (blank lines before the next member) stays.
  const rest = /(?:[ \t]*\r?\n)*$/u.exec(token.source)?.[0].replace(/^[ \t]*\r?\n/u, '') ?? '';
  const text = lines.map((line) => (line === '' ? '' : `${indent}${line}`)).join(lineEnd);
  token.source = `${text}${lineEnd}${rest}`;
  return undefined;
}
