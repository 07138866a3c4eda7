// Checks a lesson from its first line to its last, on one cluster. Time passes between commands until nothing moves; a watch
// sees what happens from the changing command before it to the next one, as in a second terminal.

import { generatedNames } from './generated-names.ts';
import { judgeStep } from './judge-step.ts';
import { isAwaiting, planLesson } from './plan-lesson.ts';
import { declaredObjects, modernised, storageClassesIn } from './manifest-facts.ts';
import { Refusals } from './refusals.ts';
import type { Lesson } from '../markdown/lesson.ts';
import type { Invocation } from './admit/invocation.ts';
import type { BlockResult, LessonCheck } from './block-result.ts';
import type { GivenFile, LessonCluster, LessonExecutor, OpenWatch, Said } from './executor.ts';
import type { LessonStep, RunStep } from './plan-lesson.ts';

/** Options of a check. */
export interface CheckLessonOptions {
  /** Opens a cluster and what runs commands on it. Asked only when the lesson has something to run. */
  readonly open: (cluster: LessonCluster) => Promise<LessonExecutor>;
  /** Where the lesson does not say. Default 3. */
  readonly nodes?: number;
  /** Where the lesson does not say. Default 1. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** Checks a lesson. Rejects with `BackendError` when the machine fails us. */
export async function checkLesson(lesson: Lesson, options: CheckLessonOptions): Promise<LessonCheck> {
  const steps = planLesson(lesson);
  const { path } = lesson;
  const runs = steps.some((step) => step.kind === 'run' || (step.kind === 'file' && step.apply !== undefined));
  if (!runs) {
    const results = steps.map(unrunResult);
    return { path, runner: undefined, given: [], results };
  }
  const cluster = clusterFor(lesson, options);
  const executor = await options.open(cluster);
  try {
    const checking = new Checking(steps, executor, options.signal);
    const results = await checking.run();
    return { path, runner: executor.name, given: givenOf(cluster, lesson), results };
  } finally {
    await executor.dispose();
  }
}

function unrunResult(step: LessonStep): BlockResult {
  if (step.kind === 'leave') return leftResult(step);
  const reason = 'no command of the lesson uses it';
  const title = step.kind === 'file' ? titleOf(step.item.name) : step.item.text;
  const kind = step.kind === 'file' ? 'file' : 'command';
  return { kind, lines: step.item.lines, title, verdict: 'not-checkable', reason, notes: [] };
}

function leftResult({ item, reason }: Extract<LessonStep, { readonly kind: 'leave' }>): BlockResult {
  const title = item.kind === 'command' ? item.text : 'a block';
  return { kind: item.kind, lines: item.lines, title, verdict: 'not-checkable', reason, notes: [] };
}

function titleOf(name: string | undefined): string {
  return name ?? 'a manifest without a name';
}

/** Volumes made by hand are meant for claims that nobody provisions for; classes that the lesson takes for granted are there. */
function clusterFor({ items, settings }: Lesson, options: CheckLessonOptions): LessonCluster {
  const contents = items.flatMap((item) =>
    item.kind === 'file' ? [item.content] : item.kind === 'command' ? [item.input ?? ''] : [],
  );
  const declared = contents.flatMap(declaredObjects);
  const made = new Set(declared.filter(({ kind }) => kind === 'storageclass').map(({ name }) => name));
  const handMade = declared.some(({ kind }) => kind === 'persistentvolume');
  const named = new Set(contents.flatMap(storageClassesIn));
  return {
    nodes: settings.nodes ?? options.nodes ?? 3,
    seed: settings.seed ?? options.seed ?? 1,
    defaultClass: settings.defaultClass ?? !handMade,
    // A class that no volume made by hand bears is one that provisions.
    storageClasses: handMade ? [] : [...named].filter((name) => !made.has(name) && name !== 'standard'),
  };
}

function givenOf(
  { nodes, seed, defaultClass, storageClasses }: LessonCluster,
  { settings }: Lesson,
): readonly string[] {
  const volumes = settings.defaultClass === undefined ? ': the lesson makes its volumes by hand' : '';
  return [
    `${nodes} ${nodes === 1 ? 'node' : 'nodes'}, seed ${seed}`,
    ...(defaultClass ? [] : [`no default storage class${volumes}`]),
    ...storageClasses.map((name) => `storage class ${name}: the lesson uses it and does not make it`),
  ];
}

interface Watching {
  readonly step: RunStep;
  readonly at: number;
  readonly open: OpenWatch;
}

class Checking {
  readonly #steps: readonly LessonStep[];
  readonly #executor: LessonExecutor;
  readonly #signal: AbortSignal | undefined;
  readonly #results: (BlockResult | undefined)[];
  readonly #refusals = new Refusals();
  readonly #standIns = new Map<string, string>();
  #watches: Watching[] = [];

  constructor(steps: readonly LessonStep[], executor: LessonExecutor, signal: AbortSignal | undefined) {
    this.#steps = steps;
    this.#executor = executor;
    this.#signal = signal;
    this.#results = steps.map(() => undefined);
  }

  async run(): Promise<readonly BlockResult[]> {
    for (const [at, step] of this.#steps.entries()) {
      this.#signal?.throwIfAborted();
      if (step.kind === 'leave') this.#results[at] = leftResult(step);
      else if (step.kind === 'file') await this.#file(step, at);
      else if (this.#results[at] === undefined && !this.#watches.some((watch) => watch.at === at)) {
        await this.#command(step, at);
      }
    }
    await this.#endWatches();
    return this.#results.map((result, at) => result ?? this.#fileResult(at));
  }

  async #file(step: Extract<LessonStep, { readonly kind: 'file' }>, at: number): Promise<void> {
    if (step.apply === undefined) return;
    const result = await this.#perform(step.apply, at);
    const title = titleOf(step.item.name);
    const notes = ['applied where it stands: no command before the next names it', ...result.notes];
    this.#results[at] = { ...result, kind: 'file', title, notes };
  }

  async #command(step: RunStep, at: number): Promise<void> {
    if (step.temper.watching) {
      // No changing command stands before it: it shows what there is.
      await this.#openWatch(step, at);
      return;
    }
    this.#results[at] = await this.#perform(step, at);
  }

  /** Runs a command, with the watches around it. */
  async #perform(step: RunStep, at: number): Promise<BlockResult> {
    const { changing, waiting } = step.temper;
    if (changing) {
      await this.#endWatches();
      for (const ahead of this.#watchesBehind(at)) await this.#openWatch(this.#steps[ahead] as RunStep, ahead);
    }
    const { invocation, notes } = this.#withNamesOfToday(step.invocation);
    const first = await this.#executor.run(invocation, { files: step.files, flowing: waiting });
    const { said, moved } = await this.#again(step, invocation, first);
    if (!isAwaiting(this.#steps[this.#nextRun(at)])) await this.#executor.settle();
    this.#refusals.note(step, first, moved === undefined);
    return judgeStep({
      step,
      said,
      refusal: first.code === 0 ? undefined : first,
      notes,
      moved,
      refusals: this.#refusals,
    });
  }

  /** A manifest of an API version that is gone is applied in that of today, so that what follows can be checked. */
  async #again(
    step: RunStep,
    invocation: Invocation,
    first: Said,
  ): Promise<{ readonly said: Said; readonly moved: readonly string[] | undefined }> {
    if (first.code === 0 || !/no matches for kind/.test(first.output)) return { said: first, moved: undefined };
    const moves: string[] = [];
    const files = step.files.map((file): GivenFile => {
      const modern = modernised(file.content);
      moves.push(...(modern?.moves ?? []));
      return { ...file, content: modern?.content ?? file.content };
    });
    if (moves.length === 0) return { said: first, moved: undefined };
    const said = await this.#executor.run(invocation, { files, flowing: step.temper.waiting });
    return { said, moved: said.code === 0 ? moves : undefined };
  }

  #withNamesOfToday(invocation: Invocation): { readonly invocation: Invocation; readonly notes: readonly string[] } {
    const { words, pairs } = generatedNames(invocation.words, this.#executor, this.#standIns);
    return { invocation: { ...invocation, words }, notes: pairs.map(([old, now]) => `${old} stands for ${now}`) };
  }

  async #openWatch(step: RunStep, at: number): Promise<void> {
    const { invocation } = this.#withNamesOfToday(step.invocation);
    this.#watches.push({ step, at, open: await this.#executor.watch(invocation) });
  }

  async #endWatches(): Promise<void> {
    if (this.#watches.length > 0) await this.#executor.settle();
    const watches = this.#watches;
    this.#watches = [];
    for (const { step, at, open } of watches) {
      const said = await open.end();
      const refusal = said.code === 0 ? undefined : said;
      this.#results[at] = judgeStep({ step, said, refusal, notes: [], moved: undefined, refusals: this.#refusals });
    }
  }

  /** Places of the watches that stand behind a changing command, up to the next one. */
  #watchesBehind(at: number): readonly number[] {
    const places: number[] = [];
    for (let next = at + 1; next < this.#steps.length; next++) {
      const step = this.#steps[next]!;
      const command = step.kind === 'file' ? step.apply : step.kind === 'run' ? step : undefined;
      if (command?.temper.changing === true) break;
      if (command?.temper.watching === true) places.push(next);
    }
    return places;
  }

  #nextRun(at: number): number {
    return this.#steps.findIndex((step, place) => place > at && step.kind === 'run' && !step.temper.watching);
  }

  /** What is said of a file by what became of the commands that use it. */
  #fileResult(at: number): BlockResult {
    const step = this.#steps[at] as Extract<LessonStep, { readonly kind: 'file' }>;
    const { lines, name } = step.item;
    const users = this.#steps.flatMap((other, place) =>
      other.kind === 'run' && other.sources.includes(step.item) ? [this.#results[place]] : [],
    );
    const base = { kind: 'file' as const, lines, title: titleOf(name), notes: [] };
    if (users.length === 0) return { ...base, verdict: 'not-checkable', reason: 'no command of the lesson uses it' };
    const refused = this.#refusals.ofFile(step.item);
    return refused === undefined
      ? { ...base, verdict: 'true' }
      : { ...base, verdict: 'not-checkable', reason: refused };
  }
}
