// The page as a whole: what the address names is what is shown, and every choice becomes an address.

import { h, replace } from './dom.ts';
import { describeRecord } from './describe-record.ts';
import { createHelp } from './help.ts';
import { Inspector } from './inspector.ts';
import { createMatrixView } from './matrix-view.ts';
import { outlineOf } from './outline-model.ts';
import { createOutlineView } from './outline-view.ts';
import { readRun } from './run-data.ts';
import { RunView } from './run-view.ts';
import { findRun, formatRoute, parseRoute, routeTo } from './route.ts';
import { startTheme } from './theme.ts';
import type { RecordRow, ReportDocument } from '../document.ts';
import type { Judgement } from './decisions.ts';
import type { OutlineItem } from './outline-model.ts';
import type { Route } from './route.ts';
import type { RunData } from './run-data.ts';
import type { RecordPlace } from './timeline/index.ts';

/** The page; `rowsOf` reads the records of a run when they are first needed. */
export class App {
  readonly #report: ReportDocument;
  readonly #rowsOf: (run: number) => readonly RecordRow[];
  readonly #data = new Map<number, RunData>();
  readonly #outline;
  readonly #matrix: HTMLElement;
  readonly #run: RunView;
  readonly #inspector: Inspector;
  readonly #help = createHelp();
  readonly #live = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  /** What stands right of the outline; the outline stays where it is, with its scroll position. */
  readonly #slot = h('div', { class: 'slot' });
  readonly #theme: { readonly toggle: () => 'light' | 'dark' };
  #route: Route = {};
  #position = -1;
  #filter = '';
  /** What the middle shows now, so that it is not built anew for each record. */
  #shown = '';
  /** The state is shown with the next frame. */
  #scrubs = false;
  #addressTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(report: ReportDocument, rowsOf: (run: number) => readonly RecordRow[]) {
    this.#report = report;
    this.#rowsOf = rowsOf;
    this.#outline = createOutlineView({
      open: (item) => this.#openItem(item),
      filter: (text) => {
        this.#filter = text;
        this.#showOutline();
      },
    });
    this.#matrix = createMatrixView(report, (run, step) => this.#openRun(run, step));
    this.#run = new RunView({
      select: (place) => this.#selectRecord(place),
      scrub: (atMs) => this.#scrub(atMs),
      compare: (run) => this.#compare(run),
    });
    this.#inspector = new Inspector({
      toRecord: (record) =>
        this.#selectRecord({ track: this.#route.beside === undefined ? 0 : 1, record }, this.#route.verdict),
      toJudgement: (judgement) => this.#openJudgement(judgement),
    });
    this.#theme = startTheme(() => this.#run.timeline.repaint());
  }

  /** Builds the page and follows the address from now on. */
  start(): void {
    const body = h('div', { class: 'body' }, this.#outline.element, this.#slot);
    replace(document.body, this.#topBar(), body, this.#help.element, this.#live);
    // Told of links, of addresses that are typed in, and of going back.
    window.addEventListener('popstate', () => this.#follow());
    document.addEventListener('keydown', (event) => this.#onKey(event));
    this.#follow();
  }

  #topBar(): HTMLElement {
    const tool = (text: string, label: string, click: () => void): HTMLElement =>
      h('button', { type: 'button', class: 'tool', title: label, 'aria-label': label, text, on: { click } });
    return h(
      'header',
      { class: 'top' },
      h('a', {
        class: 'to-timeline',
        href: '#',
        text: 'Skip to the timeline',
        on: { click: (event: Event) => (event.preventDefault(), this.#run.timeline.focus()) },
      }),
      h('a', { class: 'brand', href: '#', text: 'setpiece' }),
      h('span', { class: 'crumb' }),
      h('span', { class: 'space' }),
      tool('◐', 'Light or dark', () => this.#tell(`${this.#theme.toggle()} theme`)),
      tool('?', 'Keyboard', () => this.#help.open()),
    );
  }

  #follow(): void {
    performance.mark('follow-start');
    this.#route = parseRoute(location.hash);
    this.#position = findRun(this.#report.runs, this.#route);
    if (this.#position < 0) this.#showMatrix();
    else this.#showRun();
    this.#showOutline();
    performance.measure('follow', 'follow-start');
  }

  #showMatrix(): void {
    this.#shown = '';
    document.title = 'setpiece report';
    if (this.#route.scenario !== undefined) this.#tell(`This report has no scenario ${this.#route.scenario}`);
    replace(this.#slot, this.#matrix);
  }

  #showRun(): void {
    const data = this.#dataOf(this.#position);
    const { compare } = this.#route;
    const beside =
      compare === undefined || this.#report.runs[compare] === undefined
        ? undefined
        : { position: compare, data: this.#dataOf(compare) };
    const shown = `${this.#position} ${beside?.position ?? ''}`;
    if (shown !== this.#shown) {
      this.#shown = shown;
      document.title = `${data.run.title}: setpiece report`;
      if (!this.#run.element.isConnected) replace(this.#slot, this.#run.element, this.#inspector.element);
      this.#run.show(this.#report, { position: this.#position, data, beside });
    }
    this.#showSelection(data, beside?.data);
  }

  #showSelection(data: RunData, beside: RunData | undefined): void {
    const { record, atMs } = this.#route;
    const track = this.#route.beside !== undefined && beside !== undefined ? 1 : 0;
    const of = track === 1 && beside !== undefined ? beside : data;
    const judgement = data.judgements.find(({ key }) => key === this.#route.verdict);
    if (record !== undefined && of.records[record] !== undefined) {
      this.#run.select({ track, record });
      this.#inspector.showRecord(of, { judgement: track === 0 ? judgement : undefined, record });
      this.#tellRecord(of, record);
    } else if (atMs !== undefined) {
      this.#run.scrubTo(atMs);
      this.#inspector.showWorld(data, atMs);
    } else {
      this.#run.select(undefined);
      if (judgement !== undefined) this.#run.scrubTo(judgement.verdict.atMs);
      this.#inspector.showRecord(data, { judgement, record: undefined });
    }
  }

  #showOutline(): void {
    const items = outlineOf(this.#report, { shown: this.#position, filter: this.#filter });
    const { verdict, record } = this.#route;
    const key =
      this.#position < 0
        ? 'matrix'
        : verdict !== undefined
          ? `v:${this.#position}.${verdict}`
          : (this.#stepKey(record) ??
            items.find((item) => item.run === this.#position && item.key.startsWith('r:'))?.key);
    const fallback = items.find((item) => item.run === this.#position)?.key;
    this.#outline.show(items, items.some((item) => item.key === key) ? key : fallback);
  }

  #stepKey(record: number | undefined): string | undefined {
    if (record === undefined || this.#route.beside !== undefined) return undefined;
    const step = this.#data.get(this.#position)?.records[record]?.record.step;
    return step === undefined || step < 0 ? undefined : `t:${this.#position}.${step}`;
  }

  #dataOf(position: number): RunData {
    let data = this.#data.get(position);
    if (data === undefined) {
      performance.mark('read-start');
      const run = this.#report.runs[position];
      if (run === undefined) throw new Error(`there is no run ${position}`);
      data = readRun(run, this.#rowsOf(position));
      this.#data.set(position, data);
      performance.measure('read', 'read-start');
    }
    return data;
  }

  #go(route: Route, { instead = false }: { readonly instead?: boolean } = {}): void {
    clearTimeout(this.#addressTimer);
    const hash = formatRoute(route);
    // Arrow keys would fill the history with hundreds of entries.
    if (instead) history.replaceState(undefined, '', hash);
    else if (hash !== location.hash) history.pushState(undefined, '', hash);
    this.#follow();
  }

  #base(): Route {
    const run = this.#report.runs[this.#position];
    const { compare } = this.#route;
    return { ...(run === undefined ? {} : routeTo(run.id)), ...(compare === undefined ? {} : { compare }) };
  }

  #selectRecord({ track, record }: RecordPlace, verdict?: string): void {
    this.#go(
      { ...this.#base(), ...(verdict === undefined ? {} : { verdict }), record, ...(track === 0 ? {} : { beside: 1 }) },
      { instead: true },
    );
  }

  #scrub(atMs: number): void {
    const isFirst = this.#route.atMs === undefined || this.#route.record !== undefined;
    this.#route = { ...this.#base(), atMs: Math.max(0, microseconds(atMs)) };
    if (isFirst) this.#run.unselect();
    if (this.#scrubs) return;
    this.#scrubs = true;
    // Pointers move more often than pictures are shown.
    requestAnimationFrame(() => {
      this.#scrubs = false;
      const data = this.#data.get(this.#position);
      const { atMs: newest } = this.#route;
      if (data === undefined || newest === undefined) return;
      performance.mark('scrub-start');
      this.#inspector.showWorld(data, newest);
      performance.measure('scrub', 'scrub-start');
      this.#keepAddress();
    });
  }

  /** Browsers refuse an address that changes all the time: it is kept when the scrubber rests. */
  #keepAddress(): void {
    clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => history.replaceState(undefined, '', formatRoute(this.#route)), 200);
  }

  #compare(run: number | undefined): void {
    const { compare: _compare, ...base } = this.#base();
    this.#go(run === undefined ? base : { ...base, compare: run });
  }

  #openItem(item: OutlineItem): void {
    if (item.run < 0) this.#go({});
    else if (item.judgement !== undefined) {
      const judgement = this.#dataOf(item.run).judgements.find(({ key }) => key === item.judgement);
      if (judgement !== undefined) this.#openJudgement(judgement);
    } else this.#openRun(item.run, item.step, { exactly: item.step !== undefined });
  }

  /** Opens a run, at its first expectation that did not pass where there is one. */
  #openRun(position: number, step: number | undefined, { exactly = false }: { readonly exactly?: boolean } = {}): void {
    const run = this.#report.runs[position];
    if (run === undefined) return;
    const isOther = position !== this.#position;
    const data = this.#dataOf(position);
    const red = data.judgements.find(
      ({ verdict, step: of }) => verdict.outcome !== 'pass' && (step === undefined || of === step),
    );
    const route = isOther ? routeTo(run.id) : { ...this.#base() };
    if (red !== undefined) this.#go({ ...route, ...selectionOf(red) });
    else if (exactly)
      this.#go({ ...route, atMs: Math.round(run.steps.find((other) => other.step === step)?.startedMs ?? 0) });
    else this.#go(route);
  }

  #openJudgement(judgement: Judgement): void {
    this.#go({ ...this.#base(), ...selectionOf(judgement) });
  }

  #onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const isTyping = target.matches('input[type="search"], select, textarea');
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping || !this.#help.letters() || this.#help.element.open)
      return;
    const actions: Readonly<Record<string, () => void>> = {
      m: () => this.#go({}),
      n: () => this.#nextRed(),
      t: () => this.#tell(`${this.#theme.toggle()} theme`),
      '/': () => this.#outline.focusFilter(),
      '?': () => this.#help.open(),
    };
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  /** The next expectation that did not pass: in this run, then in the runs behind it, and around. */
  #nextRed(): void {
    const { runs } = this.#report;
    const reds =
      this.#position < 0
        ? []
        : this.#dataOf(this.#position).judgements.filter(({ verdict }) => verdict.outcome !== 'pass');
    const next = reds[reds.findIndex(({ key }) => key === this.#route.verdict) + 1];
    if (next !== undefined) {
      this.#openJudgement(next);
      return;
    }
    const order = runs.map((_, offset) => (this.#position + 1 + offset) % runs.length);
    const other = order.find((position) => runs[position]?.outcome !== 'pass' && runs[position]?.outcome !== 'skipped');
    if (other === undefined) this.#tell('Everything passed');
    else this.#openRun(other, undefined);
  }

  #tellRecord(data: RunData, position: number): void {
    const shown = data.records[position];
    if (shown === undefined) return;
    const { time, subject, what } = describeRecord(data, shown);
    const verdict = data.decisive.get(position);
    const decided = verdict === undefined ? '' : `, ${verdict === 'pass' ? 'satisfied' : 'broke'} an expectation`;
    this.#tell(`${time}, ${subject}, ${what}${decided}`);
  }

  #tell(text: string): void {
    this.#live.textContent = text;
  }
}

function selectionOf({ key, record }: Judgement): Route {
  return { verdict: key, ...(record === undefined ? {} : { record }) };
}

/** Times of the simulator are whole microseconds; a scrubber at the very end must not stand before it. */
function microseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
