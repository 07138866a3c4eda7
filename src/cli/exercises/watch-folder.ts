// Checks again when a file in a learner's folder was saved, until it is interrupted.

import { basename } from 'node:path';
import { markerName } from './marker-file.ts';

/** Editors write a file in several steps; so long nothing more must come, milliseconds. */
const settleMs = 30;

/** Checks once, then after each change. Resolves when the signal comes. */
export async function watchFolder(
  folder: string,
  { check, signal }: { readonly check: () => Promise<void>; readonly signal: AbortSignal },
): Promise<void> {
  const { watch } = await import('chokidar');
  let changed = false;
  let wake: (() => void) | undefined;
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => /(?:^|[\\/])(?:node_modules|\.git)(?:[\\/]|$)/.test(path) || basename(path) === markerName,
  });
  watcher.on('all', () => {
    changed = true;
    wake?.();
  });
  await new Promise<void>((ready) => watcher.once('ready', () => ready()));
  signal.addEventListener('abort', () => wake?.());
  await check();
  while (!signal.aborted) {
    if (!changed) await new Promise<void>((awake) => (wake = awake));
    await new Promise((passed) => setTimeout(passed, settleMs));
    changed = false;
    if (!signal.aborted) await check();
  }
  await watcher.close();
}
