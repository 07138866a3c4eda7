// Columns of text as kubectl aligns them (the tab writer behind `printers.GetNewTabWriter`): the widths of a table are
// remembered, so that the rows of a watch only ever grow wider.

import { padText, textWidth } from './pad-text.ts';

/** How columns are set. */
export interface ColumnStyle {
  /** Least width of a column, padding included. */
  readonly widthMin: number;
  readonly padding: number;
}

/** The style of `kubectl get`. */
export const getStyle: ColumnStyle = { widthMin: 6, padding: 3 };

/** Writes rows; what one call is given is aligned together and with what came before. */
export class ColumnWriter {
  readonly #style: ColumnStyle;
  readonly #widths: number[] = [];

  constructor(style: ColumnStyle = getStyle) {
    this.#style = style;
  }

  /** The rows as lines; the last cell of a row is not padded. */
  write(rows: readonly (readonly string[])[]): readonly string[] {
    const { widthMin, padding } = this.#style;
    for (const row of rows) {
      for (const [at, cell] of row.slice(0, -1).entries()) {
        this.#widths[at] = Math.max(this.#widths[at] ?? 0, widthMin, textWidth(cell) + padding);
      }
    }
    return rows.map((row) =>
      row.map((cell, at) => (at === row.length - 1 ? cell : padText(cell, this.#widths[at] ?? 0))).join(''),
    );
  }
}
