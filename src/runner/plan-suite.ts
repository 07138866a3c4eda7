// Which runs a suite is made of: one for each row of each scenario that the filter lets through, in the order of the files.

import { Catalogues, guaranteesOf } from '../scenario/catalogues.ts';
import { expandRuns } from '../scenario/expand.ts';
import { findDuplicateIds } from '../scenario/lint/id-rules.ts';
import { ManifestReader } from '../scenario/manifests.ts';
import { framesOf } from './frames.ts';
import { loadFile } from './load-file.ts';
import { shareOf } from './shard.ts';
import type { Catalogue, Guarantee } from '../scenario/guarantees.ts';
import type { Problem } from '../scenario/problem.ts';
import type { RunRow } from '../scenario/expand.ts';
import type { Scenario } from '../scenario/model.ts';
import type { Shard } from './shard.ts';
import type { LoadedFile, LoadedScenario } from './load-file.ts';

/** One run that is to be made, or a file that cannot be run. */
export type PlannedRun =
  | {
      readonly kind: 'run';
      readonly loaded: LoadedScenario;
      readonly row: RunRow;
      /** Of the row in the list of the scenario's runs. */
      readonly position: number;
    }
  | {
      readonly kind: 'invalid';
      readonly file: string;
      readonly problems: readonly Problem[];
      readonly frames: readonly string[];
    };

/** Which scenarios are wanted. */
export interface SuiteFilter {
  /** Looked for in `id`, `id#row` and the title. */
  readonly grep?: RegExp;
  /** At least one of these; none: all. */
  readonly tags: readonly string[];
  readonly row?: number;
  /** A share of what the rest of the filter lets through. */
  readonly shard?: Shard;
}

/** The runs; when there are none, why. */
export interface SuitePlan {
  readonly runs: readonly PlannedRun[];
  readonly reason?: string;
  /** What the guarantees promise that the scenarios of the runs name, in the order of the catalogues. */
  readonly guarantees: readonly Guarantee[];
}

/** Reads all files. Those that cannot be read are part of the plan whatever the filter says: nobody knows what is in them. */
export function planSuite(files: readonly string[], filter: SuiteFilter): SuitePlan {
  const scenarioOfId = new Map<string, Scenario>();
  const shared = { reader: new ManifestReader(), catalogues: new Catalogues() };
  const planned = files.flatMap((file): readonly PlannedRun[] => {
    const read = unique(loadFile(file, shared), scenarioOfId);
    return read.kind === 'invalid' ? [{ ...read, file }] : runsOf(read.loaded, filter);
  });
  const runs = [...badCatalogues(planned), ...shareOf(planned, filter.shard)];
  const guarantees = guaranteesOfRuns(runs);
  // More shares than runs leave some empty, which is no mistake.
  if (planned.length > 0) return { runs, guarantees };
  const count = files.length === 1 ? (files[0] ?? '') : `${files.length} scenario files`;
  return { runs, guarantees, reason: `nothing in ${count} matches ${describe(filter)}` };
}

/** Catalogues that cannot be read, each once and before the scenarios that name it. */
function badCatalogues(runs: readonly PlannedRun[]): readonly PlannedRun[] {
  const catalogues = new Set<Catalogue>();
  for (const run of runs) if (run.kind === 'run' && run.loaded.catalogue) catalogues.add(run.loaded.catalogue);
  return [...catalogues]
    .filter(({ problems }) => problems.length > 0)
    .map(({ file, problems, text }) => ({
      kind: 'invalid',
      file,
      problems,
      frames: framesOf(problems, new Map([[file, text]])),
    }));
}

/** What the guarantees promise that the scenarios of runs name, each once, in the order of the catalogues. */
export function guaranteesOfRuns(runs: readonly PlannedRun[]): readonly Guarantee[] {
  const named = new Map<Catalogue, Set<string>>();
  for (const run of runs) {
    if (run.kind !== 'run' || run.loaded.catalogue === undefined) continue;
    const { scenario, catalogue } = run.loaded;
    const ids = named.get(catalogue) ?? new Set();
    for (const { id } of guaranteesOf(scenario, catalogue)) ids.add(id);
    named.set(catalogue, ids);
  }
  return [...named].flatMap(([{ guarantees }, ids]) => [...guarantees.values()].filter(({ id }) => ids.has(id)));
}

/** Ids name runs, traces and rows of reports, so that two files cannot share one. */
function unique(read: LoadedFile, scenarioOfId: Map<string, Scenario>): LoadedFile {
  if (read.kind === 'invalid') return read;
  const { scenario, sources } = read.loaded;
  const other = scenarioOfId.get(scenario.id);
  if (other === undefined) {
    scenarioOfId.set(scenario.id, scenario);
    return read;
  }
  const problems = findDuplicateIds([other, scenario]);
  return { kind: 'invalid', problems, frames: framesOf(problems, sources) };
}

function runsOf(loaded: LoadedScenario, { grep, tags, row }: SuiteFilter): readonly PlannedRun[] {
  const { id, title, tags: own } = loaded.scenario;
  if (tags.length > 0 && !tags.some((tag) => own.includes(tag))) return [];
  return expandRuns(loaded.scenario).flatMap((one, position) => {
    const name = one.row === undefined ? id : `${id}#${one.row}`;
    const wanted = (row === undefined || one.row === row) && (grep === undefined || grep.test(`${name} ${title}`));
    return wanted ? [{ kind: 'run', loaded, row: one, position } as const] : [];
  });
}

function describe({ grep, tags, row }: SuiteFilter): string {
  return [
    ...(grep === undefined ? [] : [`--grep ${grep.source}`]),
    ...tags.map((tag) => `--tag ${tag}`),
    ...(row === undefined ? [] : [`--row ${row}`]),
  ].join(' and ');
}
