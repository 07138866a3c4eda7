/** What is said of an error that nobody foresaw; the stack only for those who ask for it. */
export function bugText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error && process.env['SETPIECE_DEBUG'] !== undefined ? `\n${error.stack ?? ''}` : '';
  const hint = stack === '' ? '\n  hint: SETPIECE_DEBUG=1 shows where; please report it' : stack;
  return `setpiece itself broke (a bug of ours): ${text}${hint}`;
}
