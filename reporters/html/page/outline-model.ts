// The tree on the left as data: scenarios, their runs, and of the run that is shown its steps and expectations. Pure.

import { scenarioTitle, shadeOfRun, shadeOfVerdict } from '../../matrix/matrix.ts';
import { worstOf } from '../../matrix/outcome.ts';
import type { ReportDocument, RunSummary } from '../document.ts';
import type { Shade } from '../../matrix/outcome.ts';

/** One line of the tree. */
export interface OutlineItem {
  /** Unique in the tree. */
  readonly key: string;
  readonly level: number;
  readonly shade: Shade | undefined;
  readonly text: string;
  /** What stands behind it in small letters. */
  readonly note: string;
  readonly expanded: boolean | undefined;
  /** Position of its run in the report; -1: the matrix. */
  readonly run: number;
  readonly step?: number;
  /** Of an expectation: the key of its judgement. */
  readonly judgement?: string;
}

/** The tree; `shown` is the run whose steps are there, `filter` leaves scenarios out that do not hold it. */
export function outlineOf(
  { runs }: ReportDocument,
  { shown, filter }: { readonly shown: number; readonly filter: string },
): readonly OutlineItem[] {
  const scenarios = new Map<string, number[]>();
  const wanted = filter.trim().toLowerCase();
  for (const [position, run] of runs.entries()) {
    const title = scenarioTitle(run);
    if (wanted !== '' && !`${title} ${run.title} ${run.tags.join(' ')}`.toLowerCase().includes(wanted)) continue;
    scenarios.set(title, [...(scenarios.get(title) ?? []), position]);
  }
  return [
    { key: 'matrix', level: 1, shade: undefined, text: 'Matrix', note: '', expanded: undefined, run: -1 },
    ...[...scenarios].flatMap(([title, positions]) => scenarioItems(title, { positions, runs, shown })),
  ];
}

function scenarioItems(
  title: string,
  {
    positions,
    runs,
    shown,
  }: { readonly positions: readonly number[]; readonly runs: readonly RunSummary[]; readonly shown: number },
): readonly OutlineItem[] {
  const counting = positions.filter((position) => runs[position]?.retried === false);
  const shades = counting.map((position) => shadeOfRun(runs[position] as RunSummary));
  const shade = worstOf(shades);
  const isOpen = positions.includes(shown);
  const first = counting[shades.indexOf(shade)] ?? positions[0] ?? -1;
  const head: OutlineItem = {
    key: `s:${title}`,
    level: 1,
    shade,
    text: title,
    note: positions.length > 1 ? `${positions.length} runs` : '',
    expanded: isOpen,
    run: isOpen ? shown : first,
  };
  if (!isOpen) return [head];
  if (positions.length === 1) return [head, ...stepItems(runs[shown] as RunSummary, shown, 2)];
  const all = positions.flatMap((position) => {
    const run = runs[position] as RunSummary;
    const item: OutlineItem = {
      key: `r:${position}`,
      level: 2,
      shade: shadeOfRun(run),
      text: runName(run),
      note: run.retried ? 'retried' : '',
      expanded: position === shown,
      run: position,
    };
    return position === shown ? [item, ...stepItems(run, position, 3)] : [item];
  });
  return [head, ...all];
}

/** `simulator, seed 7`; clusters have no seed. */
export function runName({ id, kubernetes }: RunSummary): string {
  const where =
    id.backend === 'simulator'
      ? `simulator, seed ${id.seed}`
      : `${id.backend}${kubernetes === '' ? '' : ` v${kubernetes.replace(/^v/, '')}`}`;
  return id.attempt === undefined ? where : `${where}, try ${id.attempt}`;
}

function stepItems(run: RunSummary, position: number, level: number): readonly OutlineItem[] {
  const items = run.steps.flatMap(({ step, name, verdicts, endedMs }): readonly OutlineItem[] => [
    {
      key: `t:${position}.${step}`,
      level,
      shade: endedMs === undefined ? 'interrupted' : worstOf(verdicts.map(shadeOfVerdict)),
      text: `${step + 1}. ${name}`,
      note: '',
      expanded: verdicts.length > 0 ? true : undefined,
      run: position,
      step,
    },
    ...verdicts.map((verdict, at) => verdictItem(verdict, { position, level: level + 1, key: `${step}.${at}`, step })),
  ]);
  const invariants = run.invariants.map((verdict, at) =>
    verdictItem(verdict, { position, level: level + 1, key: `i.${at}`, step: undefined }),
  );
  const head: OutlineItem = {
    key: `t:${position}.i`,
    level,
    shade: worstOf(run.invariants.map(shadeOfVerdict)),
    text: 'invariants',
    note: '',
    expanded: true,
    run: position,
  };
  const rest = run.notRun.map((name, at): OutlineItem => ({
    key: `n:${position}.${at}`,
    level,
    shade: 'skipped',
    text: name,
    note: 'not run',
    expanded: undefined,
    run: position,
  }));
  return [...items, ...(invariants.length > 0 ? [head, ...invariants] : []), ...rest];
}

function verdictItem(
  verdict: RunSummary['invariants'][number],
  {
    position,
    level,
    key,
    step,
  }: { readonly position: number; readonly level: number; readonly key: string; readonly step: number | undefined },
): OutlineItem {
  return {
    key: `v:${position}.${key}`,
    level,
    shade: shadeOfVerdict(verdict),
    text: `${verdict.word} ${verdict.text}`,
    note: '',
    expanded: undefined,
    run: position,
    judgement: key,
    ...(step === undefined ? {} : { step }),
  };
}
