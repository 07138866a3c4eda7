// Which part of the report is shown, as the part of the address behind `#`: links survive a reload and can be sent.

import type { RunId } from '../../../src/runner/messages.ts';

/** What is shown; without a scenario, the matrix. */
export interface Route {
  readonly scenario?: string;
  readonly row?: number;
  readonly backend?: string;
  readonly seed?: number;
  readonly attempt?: number;
  /** Key of the selected expectation: `0.2` is the third of the first step, `i.0` the first invariant. */
  readonly verdict?: string;
  /** Position of the selected record in its run. */
  readonly record?: number;
  /** Time of the scrubber, milliseconds, where no record is selected. */
  readonly atMs?: number;
  /** Position, in the report, of the run that stands beside it. */
  readonly compare?: number;
  /** The selected record is one of the run beside. */
  readonly beside?: number;
}

const names = [
  'scenario',
  'row',
  'backend',
  'seed',
  'attempt',
  'verdict',
  'record',
  'atMs',
  'compare',
  'beside',
] as const;

/** `#scenario=web&backend=simulator&seed=1&record=41`; `#` for the matrix. */
export function formatRoute(route: Route): string {
  const words = new URLSearchParams();
  for (const name of names) if (route[name] !== undefined) words.set(name, String(route[name]));
  return `#${words.toString()}`;
}

/** Reads an address; what is not understood in it is left out. */
export function parseRoute(hash: string): Route {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const route: Record<string, string | number> = {};
  for (const name of names) {
    const word = words.get(name);
    if (word === null) continue;
    if (name === 'scenario' || name === 'backend' || name === 'verdict') route[name] = word;
    else if (/^\d+(?:\.\d+)?$/.test(word)) route[name] = Number(word);
  }
  return route;
}

/** The part of a route that names a run. */
export function routeTo({ scenario, row, backend, seed, attempt }: RunId): Route {
  return {
    scenario,
    ...(row === undefined ? {} : { row }),
    backend,
    seed,
    ...(attempt === undefined ? {} : { attempt }),
  };
}

/** The position of the run that a route names: of several that fit, the first that counts and did not pass, or the first. */
export function findRun(
  runs: readonly { readonly id: RunId; readonly outcome: string; readonly retried: boolean }[],
  route: Route,
): number {
  if (route.scenario === undefined) return -1;
  const fitting = runs.flatMap((run, position) => (fits(run.id, route) ? [position] : []));
  const red = fitting.find((position) => runs[position]?.outcome !== 'pass' && runs[position]?.retried === false);
  return red ?? fitting[0] ?? -1;
}

function fits(id: RunId, route: Route): boolean {
  return (
    id.scenario === route.scenario &&
    (route.row === undefined || route.row === id.row) &&
    (route.backend === undefined || route.backend === id.backend) &&
    (route.seed === undefined || route.seed === id.seed) &&
    (route.attempt === undefined || route.attempt === id.attempt)
  );
}
