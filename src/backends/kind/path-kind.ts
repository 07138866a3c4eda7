// kind from PATH, as a process group of its own: Ctrl-C in a terminal is for setpiece, which ends kind together with the
// docker commands that it started.

import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { BackendError } from '../cluster.ts';
import { LineSplitter } from './line-splitter.ts';
import type { KindCall, KindResult, KindTool } from './kind-tool.ts';
import type { Reaper } from './start-reaper.ts';

/** The path of a command, or undefined. */
export function findOnPath(command: string, path: string = process.env['PATH'] ?? ''): string | undefined {
  const files = path.split(delimiter).map((folder) => join(folder, command));
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  });
}

/** Makes the tool. The kubeconfig that kind insists on writing goes to a folder that only this user can read. */
export async function createPathKind(file: string, socket: string, reaper: Reaper | undefined): Promise<KindTool> {
  const folder = await mkdtemp(join(tmpdir(), 'setpiece-kind-'));
  reaper?.removesFolder(folder);
  // One daemon for kind and for us; podman and nerdctl have no labels that we could go by.
  const env = { ...process.env, DOCKER_HOST: `unix://${socket}`, KIND_EXPERIMENTAL_PROVIDER: 'docker' };
  return {
    whence: file,
    kubeconfig: join(folder, 'kubeconfig'),
    run: (call) => runProcess(call, { file, env, reaper }),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Place {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly reaper: Reaper | undefined;
}

function runProcess({ args, config, onLine, signal }: KindCall, { file, env, reaper }: Place): Promise<KindResult> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const words = config === undefined ? args : [...args, '--config', '-'];
    const child = spawn(file, words, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const splitter = new LineSplitter(onLine);
    const end = (): void => endGroup(child.pid);
    signal.addEventListener('abort', end);
    if (child.pid !== undefined) reaper?.endsGroup(child.pid);
    child.stdout.on('data', (chunk: Buffer) => splitter.take(chunk));
    child.stderr.on('data', (chunk: Buffer) => splitter.take(chunk));
    // kind can end before it has read its input; how it ended says why.
    child.stdin.on('error', () => undefined).end(config);
    child.on('error', (error) => {
      signal.removeEventListener('abort', end);
      reject(new BackendError(`${file} could not be started: ${error.message}`, { cause: error }));
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve({ code: code ?? 1, output: splitter.end() });
    });
  });
}

/** No gentle way: kind would answer by deleting nodes, which is done better when nothing makes new ones any more. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
