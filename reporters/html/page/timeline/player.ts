// Lets the scrubber run by itself, as fast as the run was on its clock, or faster.

import { h } from '../dom.ts';
import type { TimelineWords } from './words.ts';

/** What the player moves. */
export interface PlayerTarget {
  readonly nowMs: number;
  readonly endMs: number;
  moveTo(ms: number): void;
}

const speeds = [1, 5, 20, 100];

/** A button and a choice of speeds. */
export class Player {
  readonly element: HTMLElement;
  readonly #target: PlayerTarget;
  readonly #button = h('button', { type: 'button', class: 'tool', on: { click: () => this.#toggle() } });
  readonly #speed = h('select', {}, ...speeds.map((speed) => h('option', { value: speed, text: `${speed}×` })));
  #words: TimelineWords;
  #lastMs: number | undefined;

  constructor(target: PlayerTarget, words: TimelineWords) {
    this.#target = target;
    this.#words = words;
    this.element = h('span', { class: 'tl-player' }, this.#button, this.#speed);
    this.speak(words);
  }

  /** Says it in these words; what runs goes on. */
  speak(words: TimelineWords): void {
    this.#words = words;
    this.#speed.setAttribute('aria-label', words.speed);
    const [single] = this.#speed.options;
    if (single !== undefined) single.textContent = words.realTime;
    this.#tell();
  }

  /** Stops where it is. */
  stop(): void {
    this.#lastMs = undefined;
    this.#tell();
  }

  #toggle(): void {
    if (this.#lastMs !== undefined) {
      this.stop();
      return;
    }
    if (this.#target.nowMs >= this.#target.endMs) this.#target.moveTo(0);
    this.#lastMs = performance.now();
    this.#tell();
    requestAnimationFrame((ms) => this.#step(ms));
  }

  #step(ms: number): void {
    if (this.#lastMs === undefined || !this.element.isConnected) return;
    const passed = Math.max(0, ms - this.#lastMs) * Number(this.#speed.value);
    this.#lastMs = ms;
    const { nowMs, endMs } = this.#target;
    this.#target.moveTo(Math.min(nowMs + passed, endMs));
    if (nowMs + passed >= endMs) this.stop();
    else requestAnimationFrame((next) => this.#step(next));
  }

  #tell(): void {
    const isRunning = this.#lastMs !== undefined;
    const label = isRunning ? this.#words.pause : this.#words.play;
    this.#button.textContent = isRunning ? '❚❚' : '▶';
    this.#button.setAttribute('aria-label', label);
    this.#button.title = label;
  }
}
