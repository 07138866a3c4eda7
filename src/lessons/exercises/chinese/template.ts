// Sentences of verdicts are made from few shapes; a template knows one of them and says it in Chinese.

/** A shape, which matches the whole text, and its translation; undefined where one of its parts cannot be said. */
export interface Template {
  readonly shape: RegExp;
  readonly say: (...parts: readonly string[]) => string | undefined;
}

/** What the first template of that shape says; undefined where there is none: the text stays as it is. */
export function translateBy(templates: readonly Template[], text: string): string | undefined {
  for (const { shape, say } of templates) {
    const found = shape.exec(text);
    // A part that is not there is an empty one.
    const said = found === null ? undefined : say(...found.slice(1).map((part: string | undefined) => part ?? ''));
    if (said !== undefined) return said;
  }
  return undefined;
}
