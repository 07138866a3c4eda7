// The matrix of a report: what was promised against where it was tried. Pure.

import { worstOf } from './outcome.ts';
import type { Guarantee } from '../../src/scenario/guarantees.ts';
import type { Verdict } from '../../src/expectations/verdict.ts';
import type { ReportDocument, RunSummary } from '../html/document.ts';
import type { Shade } from './outcome.ts';

/** One backend at one version of Kubernetes. */
export interface Column {
  readonly key: string;
  readonly backend: string;
  readonly kubernetes: string;
}

/** What all runs of a cell came to. */
export interface Cell {
  readonly shade: Shade;
  readonly total: number;
  /** How many of them are of that shade. */
  readonly ofShade: number;
  /** Positions of its runs in the report, the worst first. */
  readonly runs: readonly number[];
  /** The first step of the worst run that makes it so; undefined: the scenario as a whole. */
  readonly step: number | undefined;
}

/** One line of the matrix. */
export interface MatrixRow {
  readonly id: string;
  readonly guarantee: Guarantee | undefined;
  /** By column key; a guarantee that was not tried there has none. */
  readonly cells: ReadonlyMap<string, Cell>;
}

/** The matrix, by chapters of the catalogue. */
export interface Matrix {
  readonly columns: readonly Column[];
  readonly chapters: readonly { readonly title: string; readonly rows: readonly MatrixRow[] }[];
}

/** One run's contribution to a cell. */
interface Trial {
  readonly run: number;
  readonly shade: Shade;
  readonly step: number | undefined;
}

/** The columns of a report, in the order of its runs. */
export function columnsOf(runs: readonly RunSummary[]): readonly Column[] {
  const columns = new Map<string, Column>();
  for (const run of runs) {
    const column = columnOf(run, runs);
    columns.set(column.key, column);
  }
  return [...columns.values()];
}

/** A run that never started stands with those of its backend that did. */
export function columnOf({ id, kubernetes }: RunSummary, runs: readonly RunSummary[]): Column {
  const version =
    kubernetes !== ''
      ? kubernetes
      : runs.find((run) => run.id.backend === id.backend && run.kubernetes !== '')?.kubernetes;
  return { key: JSON.stringify([id.backend, version ?? '']), backend: id.backend, kubernetes: version ?? '' };
}

/** Guarantees against columns. */
export function matrixOf({ runs, guarantees }: ReportDocument): Matrix {
  const trials = new Map<string, Map<string, Trial[]>>();
  for (const [position, run] of runs.entries()) {
    if (run.retried) continue;
    const { key } = columnOf(run, runs);
    for (const [id, trial] of trialsOf(run, position)) {
      let row = trials.get(id);
      if (row === undefined) trials.set(id, (row = new Map()));
      row.set(key, [...(row.get(key) ?? []), trial]);
    }
  }
  const known = new Map(guarantees.map((guarantee) => [guarantee.id, guarantee]));
  const ids = [...new Set([...known.keys(), ...trials.keys()])].filter((id) => trials.has(id));
  const chapters = new Map<string, MatrixRow[]>();
  for (const id of ids) {
    const guarantee = known.get(id);
    const cells = new Map([...(trials.get(id) ?? [])].map(([key, list]) => [key, cellOf(list)]));
    const title = guarantee?.area ?? 'not in the catalogue';
    chapters.set(title, [...(chapters.get(title) ?? []), { id, guarantee, cells }]);
  }
  return { columns: columnsOf(runs), chapters: [...chapters].map(([title, rows]) => ({ title, rows })) };
}

/** Scenarios against columns. */
export function scenarioCells(runs: readonly RunSummary[]): ReadonlyMap<string, ReadonlyMap<string, Cell>> {
  const rows = new Map<string, Map<string, Trial[]>>();
  for (const [position, run] of runs.entries()) {
    if (run.retried) continue;
    const title = scenarioTitle(run);
    const { key } = columnOf(run, runs);
    let row = rows.get(title);
    if (row === undefined) rows.set(title, (row = new Map()));
    row.set(key, [...(row.get(key) ?? []), { run: position, shade: shadeOfRun(run), step: undefined }]);
  }
  return new Map([...rows].map(([title, row]) => [title, new Map([...row].map(([key, list]) => [key, cellOf(list)]))]));
}

/** `scale-out`, `upgrade#2` for a row of a matrix. */
export function scenarioTitle({ id }: RunSummary): string {
  return id.row === undefined ? id.scenario : `${id.scenario}#${id.row}`;
}

/** What a run came to, in one word. */
export function shadeOfRun({ outcome, vacuous }: RunSummary): Shade {
  return outcome === 'pass' && vacuous > 0 ? 'vacuous' : outcome;
}

function trialsOf(run: RunSummary, position: number): ReadonlyMap<string, Trial> {
  const trials = new Map<string, Trial>();
  for (const id of run.guarantees) trials.set(id, { run: position, shade: shadeOfRun(run), step: undefined });
  for (const { step, guarantees, verdicts, endedMs } of run.steps) {
    const shade = endedMs === undefined ? 'interrupted' : worstOf(verdicts.map(shadeOfVerdict));
    for (const id of guarantees) {
      const before = trials.get(id);
      if (before === undefined || worstOf([before.shade, shade]) !== before.shade)
        trials.set(id, { run: position, shade, step });
    }
  }
  return trials;
}

/** A verdict in one word. */
export function shadeOfVerdict({ outcome, vacuous }: Verdict): Shade {
  return outcome === 'pass' && vacuous ? 'vacuous' : outcome;
}

function cellOf(trials: readonly Trial[]): Cell {
  const shade = worstOf(trials.map((trial) => trial.shade));
  const worst = trials.filter((trial) => trial.shade === shade);
  const others = trials.filter((trial) => trial.shade !== shade);
  return {
    shade,
    total: trials.length,
    ofShade: worst.length,
    runs: [...worst, ...others].map(({ run }) => run),
    step: worst[0]?.step,
  };
}
