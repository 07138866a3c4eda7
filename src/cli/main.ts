// The way in: reads the command line, runs one command, and makes an exit code of whatever happens.

import { CommanderError } from 'commander';
import { exitCodes } from '../runner/exit-code.ts';
import { bugText } from './bug-text.ts';
import { createProgram } from './program.ts';
import { ReportedError } from './reported-error.ts';
import { standardError, survivePipes } from './streams.ts';

/** Runs a command line (without node and the script) and sets `process.exitCode`; it never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  survivePipes();
  try {
    await createProgram().parseAsync([...argv], { from: 'user' });
  } catch (error) {
    process.exitCode = await codeOf(error, argv);
  }
}

async function codeOf(error: unknown, argv: readonly string[]): Promise<number> {
  if (error instanceof CommanderError) {
    // Help and version that were asked for end the parsing, too. Commander has printed whatever there is to say.
    if (error.exitCode === 0) return exitCodes.pass;
    return usageError(error.message.replace(/^error: /, ''), argv);
  }
  if (error instanceof ReportedError) {
    standardError.write(`error: ${error.message}\n`);
    return error.exitCode;
  }
  standardError.write(`${bugText(error)}\n`);
  return exitCodes.bug;
}

/** A summary was asked for on every path, so a command line that cannot be read gets one too. */
async function usageError(message: string, argv: readonly string[]): Promise<number> {
  if (argv.some((word) => word.includes('json'))) {
    const { reportUsageError } = await import('./report-usage-error.ts');
    await reportUsageError(message, argv);
  }
  return exitCodes.invalid;
}
