// The commands and their options. Each command's code is loaded when it is called, so that a cold start stays near node's.

import { Command } from 'commander';
import { version } from '../runner/version.ts';
import { addCheck, addLint } from './add-check.ts';
import { addCompare } from './add-compare.ts';
import { addCtl } from './add-ctl.ts';
import { addExercise } from './add-exercise.ts';
import { addLesson } from './add-lesson.ts';
import { addManual } from './add-manual.ts';
import { addMutate } from './add-mutate.ts';
import { addReport } from './add-report.ts';
import { addRun } from './add-run.ts';
import { addServe } from './add-serve.ts';
import { standardError, standardOutput } from './streams.ts';

/** The whole command line. Errors of usage are thrown as `CommanderError`. */
export function createProgram(): Command {
  const program = new Command('setpiece')
    .description('Rehearses stateful Kubernetes workloads: scenarios in YAML, judged on the trace of watch events.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => standardOutput.write(text),
      writeErr: (text) => standardError.write(text),
      getOutHelpWidth: () => Math.min(standardOutput.columns, 120),
      getErrHelpWidth: () => Math.min(standardError.columns, 120),
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 pass, 1 an expectation failed, 2 invalid scenario, trace or usage, 3 environment,\n            4 inconclusive (or vacuous with --strict), 70 a bug of setpiece, 130 interrupted',
    );
  addRun(program);
  addCheck(program);
  addCompare(program);
  addLint(program);
  addManual(program);
  addMutate(program);
  addReport(program);
  addServe(program);
  addCtl(program);
  addLesson(program);
  addExercise(program);
  return program;
}
