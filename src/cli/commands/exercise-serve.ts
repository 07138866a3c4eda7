// `setpiece exercise serve`: the learner's page, until it is interrupted.

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { servePage } from '../../lessons/page/serve-page.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { bugText } from '../bug-text.ts';
import { languageOf, readExercises } from '../exercises/exercise-flags.ts';
import { interruptible } from '../interrupt.ts';
import { packageFile } from '../../backends/package-file.ts';
import { ReportedError } from '../reported-error.ts';
import { standardError, standardOutput } from '../streams.ts';
import type { PageOptions, ServedPage } from '../../lessons/page/serve-page.ts';
import type { ExerciseFlags } from '../exercises/exercise-flags.ts';

/** The options of `exercise serve`. */
export interface ExerciseServeFlags extends ExerciseFlags {
  readonly port: number;
  readonly work: string;
}

const languages: readonly string[] = ['en', 'zh'];

/** Serves until SIGINT or SIGTERM, and gives the exit code. */
export async function exerciseServe(flags: ExerciseServeFlags): Promise<number> {
  const { port } = flags;
  const language = languageOf(flags);
  if (!languages.includes(language)) {
    throw new ReportedError(`--lang: wanted ${languages.join(' or ')}, found ${language}`, exitCodes.invalid);
  }
  if (port > 65_535) throw new ReportedError(`--port: wanted a port up to 65535, found ${port}`, exitCodes.invalid);
  const exercises = readExercises(flags);
  const assets = {
    script: packageText('dist/pages/exercise.js'),
    style: packageText('dist/pages/exercise.css'),
  };
  const descriptions = packageText('schema/kubernetes-descriptions.json');
  const work = makeWorkFolder(flags.work);
  const onError = (error: unknown): void => standardError.write(`${bugText(error)}\n`);
  const served = await begin({ port, exercises, work, assets, descriptions, language, onError });
  const { exercises: valid, broken } = exercises;
  const count = valid.length === 1 ? '1 exercise' : `${valid.length} exercises`;
  standardOutput.write(`${count} at ${served.url} (this machine alone; Ctrl-C ends)\n`);
  standardOutput.write(`  your files: ${work}\n`);
  for (const { folder, problems } of broken) {
    standardError.write(`  not shown: ${folder}: ${problems[0]?.message ?? 'it cannot be read'}\n`);
  }
  await interruptible((signal) => new Promise<void>((done) => signal.addEventListener('abort', () => done())));
  await served.close();
  return exitCodes.pass;
}

function packageText(name: string): string {
  const path = packageFile(name);
  if (!existsSync(path)) {
    throw new ReportedError(
      `the learner's page needs ${name}, which is not there; run \`npm run build\` in the package`,
      exitCodes.environment,
    );
  }
  return readFileSync(path, 'utf8');
}

function makeWorkFolder(named: string): string {
  const work = resolve(named);
  try {
    mkdirSync(work, { recursive: true });
  } catch (error) {
    throw new ReportedError(`--work: ${work} cannot be made: ${formatPathError(error)}`, exitCodes.environment);
  }
  return work;
}

async function begin(options: PageOptions): Promise<ServedPage> {
  try {
    return await servePage(options);
  } catch (error) {
    const { syscall, code, message } = error as NodeJS.ErrnoException;
    if (syscall !== 'listen') throw error;
    const why = code === 'EADDRINUSE' ? 'it is taken; --port 0 takes any free one' : message;
    throw new ReportedError(`cannot listen at 127.0.0.1, port ${options.port}: ${why}`, exitCodes.environment);
  }
}
