// The shortest history as a small table: one column for the time, one for the version, one for each object.

import { formatMoment } from './time.ts';
import { displayWidth, padLeft, padRight, printable, shorten } from './width.ts';
import type { HistoryRow } from '../../src/expectations/verdict.ts';
import type { Palette } from './palette.ts';

/** How a history is laid out. */
export interface HistoryLayout {
  /** Cells that a line may take. */
  readonly columns: number;
  readonly palette: Palette;
}

const gap = '   ';
const cellMax = 36;
const columnsMax = 5;

/** The lines of a history, header first; none for an empty one. Where the columns do not fit, one event a line is shown. */
export function renderHistory(history: readonly HistoryRow[], layout: HistoryLayout): readonly string[] {
  if (history.length === 0) return [];
  const objects = [...new Set(history.flatMap((row) => (row.object === undefined ? [] : [row.object])))];
  const table = new HistoryTable(history, objects, layout);
  return objects.length <= columnsMax && table.width <= layout.columns ? table.lines() : listed(history, layout);
}

class HistoryTable {
  readonly #history: readonly HistoryRow[];
  readonly #objects: readonly string[];
  readonly #titles: readonly string[];
  readonly #layout: HistoryLayout;
  readonly #leads: readonly (readonly [time: string, version: string])[];
  readonly #widths: readonly [time: number, version: number, ...objects: number[]];

  constructor(history: readonly HistoryRow[], objects: readonly string[], layout: HistoryLayout) {
    this.#history = history;
    this.#objects = objects;
    this.#titles = titlesOf(objects);
    this.#layout = layout;
    this.#leads = history.map((row) => [formatMoment(row.atMs), row.resourceVersion ?? '']);
    this.#widths = [
      widest(['t', ...this.#leads.map(([time]) => time)]),
      widest(['rv', ...this.#leads.map(([, version]) => version)]),
      ...objects.map((object, column) =>
        widest([
          this.#titles[column] ?? '',
          ...history.filter((row) => row.object === object).map((row) => cellOf(row)),
        ]),
      ),
    ];
  }

  get width(): number {
    return this.#widths.reduce((sum, width) => sum + width, 0) + gap.length * (this.#widths.length - 1);
  }

  lines(): readonly string[] {
    const { palette } = this.#layout;
    const [timeWidth, versionWidth] = this.#widths;
    const titles = this.#titles.map((title, column) => padRight(title, this.#widths[column + 2] ?? 0));
    const head = [padLeft('t', timeWidth), padRight('rv', versionWidth), ...titles].join(gap);
    return [palette.faint(head.trimEnd()), ...this.#history.map((row, index) => this.#line(row, index))];
  }

  #line(row: HistoryRow, index: number): string {
    const [timeWidth, versionWidth] = this.#widths;
    const [time, version] = this.#leads[index] ?? ['', ''];
    const lead = [padLeft(time, timeWidth), padRight(version, versionWidth)].join(gap);
    const cells =
      row.object === undefined
        ? [shorten(`· ${printable(row.what)}`, Math.max(20, this.#layout.columns - displayWidth(lead) - gap.length))]
        : this.#objects.map((object, column) =>
            object === row.object ? cellOf(row) : ' '.repeat(this.#widths[column + 2] ?? 0),
          );
    const body = cells.join(gap).trimEnd();
    const { palette } = this.#layout;
    return `${palette.faint(lead)}${gap}${row.decisive ? palette.bad(body) : body}`;
  }
}

function listed(history: readonly HistoryRow[], { columns, palette }: HistoryLayout): readonly string[] {
  const times = history.map((row) => formatMoment(row.atMs));
  const timeWidth = widest(times);
  const nameWidth = widest(history.map((row) => row.object ?? ''));
  return history.map((row, index) => {
    const what =
      row.object === undefined ? `· ${printable(row.what)}` : `${padRight(row.object, nameWidth)}  ${cellOf(row)}`;
    const body = shorten(what, Math.max(20, columns - timeWidth - gap.length));
    return `${palette.faint(padLeft(times[index] ?? '', timeWidth))}${gap}${row.decisive ? palette.bad(body) : body}`;
  });
}

function cellOf(row: HistoryRow): string {
  return shorten(printable(row.what), cellMax) + (row.decisive ? '  ✗' : '');
}

/** Names without their kind, where that leaves them distinct. */
function titlesOf(objects: readonly string[]): readonly string[] {
  const names = objects.map((object) => object.slice(object.indexOf('/') + 1));
  return names.map((name, index) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : (objects[index] ?? name),
  );
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, displayWidth(text)), 0);
}
