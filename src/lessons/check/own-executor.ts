// Runs a lesson's commands without kubectl, on a simulator in this process: nothing is started, nothing listens, and the same lesson
// gives the same on every machine.

import { showCommand } from '../../kubernetes/kubectl/show-command.ts';
import { kindOfWord } from '../../kubernetes/kinds.ts';
import { callOf, runKubectl } from '../kubectl/run-kubectl.ts';
import { BeyondUs } from '../kubectl/own-errors.ts';
import { KubectlSession } from '../kubectl/session.ts';
import { answerOf, readLook, recordEvents } from '../kubectl/verbs/read.ts';
import { filterOutput } from './admit/read-filter.ts';
import { providedClass } from './provided-class.ts';
import type { Invocation } from './admit/invocation.ts';
import type { GivenFile, LessonCluster, LessonExecutor, OpenWatch, Said } from './executor.ts';

/** Brings a cluster up for a lesson. */
export async function openOwnExecutor({
  nodes,
  seed,
  defaultClass,
  storageClasses,
}: LessonCluster): Promise<LessonExecutor> {
  const session = new KubectlSession({ seed, nodes, defaultClass });
  for (const name of storageClasses) session.simulator.api.create(providedClass(name));
  return new OwnExecutor(session);
}

class OwnExecutor implements LessonExecutor {
  readonly name = 'without kubectl, in the words of kubectl 1.32';
  readonly #session: KubectlSession;
  #watches: { stop(): void }[] = [];

  constructor(session: KubectlSession) {
    this.#session = session;
  }

  async run(
    invocation: Invocation,
    { files, flowing }: { readonly files: readonly GivenFile[]; readonly flowing: boolean },
  ): Promise<Said> {
    const outcome = await runKubectl(invocation, { session: this.#session, files, flowing });
    if (outcome.kind === 'beyond') return { output: '', code: 0, beyond: outcome.reason };
    const ownWords = /error converting YAML to JSON: yaml: /u.test(outcome.output);
    return {
      output: filterOutput(outcome.output, invocation.filters),
      code: outcome.code,
      ...(ownWords && { ownWords: 'what is said of a mistake in YAML differs from reader to reader' }),
    };
  }

  async watch(invocation: Invocation): Promise<OpenWatch> {
    const call = callOf(invocation, { session: this.#session, files: [], flowing: false });
    try {
      const request = readLook(call);
      const start = this.#session.view(call.namespace, { frozen: true });
      const recording = recordEvents(this.#session, call.namespace);
      const watch = { stop: () => void recording.stop() };
      this.#watches.push(watch);
      return {
        end: () => {
          this.#endWatches();
          const events = recording.stop();
          const window = { start, opened: start, end: start, events, eventsSinceOpened: events, answers: [] };
          const { output, code } = answerOf(showCommand(request, window), call);
          return Promise.resolve({ output: filterOutput(output, invocation.filters), code });
        },
      };
    } catch (error) {
      if (!(error instanceof BeyondUs)) throw error;
      return { end: () => Promise.resolve({ output: '', code: 0, beyond: error.message }) };
    }
  }

  settle(): Promise<void> {
    return this.#session.settle();
  }

  names(kind: string): readonly string[] {
    const known = kindOfWord(kind.toLowerCase());
    if (known === undefined) return [];
    return [...this.#session.simulator.store.list(known.key).values()].map(({ metadata }) => metadata.name);
  }

  dispose(): Promise<void> {
    this.#endWatches();
    return Promise.resolve();
  }

  #endWatches(): void {
    for (const watch of this.#watches) watch.stop();
    this.#watches = [];
  }
}
