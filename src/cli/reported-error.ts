// What a command cannot do, said in one line, with the exit code that it deserves.

/** Ends a command with a message and an exit code; no stack is shown. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
