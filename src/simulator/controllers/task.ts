// A part of a pass: a generator that yields API calls as the pass does, and returns what the pass goes on with.

import type { Result } from '../api/server.ts';
import type { Call } from './controller.ts';

/** A part of a pass that ends with a `T`. */
export type Task<T> = Generator<Call | readonly Call[], T, Result & readonly Result[]>;

/** What a task that writes ends with: undefined when all went well, else the error's text as upstream prints it. */
export type Failure = string | undefined;

/**
 * Runs tasks side by side: each round makes the next call of every unfinished task as one concurrent batch. The results
 * are in the order of the tasks.
 */
export function* concurrently<T>(tasks: readonly Task<T>[]): Task<T[]> {
  const results: T[] = [];
  let active: { readonly task: Task<T>; readonly place: number; readonly waits: Call | readonly Call[] }[] = [];
  for (const [place, task] of tasks.entries()) {
    const step = task.next();
    if (step.done === true) results[place] = step.value;
    else active.push({ task, place, waits: step.value });
  }
  while (active.length > 0) {
    const answers: readonly Result[] = yield active.flatMap(({ waits }) => waits);
    let taken = 0;
    const next: typeof active = [];
    for (const { task, place, waits } of active) {
      const count = typeof waits === 'function' ? 1 : waits.length;
      const own = answers.slice(taken, taken + count);
      taken += count;
      const step = task.next((typeof waits === 'function' ? own[0] : own) as Result & readonly Result[]);
      if (step.done === true) results[place] = step.value;
      else next.push({ task, place, waits: step.value });
    }
    active = next;
  }
  return results;
}

/** Several errors as one text, as apimachinery's Aggregate prints them: repeated ones once, in brackets if many. */
export function aggregate(failures: Iterable<Failure>): Failure {
  const texts = new Set<string>();
  for (const failure of failures) {
    if (failure !== undefined) texts.add(failure);
  }
  if (texts.size <= 1) return texts.values().next().value;
  return `[${[...texts].join(', ')}]`;
}
