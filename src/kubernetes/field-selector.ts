// Field selectors, the text behind `fieldSelector=` (API-LIST-06). Which fields a kind supports is the API server's matter.

/** One condition: a field, as written, has or has not a value. */
export interface FieldTerm {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

/** A text that was read, or the API server's words about why it cannot be. */
export type ParsedFieldSelector =
  | { readonly ok: true; readonly terms: readonly FieldTerm[] }
  | { readonly ok: false; readonly message: string };

const term = /^((?:[^=!\\]|\\.|!(?!=))*)(!=|==|=)(.*)$/s;

/** Reads `metadata.name=web-0,status.phase!=Running`. Values escape `,`, `=` and `\` with a backslash. */
export function parseFieldSelector(text: string): ParsedFieldSelector {
  const terms: FieldTerm[] = [];
  for (const part of splitTerms(text)) {
    if (part === '') continue;
    const match = term.exec(part);
    const value = match === null ? undefined : unescapeValue(match[3] ?? '');
    if (match === null || value === undefined) {
      return { ok: false, message: `invalid selector: '${text}'; can't understand '${part}'` };
    }
    terms.push({ field: match[1] ?? '', operator: match[2] === '!=' ? '!=' : '=', value });
  }
  return { ok: true, terms };
}

function splitTerms(text: string): readonly string[] {
  return text.match(/(?:[^,\\]|\\.?)+/gs) ?? [];
}

function unescapeValue(value: string): string | undefined {
  const plain = value.replaceAll(/\\([\\,=])/g, (_, character: string) => (character === '\\' ? '\u0000' : character));
  // A backslash before anything else, and a bare `=` inside a value, are refused upstream.
  if (plain.includes('\\') || /(?<!\\)=/.test(value)) return undefined;
  return plain.replaceAll('\u0000', '\\');
}
