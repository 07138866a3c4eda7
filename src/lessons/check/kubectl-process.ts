// One kubectl, started without a shell and watched until it ends. Its environment holds nothing of the user's but the way to
// the binary: no kubeconfig, no home, no plugins, no proxy.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Said } from './executor.ts';

/** What is started. */
export interface KubectlStart {
  readonly program: string;
  readonly args: readonly string[];
  /** A private folder: its home and its working directory. */
  readonly folder: string;
  readonly kubeconfig: string;
}

/** More than a lesson shows; the rest is dropped. */
const outputMax = 1024 * 1024;

/** A kubectl that runs. */
export class KubectlProcess {
  /** When it ends, with all that it said. */
  readonly said: Promise<Said>;
  readonly #child: ChildProcess;
  #output = '';
  #stopped = false;
  #ended = false;

  constructor({ program, args, folder, kubeconfig }: KubectlStart) {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      KUBECONFIG: kubeconfig,
      KUBECACHEDIR: `${folder}/cache`,
      KUBERC: 'off',
      NO_PROXY: '*',
      TZ: 'UTC',
      ...(process.platform === 'win32' && { SystemRoot: process.env['SystemRoot'] ?? '' }),
    };
    this.#child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    }
    this.said = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code) => {
        this.#ended = true;
        resolve({ output: withoutNoise(this.#output), code: this.#stopped ? undefined : (code ?? undefined) });
      });
    });
    // Whoever waits hears of it; nobody else need.
    this.said.catch(() => undefined);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Number of characters said so far. */
  get length(): number {
    return this.#output.length;
  }

  /** Ends it at once, with what it said until now. */
  stop(): void {
    if (this.#ended) return;
    this.#stopped = true;
    this.#child.kill('SIGKILL');
  }

  #hear(text: string): void {
    if (this.#output.length < outputMax) this.#output += text;
  }
}

/** What kubectl says of its own age, and of the namespace where nobody asked for one, differs from release to release. */
function withoutNoise(output: string): string {
  return output
    .replaceAll(/^WARNING: version difference.*\n/gm, '')
    .replaceAll(/(?<=deleted) from default namespace$/gm, '');
}
