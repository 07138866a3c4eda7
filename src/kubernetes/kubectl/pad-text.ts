// Widths of text in columns: Go's writers count characters.

/** The number of characters. */
export function textWidth(text: string): number {
  return Array.from(text).length;
}

/** The text with blanks behind it up to a width. */
export function padText(text: string, width: number): string {
  return `${text}${' '.repeat(Math.max(0, width - textWidth(text)))}`;
}
