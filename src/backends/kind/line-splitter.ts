// Makes lines of what a program writes, and keeps all of it.

import { StringDecoder } from 'node:string_decoder';

/** Takes chunks; tells lines. */
export class LineSplitter {
  readonly #onLine: ((line: string) => void) | undefined;
  readonly #decoder = new StringDecoder('utf8');
  #text = '';
  #told = 0;

  constructor(onLine?: (line: string) => void) {
    this.#onLine = onLine;
  }

  take(chunk: Buffer | string): void {
    this.#text += typeof chunk === 'string' ? chunk : this.#decoder.write(chunk);
    for (let end = this.#text.indexOf('\n', this.#told); end >= 0; end = this.#text.indexOf('\n', this.#told)) {
      this.#tell(end);
    }
  }

  /** Tells a last line without an end, and gives all of the text. */
  end(): string {
    if (this.#told < this.#text.length) this.#tell(this.#text.length);
    return this.#text;
  }

  #tell(end: number): void {
    const line = this.#text.slice(this.#told, end).trimEnd();
    this.#told = end + 1;
    if (line !== '') this.#onLine?.(line);
  }
}
