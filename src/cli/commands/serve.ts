// `setpiece serve`: a simulated cluster behind the real HTTP API, until it is interrupted.

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCodes } from '../../runner/exit-code.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { kubeconfigFor } from '../../simulator/http/kubeconfig.ts';
import { isLoopback } from '../../simulator/http/listen-address.ts';
import { serveSimulator } from '../../simulator/http/serve.ts';
import { parseSpeed, speedText } from '../../simulator/http/speed.ts';
import { checkNodes } from '../check-nodes.ts';
import { interruptible } from '../interrupt.ts';
import { ReportedError } from '../reported-error.ts';
import { standardError, standardOutput } from '../streams.ts';
import type { Credential } from '../../simulator/http/kubeconfig.ts';
import type { Speed } from '../../simulator/http/pacer.ts';
import type { ServedSimulator } from '../../simulator/http/serve.ts';

/** The options of `serve` as the command line gives them. */
export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly nodes: number;
  readonly seed: number;
  readonly speed: string;
  readonly kubeconfig: string;
  readonly tls?: true;
  readonly credential: Credential;
  readonly start?: 'epoch' | 'now';
}

/** Serves until SIGINT or SIGTERM, and gives the exit code. */
export async function serve(flags: ServeFlags): Promise<number> {
  const { nodes, seed } = flags;
  const speed = checkFlags(flags);
  await checkNodes(nodes, { kind: 'simulator' });
  const served = await begin(flags, speed);
  const file = resolve(flags.kubeconfig);
  try {
    await writeFile(file, kubeconfigFor(served.access, flags.credential), { mode: 0o600 });
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

function checkFlags({ speed: text, host, port, tls }: ServeFlags): Speed {
  const speed = parseSpeed(text);
  if (speed === undefined) {
    throw new ReportedError(`--speed: wanted a speed such as 1x, 10x or max, found ${text}`, exitCodes.invalid);
  }
  if (port > 65_535) throw new ReportedError(`--port: wanted a port up to 65535, found ${port}`, exitCodes.invalid);
  if (tls === true || isLoopback(host)) return speed;
  const why = `others reach ${host}, and over plain http anybody would be let in`;
  throw new ReportedError(`--host ${host}: ${why}; add --tls`, exitCodes.invalid);
}

async function begin(flags: ServeFlags, speed: Speed): Promise<ServedSimulator> {
  const { port, host, nodes, seed } = flags;
  const secured = flags.tls === true;
  const start = flags.start ?? (speed === 1 ? 'now' : 'epoch');
  try {
    return await serveSimulator({ port, host, nodes, seed, speed, secured, ...startOf(start), onError: reportError });
  } catch (error) {
    const { syscall = '', message } = error as NodeJS.ErrnoException;
    if (syscall !== 'listen' && syscall !== 'getaddrinfo') throw error;
    throw new ReportedError(`cannot listen at ${host}, port ${port}: ${message}`, exitCodes.environment);
  }
}

/** Clients count some ages by their own clock; only a cluster that begins now, and goes no faster, agrees with it. */
function startOf(start: 'epoch' | 'now'): { readonly wallTimeMs?: number } {
  return start === 'now' ? { wallTimeMs: Date.now() } : {};
}

function reportError(error: unknown): void {
  standardError.write(
    `setpiece serve: a bug of setpiece: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}
