// `setpiece ctl`: time, faults and the trace of a served cluster, from beside it.

import { readFile } from 'node:fs/promises';
import { formatDuration } from '../../kubernetes/duration.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { askControl } from '../../simulator/http/control-client.ts';
import { readAccess } from '../../simulator/http/read-kubeconfig.ts';
import { ReportedError } from '../reported-error.ts';
import { standardOutput } from '../streams.ts';
import type { ControlWish } from '../../simulator/http/control-client.ts';
import type { Access } from '../../simulator/http/kubeconfig.ts';

/** Where the cluster is. */
export interface ControlFlags {
  readonly server?: string;
  readonly kubeconfig?: string;
}

const kubeconfigDefault = 'setpiece.kubeconfig';

/** What is answered to wishes other than those for streams. */
export interface Answered {
  readonly nowMs?: number;
  readonly timestamp?: string;
  readonly paused?: boolean;
  readonly speed?: string;
  readonly seed?: number;
  readonly how?: string;
  readonly targets?: readonly string[];
  /** Of a step: what happened, null when nothing was under way. */
  readonly happened?: string | null;
  readonly reset?: boolean;
}

/** Sends one wish, prints the answer (as `show` says, if given), and gives the exit code. */
export async function ctl(
  wish: ControlWish,
  flags: ControlFlags,
  show?: (answered: Answered) => string,
): Promise<number> {
  const access = await accessOf(flags);
  const streamed = wish.path === 'trace' || wish.path === 'dump';
  const onText = streamed ? (text: string): void => standardOutput.write(text) : undefined;
  const answer = await askControl(access, wish, onText).catch((error: unknown): never => {
    const { message, code = '' } = error as NodeJS.ErrnoException;
    const why = message === '' ? code : message;
    throw new ReportedError(`no answer from ${access.url}: ${why}; is setpiece serve running?`, exitCodes.environment);
  });
  const { code, text } = answer;
  if (code >= 400) {
    throw new ReportedError(refusalIn(text, `${access.url} answered ${code}`), exitOf(code));
  }
  if (!streamed) standardOutput.write(`${shown(text, access, show)}\n`);
  return exitCodes.pass;
}

/** A wish that cannot be meant is the caller's mistake; a server that knows no such wish is another program. */
function exitOf(code: number): number {
  return code === 400 || code === 422 ? exitCodes.invalid : exitCodes.environment;
}

async function accessOf({ server, kubeconfig }: ControlFlags): Promise<Access> {
  if (server !== undefined) {
    if (/^https?:$/.test(URL.canParse(server) ? new URL(server).protocol : '')) return { url: server };
    throw new ReportedError(`--server: wanted a URL such as http://127.0.0.1:8001, found ${server}`, exitCodes.invalid);
  }
  const file = kubeconfig ?? process.env['KUBECONFIG'] ?? kubeconfigDefault;
  const text = await readFile(file, 'utf8').catch((error: unknown): never => {
    const hint = 'name the server with --server URL or --kubeconfig FILE';
    throw new ReportedError(`cannot read ${file}: ${formatPathError(error)}; ${hint}`, exitCodes.invalid);
  });
  const access = readAccess(text);
  if (typeof access === 'string') throw new ReportedError(`${file}: ${access}`, exitCodes.invalid);
  return access;
}

function refusalIn(text: string, otherwise: string): string {
  const { message } = (parsed(text) ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' ? message : otherwise;
}

function shown(text: string, { url }: Access, show?: (answered: Answered) => string): string {
  const answered = parsed(text) as Answered | undefined;
  if (answered?.reset === true) return `a new cluster, seed ${answered.seed}`;
  if (typeof answered?.nowMs === 'number') {
    if (show !== undefined) return show(answered);
    const { nowMs, timestamp, paused, speed, seed, happened } = answered;
    const time = `t=${formatDuration(nowMs)} (${timestamp}), ${paused ? 'paused' : 'running'}, speed ${speed}, seed ${seed}`;
    if (happened === undefined) return time;
    return `${time}\n${happened ?? 'nothing is under way'}`;
  }
  if (answered?.targets !== undefined) return `${answered.how}: ${answered.targets.join(', ')}`;
  throw new ReportedError(`${url} answers, but is no setpiece serve`, exitCodes.environment);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
