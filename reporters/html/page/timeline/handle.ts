// The scrubber's handle: a slider whose value is the time on the axis.

import { h } from '../dom.ts';
import { formatExact } from '../format-exact.ts';
import type { TimelineWords } from './words.ts';

/** Room that the time needs beside the handle, CSS pixels. */
const timeWidth = 90;

/** The handle over the axis; times are milliseconds. */
export class Handle {
  readonly element = h('div', { class: 'tl-handle', role: 'slider', tabindex: 0, 'aria-valuemin': 0 });

  speak({ time }: TimelineWords): void {
    this.element.setAttribute('aria-label', time);
  }

  /** Says how far it can go. */
  end(endMs: number): void {
    this.element.setAttribute('aria-valuemax', String(Math.round(endMs)));
  }

  /** Puts it `x` pixels from the left of a plot of that width. */
  place(atMs: number, { x, width }: { readonly x: number; readonly width: number }): void {
    const { element } = this;
    element.style.transform = `translateX(${Math.round(x)}px)`;
    element.hidden = x < -1 || x > width + 1;
    const text = formatExact(atMs);
    element.setAttribute('aria-valuenow', String(Math.round(atMs)));
    element.setAttribute('aria-valuetext', text);
    if (element.dataset['time'] !== text) element.dataset['time'] = text;
    element.classList.toggle('tl-left', x > width - timeWidth);
  }
}
