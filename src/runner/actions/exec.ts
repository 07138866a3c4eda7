// `exec`: runs a command in a container of each selected pod (capability `exec`).

import { judgeRead } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Runs the command; the answer holds its output and exit code. */
export async function exec(action: ActionOf<'exec'>, context: ActionContext): Promise<Answers> {
  return sendToEach(action.target, context, judgeRead, (target) => ({
    verb: 'exec',
    target,
    command: action.command,
    ...(action.container === undefined ? {} : { container: action.container }),
  }));
}
