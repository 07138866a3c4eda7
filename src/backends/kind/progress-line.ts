// What is worth telling of what kind writes: ` • Preparing nodes 📦 📦   ...`.

/** The words of a line that says what kind is about to do, else undefined. */
export function progressOf(line: string): string | undefined {
  const said = /^ • (.+?)[\s.]*$/.exec(line)?.[1] ?? /^(WARNING: .+)$/.exec(line)?.[1];
  if (said === undefined) return undefined;
  const words = said
    .replaceAll(/[\p{Extended_Pictographic}\uFE0F]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words.charAt(0).toLowerCase() + words.slice(1);
}
