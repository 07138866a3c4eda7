// The middle: one run, or two of the same scenario, with its facts, its timeline and its records.

import { formatReal, formatSpan } from '../../render/time.ts';
import { firstDivergence } from './divergence.ts';
import { h, replace } from './dom.ts';
import { runName } from './outline-model.ts';
import { badge } from './badge.ts';
import { scenarioTitle, shadeOfRun } from '../../matrix/matrix.ts';
import { RecordsTable } from './records-table.ts';
import { alignSteps, createTimeline, trackLetter, unaligned } from './timeline/index.ts';
import type { ReportDocument, RunSummary } from '../document.ts';
import type { Divergence } from './divergence.ts';
import type { RunData } from './run-data.ts';
import type { RecordPlace, Timeline, TimelineInput } from './timeline/index.ts';

/** What happens in the middle. */
export interface RunEvents {
  readonly select: (place: RecordPlace) => void;
  /** Milliseconds of the run on the left, and on the axis. */
  readonly scrub: (atMs: number) => void;
  readonly compare: (run: number | undefined) => void;
}

/** A run and the one beside it, with their positions in the report. */
interface Shown {
  readonly position: number;
  readonly data: RunData;
  readonly beside: { readonly position: number; readonly data: RunData } | undefined;
}

/** The middle in the document. */
export class RunView {
  readonly element = h('main', { class: 'run', tabindex: -1 });
  readonly timeline: Timeline;
  readonly #events: RunEvents;
  readonly #table: RecordsTable;
  readonly #head = h('header', { class: 'run-head' });
  #input: TimelineInput = { tracks: [], endMs: 1, decisive: [] };

  constructor(events: RunEvents) {
    this.#events = events;
    this.timeline = createTimeline({
      onSelect: events.select,
      onScrub: (axisMs) => events.scrub(this.#input.tracks[0]?.alignment.fromAxis(axisMs) ?? axisMs),
    });
    this.#table = new RecordsTable({ select: (record) => events.select({ track: 0, record }) });
  }

  show(report: ReportDocument, shown: Shown): void {
    const { data, beside } = shown;
    const all = beside === undefined ? [data] : [data, beside.data];
    const aligned =
      beside === undefined
        ? { alignments: [unaligned], endMs: data.model.endMs }
        : alignSteps(all.map(({ model }) => model));
    this.#input = {
      tracks: all.map(({ run, model }, track) => ({
        name: runName(run),
        model,
        alignment: aligned.alignments[track] ?? unaligned,
      })),
      endMs: aligned.endMs,
      decisive: all.map(({ decisive }) => decisive),
    };
    this.#showHead(report, shown);
    const trouble = troubleOf(data);
    const isEmpty = data.records.length === 0;
    replace(
      this.element,
      this.#head,
      ...trouble,
      ...(isEmpty
        ? [h('p', { class: 'empty', text: 'This run left no records.' })]
        : [this.timeline.element, this.#table.element]),
    );
    this.timeline.show(this.#input);
    this.#table.show(data);
  }

  /** Marks a record of one of the runs; the table is of the first. */
  select(place: RecordPlace | undefined): void {
    this.timeline.select(place);
    this.#table.select(place?.track === 0 ? place.record : undefined);
  }

  /** No record is selected any more; the scrubber stays where it is. */
  unselect(): void {
    this.timeline.select(undefined);
    this.#table.select(undefined);
  }

  scrubTo(atMs: number): void {
    this.timeline.select(undefined);
    this.timeline.scrubTo(this.#input.tracks[0]?.alignment.toAxis(atMs) ?? atMs);
    this.#table.select(undefined);
  }

  #showHead(report: ReportDocument, shown: Shown): void {
    const { run } = shown.data;
    const facts = [
      runName(run),
      run.kubernetes === '' ? '' : `Kubernetes ${run.kubernetes}`,
      `${formatSpan(run.virtualMs)} in ${formatReal(run.realMs)}`,
      `${run.records + run.leftOut} records`,
      run.traceHash === undefined ? '' : `trace ${run.traceHash.slice(0, 12)}`,
    ].filter((fact) => fact !== '');
    replace(
      this.#head,
      h(
        'div',
        { class: 'title' },
        badge(shadeOfRun(run), { worded: true }),
        h('h1', { text: run.title }),
        h('code', { text: scenarioTitle(run) }),
      ),
      h('div', { class: 'facts-line' }, ...facts.map((text) => h('span', { text }))),
      run.replay !== '' &&
        h(
          'div',
          { class: 'replay' },
          h('span', { class: 'small', text: 'replay' }),
          h('code', { text: run.replay }),
          run.tracePath !== undefined && h('code', { class: 'faint', text: run.tracePath }),
        ),
      this.#comparison(report, shown),
    );
  }

  #comparison({ runs }: ReportDocument, { position, data, beside }: Shown): HTMLElement | undefined {
    const { run } = data;
    const others = runs.flatMap((other, at) =>
      at !== position && other.id.scenario === run.id.scenario && other.records > 0 ? [at] : [],
    );
    if (others.length === 0) return undefined;
    const select = h('select', {
      'aria-label': 'Compare with another run',
      on: { change: () => this.#events.compare(select.value === '' ? undefined : Number(select.value)) },
    });
    const option = (at: number): HTMLElement => {
      const other = runs[at] as RunSummary;
      return h('option', {
        value: at,
        selected: at === beside?.position,
        text: `${runName(other)}${other.id.row === undefined ? '' : ` (row ${other.id.row})`}: ${shadeOfRun(other)}`,
      });
    };
    fillSelect(select, [h('option', { value: '', text: 'nothing' }), ...others.map(option)]);
    const parting = beside === undefined ? undefined : this.#parting(firstDivergence(data, beside.data));
    return h('div', { class: 'compare' }, h('label', {}, 'compare with', select), parting);
  }

  /** Where the two part, with a way to both records. */
  #parting(divergence: Divergence | undefined): HTMLElement {
    if (divergence === undefined) return h('span', { text: 'pods do the same in the same order' });
    const side = (track: number, of: Divergence['left']): HTMLElement => {
      if (of === undefined) return h('span', { text: `${trackLetter(track)}: nothing more` });
      const click = (): void => this.#events.select({ track, record: of.record });
      return h('button', { type: 'button', class: 'link', text: `${trackLetter(track)}: ${of.text}`, on: { click } });
    };
    const { step, left, right } = divergence;
    return h('span', { class: 'parting' }, `≠ order parts in step ${step + 1}: `, side(0, left), ' ', side(1, right));
  }
}

function fillSelect(select: HTMLSelectElement, options: readonly HTMLElement[]): void {
  replace(select, ...options);
}

/** What is to be said of a run beside its expectations. */
function troubleOf({ run }: RunData): readonly HTMLElement[] {
  const texts = [...(run.reason === undefined ? [] : [run.reason]), ...run.frames];
  if (run.leftOut > 0)
    texts.push(`${run.leftOut} more records are left out here; ${run.tracePath ?? 'a run with --trace-dir'} has them.`);
  return texts.map((text) => h('pre', { class: 'trouble', tabindex: 0, text }));
}
