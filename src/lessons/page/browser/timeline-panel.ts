// The run that was judged, on the timeline of the HTML report, and the record that is chosen in words.

import { describeRecord } from '../../../../reporters/html/page/describe-record.ts';
import { h } from '../../../../reporters/html/page/dom.ts';
import { readRun } from '../../../../reporters/html/page/run-data.ts';
import { createTimeline, unaligned } from '../../../../reporters/html/page/timeline/index.ts';
import type { RunData } from '../../../../reporters/html/page/run-data.ts';
import type { RecordPlace, Timeline } from '../../../../reporters/html/page/timeline/index.ts';
import type { ShownRun } from '../wire.ts';
import type { PageContext } from './app.ts';

/** The panel below the answer; hidden until something was run. */
export class TimelinePanel {
  readonly element: HTMLElement;
  readonly #timeline: Timeline;
  readonly #title = h('h2', {});
  readonly #which = h('span', { class: 'small' });
  readonly #chosen = h('p', { class: 'ex-record', lang: 'en' });
  readonly #toggle = h('button', { type: 'button', class: 'tool', on: { click: () => this.#fold(!this.#isFolded) } });
  #context: PageContext;
  #data: RunData | undefined;
  #isFolded = false;

  constructor(context: PageContext) {
    this.#context = context;
    const events = { onSelect: (place: RecordPlace) => this.select(place.record), onScrub: () => this.#tell('') };
    this.#timeline = createTimeline(events, context.words.timelineWords);
    const head = h('header', {}, this.#title, this.#which, this.#chosen, this.#toggle);
    this.element = h('section', { class: 'ex-timeline', hidden: true }, head, this.#timeline.element);
    this.speak(context);
  }

  show(run: ShownRun | undefined): void {
    this.element.hidden = run === undefined;
    if (run === undefined) return;
    const data = readRun(run.summary, run.rows);
    this.#data = data;
    const { id, title } = run.summary;
    this.#which.textContent = this.#context.words.runOf(id.seed);
    this.#timeline.show({
      tracks: [{ name: title, model: data.model, alignment: unaligned }],
      endMs: data.model.endMs,
      decisive: [data.decisive],
    });
    this.#tell('');
  }

  /** The record that broke a step's expectations, else the last that was seen of them; undefined: none. */
  recordOf(step: number): number | undefined {
    const judgements = this.#data?.judgements ?? [];
    return judgements.find(
      ({ step: of, verdict, record }) => of === step && verdict.outcome !== 'pass' && record !== undefined,
    )?.record;
  }

  select(record: number): void {
    this.#fold(false);
    const place: RecordPlace = { track: 0, record };
    this.#timeline.select(place);
    const shown = this.#data?.records[record];
    if (this.#data === undefined || shown === undefined) return;
    const { time, subject, what } = describeRecord(this.#data, shown);
    this.#tell(`${time}  ${subject}  ${what}`);
    // What a record says is English, as the API's own words are.
    this.#context.tell(`${time}, ${subject}, ${what}`, 'en');
  }

  speak(context: PageContext): void {
    this.#context = context;
    const { words } = context;
    this.element.setAttribute('aria-label', words.timeline);
    this.#timeline.speak(words.timelineWords);
    this.#title.textContent = words.timeline;
    this.#which.textContent = words.runOf(this.#data?.run.id.seed ?? 1);
    this.#fold(this.#isFolded);
    this.#tell('');
  }

  focus(): void {
    this.#timeline.focus();
  }

  repaint(): void {
    this.#timeline.repaint();
  }

  #tell(text: string): void {
    const isChosen = text !== '';
    this.#chosen.textContent = isChosen ? text : this.#context.words.timelineHelp;
    this.#chosen.classList.toggle('faint', !isChosen);
    this.#chosen.lang = isChosen ? 'en' : this.#context.language;
  }

  #fold(isFolded: boolean): void {
    const { hide, unhide } = this.#context.words;
    this.#isFolded = isFolded;
    this.element.classList.toggle('ex-folded', isFolded);
    this.#toggle.textContent = isFolded ? unhide : hide;
    this.#toggle.setAttribute('aria-expanded', String(!isFolded));
  }
}
