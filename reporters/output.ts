// Where a reporter writes, and what it may use there. The command line makes one for each reporter; tests make plain ones.

/** A place for text. */
export interface Output {
  write(text: string): void;
  /** Width in cells; what is wider is shortened or laid out in another way. */
  readonly columns: number;
  /** Whether escape codes for colours are understood and wanted. */
  readonly colours: boolean;
  /** Whether a line can be rewritten (a terminal). */
  readonly interactive: boolean;
}
