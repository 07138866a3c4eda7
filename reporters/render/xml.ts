// XML as far as reports need it: elements, attributes and text, escaped, without the characters that XML cannot hold.

/** An element. Text among the children is escaped when it is written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

/** Makes an element. */
export function element(
  name: string,
  attributes: XmlElement['attributes'],
  children: XmlElement['children'] = [],
): XmlElement {
  return { name, attributes, children };
}

/** The whole document, indented by two spaces, with a newline at its end. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '').join('\n')}\n`;
}

function lines({ name, attributes, children }: XmlElement, indent: string): readonly string[] {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value, true)}"`);
  const open = `${indent}<${name}${head.join('')}`;
  if (children.length === 0) return [`${open}/>`];
  // Space around text is part of it.
  const [only] = children;
  if (children.length === 1 && typeof only === 'string') return [`${open}>${escapeXml(only, false)}</${name}>`];
  const inner = children.flatMap((child) =>
    typeof child === 'string' ? [escapeXml(child, false)] : lines(child, `${indent}  `),
  );
  return [`${open}>`, ...inner, `${indent}</${name}>`];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no place for most control characters, nor for half a surrogate pair, not even escaped. */
function escapeXml(text: string, attribute: boolean): string {
  const clean = text
    .replaceAll(/\p{Surrogate}/gu, '\u{FFFD}')
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\u{FFFD}');
  const escaped = clean.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
  return attribute ? escaped.replaceAll('\n', '&#10;').replaceAll('\t', '&#9;').replaceAll('\r', '&#13;') : escaped;
}
