// The way in: reads the command line, runs one command, and makes an exit code of whatever happens.

import { setImmediate } from 'node:timers/promises';
import { CommanderError } from 'commander';
import { exitCodes } from '../runner/exit-code.ts';
import { bugText } from './bug-text.ts';
import { createProgram } from './program.ts';
import { ReportedError } from './reported-error.ts';
import { OutputWatch, standardError } from './streams.ts';

/** Runs a command line (without node and the script) and sets `process.exitCode`; it never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  const output = new OutputWatch();
  process.on('uncaughtException', (error) => {
    // Node's own answer is 1, which would read as an expectation that failed.
    standardError.write(`${bugText(error)}\n`);
    process.exit(exitCodes.bug);
  });
  try {
    await createProgram().parseAsync([...argv], { from: 'user' });
  } catch (error) {
    process.exitCode = await codeOf(error, argv);
  }
  await setImmediate();
  const { lost } = output;
  if (lost === undefined) return;
  standardError.write(`error: ${lost}\n`);
  if (process.exitCode !== exitCodes.bug) process.exitCode = exitCodes.environment;
}

async function codeOf(error: unknown, argv: readonly string[]): Promise<number> {
  if (error instanceof CommanderError) {
    // Help and version that were asked for end the parsing, too. Commander has printed whatever there is to say.
    if (error.exitCode === 0) return exitCodes.pass;
    return summarize(error.message.replace(/^error: /, ''), argv, exitCodes.invalid);
  }
  if (error instanceof ReportedError) {
    standardError.write(`error: ${error.message}\n`);
    return summarize(error.message, argv, error.exitCode);
  }
  standardError.write(`${bugText(error)}\n`);
  return exitCodes.bug;
}

/** A summary was asked for on every path, so a command line that cannot be read or followed gets one too. */
async function summarize(reason: string, argv: readonly string[], exitCode: number): Promise<number> {
  if (argv.some((word) => word.includes('json') || word.startsWith('--output'))) {
    const { reportUsageError } = await import('./report-usage-error.ts');
    await reportUsageError(reason, argv, exitCode);
  }
  return exitCode;
}
