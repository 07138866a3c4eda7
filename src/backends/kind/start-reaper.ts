// Starts the process that removes a cluster when we are gone without having done so ourselves (assets/kind/reaper.mjs).

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { packageFile } from '../package-file.ts';
import { BackendError } from '../cluster.ts';
import type { Socket } from 'node:net';

/** The reaper, and what it is told. */
export interface Reaper {
  readonly pid: number;
  /** To be ended before containers are removed. */
  endsGroup(pid: number): void;
  /** To be removed as well. */
  removesFolder(folder: string): void;
  /** All has been removed, or is to stay: the reaper ends. */
  done(): void;
}

/** Starts a reaper for all containers that have one of the labels (`key=value`). It is there when this resolves. */
export async function startReaper(socket: string, labels: readonly string[]): Promise<Reaper> {
  const script = packageFile('assets/kind/reaper.mjs');
  if (!existsSync(script)) throw new BackendError(`the package is damaged: ${script} is missing`);
  const child = spawn(process.execPath, [script, socket, ...labels], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new BackendError(`the reaper could not be started: ${error.message}`)));
  });
  const { stdin } = child;
  stdin.on('error', () => undefined);
  // Neither may keep us alive; when we end, the pipe closes, and that is the sign.
  child.unref();
  (stdin as unknown as Socket).unref();
  const tell = (line: string): void => void stdin.write(`${line}\n`);
  return {
    pid: child.pid ?? 0,
    endsGroup: (pid) => tell(`group ${pid}`),
    removesFolder: (folder) => tell(`folder ${folder}`),
    done: () => void stdin.end('done\n'),
  };
}
