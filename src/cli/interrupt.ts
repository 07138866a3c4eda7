// Ctrl-C: the first ends the run cleanly, with a summary; the second kills.

import { exitCodes } from '../runner/exit-code.ts';

/** One key press can arrive several times: from the terminal, and again from npm or a shell that passes it on. */
const samePressMs = 400;

/** Runs something that can be interrupted. The handlers are gone afterwards. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let firstMs = -Infinity;
  const onSignal = (): void => {
    const nowMs = performance.now();
    if (!controller.signal.aborted) firstMs = nowMs;
    else if (nowMs - firstMs > samePressMs) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
