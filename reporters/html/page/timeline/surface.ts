// A canvas that is as sharp as the screen, and its context.

import { h } from '../dom.ts';

/** A canvas with its size in CSS pixels. */
export class Surface {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #width = 0;
  #height = 0;

  constructor(name: string) {
    this.canvas = h('canvas', { class: name, 'aria-hidden': 'true' });
    const context = this.canvas.getContext('2d');
    if (context === null) throw new Error('this browser gives no canvas to draw the timeline on');
    this.#context = context;
  }

  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  /** Gives the canvas its size; one that has it already stays as it is. */
  resize(width: number, height: number): void {
    const ratio = window.devicePixelRatio;
    const [columns, lines] = [Math.round(width * ratio), Math.round(height * ratio)];
    this.#width = width;
    this.#height = height;
    if (this.canvas.width === columns && this.canvas.height === lines) return;
    this.canvas.width = columns;
    this.canvas.height = lines;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  draw(paint: (context: CanvasRenderingContext2D) => void): void {
    paint(this.#context);
  }
}
