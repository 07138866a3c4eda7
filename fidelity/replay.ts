// Carries out a recipe on a simulator that is served to the real kubectl, and records what is seen as the recorder of the
// real cluster did.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveSimulator } from '../src/simulator/http/serve.ts';
import { kindKey } from '../src/kubernetes/kind.ts';
import { openGate } from './gate.ts';
import { kinds } from './kinds.ts';
import { inOrder } from './recording.ts';
import { writeShims } from './shims.ts';
import { VirtualTime } from './virtual-time.ts';
import type { KindKey } from '../src/kubernetes/kind.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import type { ServedSimulator } from '../src/simulator/http/serve.ts';
import type { Observation } from '../src/trace/record.ts';
import type { Gate } from './gate.ts';
import type { Action, Recipe } from './recipe.ts';
import type { Command, Recording } from './recording.ts';

/** How a recipe is carried out. */
export interface ReplayOptions {
  readonly recipe: Recipe;
  /** The folder of its manifests; a copy of it is where its commands run. */
  readonly manifests: string;
  readonly seed: number;
  /** The recorded nodes that take pods, by name: there are as many, at least one, and lines that name one mean its like. */
  readonly nodes: readonly string[];
  /** Kinds that are recorded. */
  readonly kinds: ReadonlySet<KindKey>;
}

/** What a replay gave: a recording, and the conditions that did not come. */
export interface Replay extends Recording {
  readonly seed: number;
  /** One sentence each. */
  readonly problems: readonly string[];
}

/** From the start of a command until its first request arrives, and for each request, in virtual milliseconds (W-5). */
const commandStartMs = 45;
const requestMs = 6;

/** Until time is paused, which takes a request, it must not have gone on: a run would differ from the next. */
const standstill = 1e-9;

/** Carries out a recipe. Needs `kubectl` on the PATH. */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const errors: unknown[] = [];
  const served = await serveSimulator({
    port: 0,
    seed: options.seed,
    nodes: Math.max(1, options.nodes.length),
    speed: standstill,
    onError: (error) => errors.push(error),
  });
  const folder = mkdtempSync(join(tmpdir(), 'setpiece-fidelity-'));
  const time = new VirtualTime(served);
  const gate = await openGate({ target: served.access.url, charge: () => time.advance(requestMs) });
  try {
    await time.pause();
    const run = new RecipeRun({ served, time, gate, folder, options });
    await run.prepare();
    const result = await run.carryOut();
    if (errors.length > 0) throw errors[0];
    return result;
  } finally {
    gate.close();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Stage {
  readonly served: ServedSimulator;
  readonly time: VirtualTime;
  readonly gate: Gate;
  readonly folder: string;
  readonly options: ReplayOptions;
}

class RecipeRun {
  readonly #stage: Stage;
  readonly #observations: Observation[] = [];
  readonly #commands: Command[] = [];
  readonly #problems: string[] = [];
  #step = -1;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async prepare(): Promise<void> {
    const { served, time, gate, folder, options } = this.#stage;
    const { name } = options.recipe;
    const created = await fetch(`${served.access.url}/api/v1/namespaces`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
    });
    if (!created.ok) throw new Error(`the namespace ${name} could not be made: ${await created.text()}`);
    await time.advance(2000);
    cpSync(options.manifests, join(folder, 'work'), { recursive: true });
    writeShims(join(folder, 'bin'));
    writeFileSync(join(folder, 'kubeconfig'), kubeconfig(gate.url, name));
  }

  async carryOut(): Promise<Replay> {
    const { served, options } = this.#stage;
    for (const object of this.#present()) this.#observe('ADDED', object);
    const stop = served.simulator.subscribe(({ type, object }) => {
      if (this.#concerns(object)) this.#observe(type, object);
    });
    for (const [step, { actions }] of options.recipe.steps.entries()) {
      this.#step = step;
      for (const action of actions) await this.#act(action);
    }
    stop();
    return {
      name: options.recipe.name,
      seed: options.seed,
      observations: inOrder(this.#observations),
      commands: this.#commands,
      problems: this.#problems,
    };
  }

  async #act(action: Action): Promise<void> {
    const { time } = this.#stage;
    switch (action.kind) {
      case 'wait':
        await time.advance(action.ms);
        break;
      case 'until': {
        const { condition, limitMs } = action;
        const came = await time.until(async () => (await this.#shell(condition)).code === 0, limitMs);
        if (!came) this.#problems.push(`within ${limitMs / 1000} s did not come: ${condition}`);
        break;
      }
      case 'command': {
        const at = time.nowMs;
        await time.advance(commandStartMs);
        const { stdout, stderr, code } = await this.#shell(action.run);
        this.#commands.push({ at, step: this.#step, run: action.run, stdout, stderr, code });
      }
    }
  }

  /** Runs a line in a shell, while time passes for it. */
  async #shell(line: string): Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number }> {
    const { time, gate, folder, served, options } = this.#stage;
    const child = spawn('sh', ['-c', this.#withNodes(line)], {
      cwd: join(folder, 'work'),
      env: {
        ...process.env,
        PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
        HOME: folder,
        KUBECONFIG: join(folder, 'kubeconfig'),
        K: 'kubectl',
        NS: options.recipe.name,
        SETPIECE_CONTROL: `${served.access.url}/setpiece/v1/`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
    const came = await time.during(ended, gate);
    if (!came) {
      this.#problems.push(`waits for ever: ${line}`);
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }
    return { stdout, stderr, code: await ended };
  }

  /** The line with the simulator's names of nodes. */
  #withNodes(line: string): string {
    const { served, options } = this.#stage;
    const simulated = [...served.simulator.store.list(kinds.node).values()].map(({ metadata }) => metadata.name).sort();
    const names = new Map(options.nodes.map((name, place) => [name, simulated[place] ?? name]));
    return line.replaceAll(/[a-z0-9]+(?:[.-][a-z0-9]+)*/g, (word) => names.get(word) ?? word);
  }

  #observe(type: Observation['type'], object: KubernetesObject): void {
    this.#observations.push({ kind: 'observation', at: this.#stage.time.nowMs, step: this.#step, type, object });
  }

  #concerns(object: KubernetesObject): boolean {
    const { recipe, kinds: recorded } = this.#stage.options;
    const { namespace = recipe.name } = object.metadata;
    return namespace === recipe.name && recorded.has(kindKey(object));
  }

  #present(): readonly KubernetesObject[] {
    const { store } = this.#stage.served.simulator;
    return [...this.#stage.options.kinds].flatMap((kind) =>
      [...store.list(kind).values()].filter((object) => this.#concerns(object)),
    );
  }
}

function kubeconfig(url: string, namespace: string): string {
  const name = 'simulator';
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url } }],
    users: [{ name, user: {} }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    'current-context': name,
  });
}
