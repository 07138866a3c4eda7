// Puts a timeline together: its canvases, labels, scrubber and keys, and one drawing a frame.

import { h } from '../dom.ts';
import { axisHeight, drawAxis, drawOverview, overviewHeight } from './draw-axis.ts';
import { countRecords } from './count-records.ts';
import { drawPlot, xOf } from './draw-plot.ts';
import { listenOnBand, listenOnHandle, listenOnPlot } from './gestures.ts';
import { Handle } from './handle.ts';
import { Labels } from './labels.ts';
import { directionOf, zoomOf } from './keys.ts';
import { nextRecord } from './navigate.ts';
import { Player } from './player.ts';
import { readPaint } from './paint.ts';
import { pickRecord } from './pick.ts';
import { layRows } from './rows.ts';
import { Surface } from './surface.ts';
import { Toolbar } from './toolbar.ts';
import { including, pan, wholeRange, zoom, clampRange } from './view-range.ts';
import { englishWords } from './words.ts';
import type { GestureTarget } from './gestures.ts';
import type { PlotView, Track } from './draw-plot.ts';
import type { RecordPlace } from './navigate.ts';
import type { PlayerTarget } from './player.ts';
import type { Paint } from './paint.ts';
import type { ViewRange } from './view-range.ts';
import type { TimelineWords } from './words.ts';

/** What is shown. */
export interface TimelineInput {
  /** One run, or those that stand beside each other. */
  readonly tracks: readonly Track[];
  /** Length of the axis, milliseconds. */
  readonly endMs: number;
  /** Records that decided something, by run. */
  readonly decisive: PlotView['decisive'];
}

/** What happens on it. */
export interface TimelineEvents {
  /** A record was chosen by pointer or key. */
  readonly onSelect: (place: RecordPlace) => void;
  /** The scrubber was moved; milliseconds on the axis. */
  readonly onScrub: (axisMs: number) => void;
}

/** A timeline in a document. */
export interface Timeline {
  readonly element: HTMLElement;
  show(input: TimelineInput): void;
  /** Marks a record, brings it into sight, and puts the scrubber to its time. */
  select(place: RecordPlace | undefined): void;
  /** Puts the scrubber to a time on the axis. */
  scrubTo(axisMs: number): void;
  /** Shows a part of the axis. */
  showRange(range: ViewRange): void;
  /** Says everything in other words from now on; what is shown and chosen stays. */
  speak(words: TimelineWords): void;
  /** Colours have changed. */
  repaint(): void;
  focus(): void;
}

/** Makes an empty timeline, which speaks English unless it is given other words. */
export function createTimeline(events: TimelineEvents, words: TimelineWords = englishWords): Timeline {
  return new TimelineView(events, words);
}

class TimelineView implements Timeline, GestureTarget, PlayerTarget {
  readonly element: HTMLElement;
  readonly #events: TimelineEvents;
  readonly #plot = new Surface('tl-plot');
  readonly #axis = new Surface('tl-axis');
  readonly #overview = new Surface('tl-overview');
  readonly #labels = new Labels((title) => this.#toggleGroup(title));
  readonly #scroller: HTMLElement;
  readonly #content: HTMLElement;
  readonly #handle = new Handle();
  readonly #brush = h('div', { class: 'tl-brush', hidden: true });
  readonly #toolbar: Toolbar;
  readonly #player: Player;
  readonly #collapsed = new Set<string>();
  #words: TimelineWords;
  #input: TimelineInput = { tracks: [], endMs: 1, decisive: [] };
  #laid: ReturnType<typeof layRows> = { rows: [], height: 0, hidden: 0 };
  #shownRecords: readonly number[][] = [];
  #counts: readonly number[] = [];
  #range: ViewRange = wholeRange(1);
  #selected: RecordPlace | undefined;
  #cursorMs = 0;
  #unchanged = false;
  /** Widths of texts in the plot, measured once. */
  readonly #widths = new Map<string, number>();
  #paint: Paint | undefined;
  /** A drawing is due with the next frame. */
  #waits = false;

  constructor(events: TimelineEvents, words: TimelineWords) {
    this.#events = events;
    this.#words = words;
    this.#player = new Player(this, words);
    const actions = {
      zoom: (factor: number) => this.#zoomAround(factor),
      all: () => this.showRange(wholeRange(this.#input.endMs)),
      unchanged: (wanted: boolean) => {
        this.#unchanged = wanted;
        this.#lay();
      },
    };
    this.#toolbar = new Toolbar(actions, { player: this.#player.element, words });
    this.#content = h('div', { class: 'tl-content', tabindex: 0, role: 'application' }, this.#plot.canvas);
    this.#scroller = h('div', { class: 'tl-scroll' }, this.#labels.element, this.#content);
    const drawn = [this.#overview.canvas, this.#axis.canvas, this.#brush, this.#handle.element];
    const bands = h('div', { class: 'tl-bands' }, ...drawn);
    this.element = h(
      'div',
      { class: 'timeline' },
      this.#toolbar.element,
      h('div', { class: 'tl-head' }, this.#toolbar.legend, bands),
      this.#scroller,
    );
    this.#name();
    this.#listen();
  }

  show(input: TimelineInput): void {
    const isOther = input.tracks.length !== this.#input.tracks.length || input.endMs !== this.#input.endMs;
    this.#input = input;
    if (isOther) this.#range = wholeRange(input.endMs);
    this.#shownRecords = input.tracks.map(({ model }) =>
      [...model.laneOfRecord.keys(), ...model.marks.map(({ record }) => record)].sort((a, b) => a - b),
    );
    this.#counts = countRecords(input);
    this.#toolbar.tellRuns(input.tracks.map(({ name }) => name));
    this.#selected = undefined;
    this.#cursorMs = 0;
    this.#handle.end(input.endMs);
    this.#name();
    this.#lay();
  }

  select(place: RecordPlace | undefined): void {
    if (place !== undefined) this.#player.stop();
    this.#selected = place;
    const axisMs = place === undefined ? undefined : this.#timeOf(place);
    if (axisMs !== undefined) {
      this.#cursorMs = axisMs;
      this.#range = including(this.#range, { atMs: axisMs, endMs: this.#input.endMs });
      this.#scrollTo(place as RecordPlace);
    }
    this.#draw();
  }

  scrubTo(axisMs: number): void {
    this.#cursorMs = Math.min(Math.max(axisMs, 0), this.#input.endMs);
    this.#draw();
  }

  showRange(range: ViewRange): void {
    this.#range = clampRange(range, this.#input.endMs);
    this.#draw();
  }

  speak(words: TimelineWords): void {
    this.#words = words;
    this.#player.speak(words);
    this.#toolbar.speak(words);
    this.#name();
    this.#draw();
  }

  repaint(): void {
    this.#paint = undefined;
    this.#draw();
  }

  focus(): void {
    this.#content.focus();
  }

  get nowMs(): number {
    return this.#cursorMs;
  }

  get endMs(): number {
    return this.#input.endMs;
  }

  /** The player moves the scrubber, which stays in sight. */
  moveTo(ms: number): void {
    this.#range = including(this.#range, { atMs: ms, endMs: this.#input.endMs });
    this.scrubTo(ms);
    this.#events.onScrub(this.#cursorMs);
  }

  get scrolls(): boolean {
    return this.#laid.height > this.#plot.height + 1;
  }

  zoomAt(x: number, factor: number): void {
    const { endMs } = this.#input;
    this.#range = zoom(this.#range, { factor, aroundMs: this.#timeAt(x), endMs });
    this.#draw();
  }

  panBy(px: number): void {
    const byMs = (px / this.#plot.width) * (this.#range.toMs - this.#range.fromMs);
    this.#range = pan(this.#range, { byMs, endMs: this.#input.endMs });
    this.#draw();
  }

  scrubAt(x: number): void {
    this.scrubTo(this.#timeAt(x));
    this.#events.onScrub(this.#cursorMs);
  }

  pickAt(x: number, y: number): void {
    const picked = pickRecord(this.#view(), { x, y });
    if (picked === undefined) this.scrubAt(x);
    else this.#events.onSelect(picked);
    this.#content.focus({ preventScroll: true });
  }

  brush(from: number, to: number, over: 'axis' | 'overview'): void {
    const range = over === 'axis' ? this.#range : wholeRange(this.#input.endMs);
    const width = this.#plot.width;
    const at = (x: number): number => range.fromMs + (x / width) * (range.toMs - range.fromMs);
    this.showRange({ fromMs: at(from), toMs: at(to) });
  }

  brushing(part: { readonly from: number; readonly to: number } | undefined, over: 'axis' | 'overview'): void {
    this.#brush.hidden = part === undefined;
    if (part === undefined) return;
    this.#brush.style.left = `${part.from}px`;
    this.#brush.style.width = `${part.to - part.from}px`;
    this.#brush.style.top = over === 'axis' ? `${overviewHeight}px` : '0';
    this.#brush.style.height = `${over === 'axis' ? axisHeight : overviewHeight}px`;
  }

  /** What assistive technologies are told that this is. */
  #name(): void {
    const words = this.#words;
    const { tracks } = this.#input;
    const objects = tracks.reduce((sum, { model }) => sum + model.lanes.size, 0);
    const records = this.#shownRecords.reduce((sum, list) => sum + list.length, 0);
    const name = tracks.length === 0 ? words.name : words.nameOf({ objects, records });
    this.#content.setAttribute('aria-roledescription', words.role);
    this.#content.setAttribute('aria-label', name);
    this.#content.setAttribute('aria-description', words.keys);
    this.#handle.speak(words);
  }

  #listen(): void {
    listenOnPlot(this.#plot.canvas, this);
    listenOnBand(this.#axis.canvas, this, 'axis');
    listenOnBand(this.#overview.canvas, this, 'overview');
    listenOnHandle(this.#handle.element, this.#axis.canvas, this);
    this.#scroller.addEventListener('scroll', () => this.#draw(), { passive: true });
    this.#content.addEventListener('keydown', (event) => this.#onKey(event));
    this.#handle.element.addEventListener('keydown', (event) => this.#onHandleKey(event));
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directionOf(event.key);
    const factor = zoomOf(event.key);
    if (direction !== undefined) {
      const from = this.#selected ?? { track: 0, record: -1 };
      const shown = this.#shownRecords[from.track] ?? [];
      const next = nextRecord(from, direction, { rows: this.#laid.rows, shown });
      if (next !== undefined) this.#events.onSelect(next);
    } else if (factor !== undefined) this.#zoomAround(factor);
    else if (event.key === '0') this.showRange(wholeRange(this.#input.endMs));
    else return;
    event.preventDefault();
  }

  #onHandleKey(event: KeyboardEvent): void {
    const { fromMs, toMs } = this.#range;
    const small = (toMs - fromMs) / 200;
    const to: Readonly<Record<string, number>> = {
      ArrowLeft: this.#cursorMs - small,
      ArrowDown: this.#cursorMs - small,
      ArrowRight: this.#cursorMs + small,
      ArrowUp: this.#cursorMs + small,
      PageDown: this.#cursorMs - small * 20,
      PageUp: this.#cursorMs + small * 20,
      Home: 0,
      End: this.#input.endMs,
    };
    const axisMs = to[event.key];
    if (axisMs === undefined) return;
    event.preventDefault();
    this.moveTo(Math.min(Math.max(axisMs, 0), this.#input.endMs));
  }

  #zoomAround(factor: number): void {
    const { fromMs, toMs } = this.#range;
    const isInSight = this.#cursorMs >= fromMs && this.#cursorMs <= toMs;
    const aroundMs = isInSight ? this.#cursorMs : (fromMs + toMs) / 2;
    this.#range = zoom(this.#range, { factor, aroundMs, endMs: this.#input.endMs });
    this.#draw();
  }

  #toggleGroup(title: string): void {
    if (!this.#collapsed.delete(title)) this.#collapsed.add(title);
    this.#lay();
  }

  #lay(): void {
    const models = this.#input.tracks.map(({ model }) => model);
    this.#laid = layRows(models, { collapsed: this.#collapsed, unchanged: this.#unchanged });
    this.#toolbar.tellHidden(layRows(models, { collapsed: this.#collapsed, unchanged: false }).hidden);
    for (const part of [this.#labels.element, this.#content]) part.style.minHeight = `${this.#laid.height}px`;
    this.#draw();
  }

  #timeAt(x: number): number {
    return this.#range.fromMs + (x / this.#plot.width) * (this.#range.toMs - this.#range.fromMs);
  }

  #timeOf({ track, record }: RecordPlace): number | undefined {
    const { model, alignment } = this.#input.tracks[track] ?? {};
    const lane = model?.laneOfRecord.get(record);
    const atMs =
      lane?.ticks.find((tick) => tick.record === record)?.atMs ??
      model?.marks.find((mark) => mark.record === record)?.atMs;
    return atMs === undefined ? undefined : alignment?.toAxis(atMs);
  }

  #scrollTo({ track, record }: RecordPlace): void {
    const lane = this.#input.tracks[track]?.model.laneOfRecord.get(record);
    const row = this.#laid.rows.find((candidate) => candidate.kind === 'lane' && candidate.lanes[track] === lane);
    if (lane === undefined || row === undefined) return;
    const { scrollTop, clientHeight } = this.#scroller;
    if (row.y < scrollTop || row.y + row.height > scrollTop + clientHeight) {
      this.#scroller.scrollTop = row.y - clientHeight / 2;
    }
  }

  /** Drawn once a frame, however much happened since. */
  #draw(): void {
    if (this.#waits) return;
    this.#waits = true;
    requestAnimationFrame(() => {
      this.#waits = false;
      if (!this.element.isConnected) return;
      performance.mark('timeline-draw-start');
      this.#drawNow();
      performance.measure('timeline-draw', 'timeline-draw-start');
    });
  }

  #drawNow(): void {
    this.#paint ??= readPaint(this.element);
    const width = this.#content.clientWidth;
    this.#plot.resize(width, this.#scroller.clientHeight);
    this.#axis.resize(width, axisHeight);
    this.#overview.resize(width, overviewHeight);
    const view = this.#view();
    this.#plot.draw((context) => drawPlot(context, view));
    this.#axis.draw((context) => drawAxis(context, view));
    const whole = wholeRange(this.#input.endMs);
    const counts = this.#counts;
    this.#overview.draw((context) => drawOverview(context, { ...view, counts, whole }));
    this.#labels.show(view);
    this.#handle.place(this.#cursorMs, { x: xOf(view, this.#cursorMs), width: view.width });
  }

  #view(): PlotView {
    return {
      tracks: this.#input.tracks,
      rows: this.#laid.rows,
      range: this.#range,
      scrollTop: this.#scroller.scrollTop,
      width: this.#plot.width,
      height: this.#plot.height,
      paint: (this.#paint ??= readPaint(this.element)),
      selected: this.#selected,
      decisive: this.#input.decisive,
      cursorMs: this.#cursorMs,
      widths: this.#widths,
      words: this.#words,
    };
  }
}
