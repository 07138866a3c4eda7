// Runs a lesson's commands with the real kubectl, against a simulator that listens on loopback for nobody else. Files and the
// kubeconfig are in a private folder, which is removed at the end.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackendError } from '../../backends/cluster.ts';
import { kindOfWord } from '../../kubernetes/kinds.ts';
import { kubeconfigFor } from '../../simulator/http/kubeconfig.ts';
import { serveSimulator } from '../../simulator/http/serve.ts';
import { isAttached } from './admit/admit-command.ts';
import { argumentsOf } from './admit/invocation.ts';
import { filterOutput } from './admit/read-filter.ts';
import { KubectlProcess } from './kubectl-process.ts';
import { providedClass } from './provided-class.ts';
import type { ServedSimulator } from '../../simulator/http/serve.ts';
import type { Invocation } from './admit/invocation.ts';
import type { GivenFile, LessonCluster, LessonExecutor, OpenWatch, Said } from './executor.ts';

/** How often a running command is looked at, milliseconds of the wall. */
const lookEveryMs = 2;
/** These wait without a watch: for a program in a container, or by asking again and again. */
const askAgain: ReadonlySet<string> = new Set(['drain', 'exec', 'logs', 'replace', 'scale']);
/** One of them that does nothing for so long is taken to wait for time to pass. */
const idleMs = 150;
/** A command that says nothing for so long when nothing moves any more never will. */
const stuckMs = 3000;
/** No command takes so long. */
const commandMaxMs = 30_000;
/** Virtual time in which a cluster must become quiet, microseconds. */
const settleMax = 600_000_000;

/** Finds out what a kubectl is; undefined when there is none of that name, or it does not answer. */
export function kubectlVersion(program: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), KUBECONFIG: '/dev/null', KUBERC: 'off' };
    const args = ['version', '--client', '-o', 'json'];
    execFile(program, args, { env, timeout: commandMaxMs }, (error, stdout) => {
      const version = /"gitVersion":\s*"v([^"]+)"/.exec(stdout)?.[1];
      resolve(error === null ? (version ?? 'of an unknown version') : undefined);
    });
  });
}

/** Serves a cluster for a lesson. Rejects with `BackendError` where the machine does not let it. */
export async function openServedExecutor(
  program: { readonly path: string; readonly version: string },
  { nodes, seed, defaultClass, storageClasses }: LessonCluster,
): Promise<LessonExecutor> {
  let folder: string | undefined;
  let served: ServedSimulator | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), 'setpiece-lesson-'));
    served = await serveSimulator({ port: 0, seed, nodes, speed: 1, defaultClass });
    served.pacer.pause();
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, kubeconfigFor(served.access), { mode: 0o600 });
    for (const name of storageClasses) served.simulator.api.create(providedClass(name));
    return new ServedExecutor({ program, folder, kubeconfig, served });
  } catch (error) {
    await served?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    throw new BackendError(`the lesson's cluster cannot be served: ${(error as Error).message}`, { cause: error });
  }
}

interface Parts {
  readonly program: { readonly path: string; readonly version: string };
  readonly folder: string;
  readonly kubeconfig: string;
  readonly served: ServedSimulator;
}

/** Waits until something holds, or for as long as any command may take. */
async function eventually(holds: () => boolean): Promise<void> {
  const startedMs = performance.now();
  while (!holds() && performance.now() - startedMs < commandMaxMs) await sleep(lookEveryMs);
}

class ServedExecutor implements LessonExecutor {
  readonly #parts: Parts;
  readonly #running = new Set<KubectlProcess>();
  #watches: KubectlProcess[] = [];
  #written = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get name(): string {
    return `kubectl ${this.#parts.program.version}`;
  }

  async run(
    invocation: Invocation,
    { files, flowing }: { readonly files: readonly GivenFile[]; readonly flowing: boolean },
  ): Promise<Said> {
    // The terminal of a new pod is not served.
    if (invocation.verb === 'run' && isAttached(invocation.flags)) {
      const beyond = 'it attaches a terminal to a new pod, which is only done without `--kubectl`';
      return { output: '', code: 0, beyond };
    }
    const paths: string[] = [];
    for (const file of files) paths.push(await this.#write(file));
    const process = this.#start(invocation, paths);
    await this.#attend(process, { flowing, idles: askAgain.has(invocation.verb) });
    const said = await this.#saidBy(process);
    // What kubectl says of files must name them as the lesson does.
    const named = files.reduce((output, { name }, i) => output.replaceAll(paths[i]!, name), said.output);
    return { ...said, output: filterOutput(named, invocation.filters) };
  }

  async watch(invocation: Invocation): Promise<OpenWatch> {
    const { served } = this.#parts;
    const others = this.#watches.length;
    // Those of commands that have ended may not have been noticed yet.
    await eventually(() => served.watches <= others);
    const process = this.#start(invocation, []);
    await eventually(() => process.ended || served.watches > others);
    this.#watches.push(process);
    return {
      end: async () => {
        this.#endWatches();
        const said = await this.#saidBy(process);
        return { ...said, output: filterOutput(said.output, invocation.filters) };
      },
    };
  }

  async settle(): Promise<void> {
    const { clock } = this.#parts.served.simulator;
    const limit = clock.now + settleMax;
    while (clock.now < limit && (clock.pending('work') > 0 || clock.pending('deadline') > 0)) {
      const next = clock.moving(1)[0]?.at ?? limit;
      await this.#parts.served.pacer.advance(Math.max(1, Math.min(next, limit) - clock.now));
    }
  }

  names(kind: string): readonly string[] {
    const known = kindOfWord(kind.toLowerCase());
    if (known === undefined) return [];
    return [...this.#parts.served.simulator.store.list(known.key).values()].map(({ metadata }) => metadata.name);
  }

  async dispose(): Promise<void> {
    for (const process of this.#running) process.stop();
    await this.#parts.served.close();
    await Promise.allSettled([...this.#running].map(({ said }) => said));
    await rm(this.#parts.folder, { recursive: true, force: true });
  }

  /** Names of our own: what a lesson calls its files says nothing about where they are. */
  async #write({ name, content }: GivenFile): Promise<string> {
    const path = join(this.#parts.folder, `file-${++this.#written}${name.endsWith('.json') ? '.json' : '.yaml'}`);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  }

  #start(invocation: Invocation, paths: readonly string[]): KubectlProcess {
    const { program, folder, kubeconfig } = this.#parts;
    const flags = [...invocation.flags, ...paths.map((path) => `--filename=${path}`)];
    const args = argumentsOf({ ...invocation, flags });
    const process = new KubectlProcess({ program: program.path, args, folder, kubeconfig });
    this.#running.add(process);
    void process.said.then(
      () => this.#running.delete(process),
      () => this.#running.delete(process),
    );
    return process;
  }

  async #saidBy(process: KubectlProcess): Promise<Said> {
    try {
      return await process.said;
    } catch (error) {
      throw new BackendError(`kubectl cannot be run: ${(error as Error).message}`, { cause: error });
    }
  }

  /** Lets time pass when the command waits for it, and stops the command when that can change nothing. */
  async #attend(
    process: KubectlProcess,
    { flowing, idles }: { readonly flowing: boolean; readonly idles: boolean },
  ): Promise<void> {
    const { served } = this.#parts;
    const others = this.#watches.length;
    const startedMs = performance.now();
    let seen = -1;
    let changedMs = startedMs;
    while (!process.ended) {
      await Promise.race([process.said.catch(() => undefined), sleep(lookEveryMs)]);
      const nowMs = performance.now();
      const state = process.length + served.simulator.store.revision + served.watches;
      if (state !== seen) changedMs = nowMs;
      seen = state;
      const waits = served.watches > others || (idles && nowMs - changedMs > idleMs);
      if (flowing && waits && !process.ended) await this.settle();
      const stuck = flowing && served.watches > others && nowMs - changedMs > stuckMs;
      if (stuck || nowMs - startedMs > commandMaxMs) process.stop();
    }
  }

  #endWatches(): void {
    this.#parts.served.endWatches();
    for (const process of this.#watches) {
      // The stream has ended; who does not notice is told.
      void sleep(commandMaxMs, undefined, { ref: false }).then(() => process.stop());
    }
    this.#watches = [];
  }
}
