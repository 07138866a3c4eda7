// `setpiece serve`: a simulated cluster behind the real HTTP API, until it is interrupted.

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCodes } from '../../runner/exit-code.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { kubeconfigFor } from '../../simulator/http/kubeconfig.ts';
import { serveSimulator } from '../../simulator/http/serve.ts';
import { parseSpeed, speedText } from '../../simulator/http/speed.ts';
import { checkNodes } from '../check-nodes.ts';
import { interruptible } from '../interrupt.ts';
import { ReportedError } from '../reported-error.ts';
import { standardError, standardOutput } from '../streams.ts';
import type { ServedSimulator } from '../../simulator/http/serve.ts';

/** The options of `serve` as the command line gives them. */
export interface ServeFlags {
  readonly port: number;
  readonly nodes: number;
  readonly seed: number;
  readonly speed: string;
  readonly kubeconfig: string;
  readonly tls?: true;
  readonly start: 'epoch' | 'now';
}

/** Serves until SIGINT or SIGTERM, and gives the exit code. */
export async function serve(flags: ServeFlags): Promise<number> {
  const { port, nodes, seed, tls: secured = false, start } = flags;
  const speed = parseSpeed(flags.speed);
  if (speed === undefined) {
    standardError.write(`setpiece serve: wanted a speed such as 1x, 10x or max, found \`${flags.speed}\`\n`);
    return exitCodes.invalid;
  }
  await checkNodes(nodes, { kind: 'simulator' });
  let served: ServedSimulator;
  try {
    served = await serveSimulator({ port, nodes, seed, speed, secured, ...startOf(start), onError: reportError });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== 'listen') throw error;
    standardError.write(`setpiece serve: cannot listen on port ${port}: ${(error as Error).message}\n`);
    return exitCodes.environment;
  }
  const file = resolve(flags.kubeconfig);
  try {
    await writeFile(file, kubeconfigFor(served.access), { mode: 0o600 });
  } catch (error) {
    await served.close();
    const reason = formatPathError(error);
    throw new ReportedError(`the kubeconfig cannot be written to ${file}: ${reason}`, exitCodes.environment);
  }
  standardOutput.write(`serving ${nodes} nodes at ${served.access.url} (seed ${seed}, speed ${speedText(speed)})\n`);
  standardOutput.write(`  export KUBECONFIG=${file}\n`);
  await interruptible((signal) => new Promise<void>((done) => signal.addEventListener('abort', () => done())));
  await served.close();
  return exitCodes.pass;
}

/** Clients count some ages by their own clock; only a cluster that begins now, and goes no faster, agrees with it. */
function startOf(start: ServeFlags['start']): { readonly wallTimeMs?: number } {
  return start === 'now' ? { wallTimeMs: Date.now() } : {};
}

function reportError(error: unknown): void {
  standardError.write(
    `setpiece serve: a bug of setpiece: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}
