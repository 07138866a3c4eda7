// The keys of a timeline.

import type { Direction } from './navigate.ts';

const directions: ReadonlyMap<string, Direction> = new Map([
  ['ArrowLeft', 'before'],
  ['ArrowRight', 'behind'],
  ['ArrowUp', 'above'],
  ['ArrowDown', 'below'],
  ['Home', 'first'],
  ['End', 'last'],
]);

/** Where a key goes. */
export function directionOf(key: string): Direction | undefined {
  return directions.get(key);
}

/** By how much a key zooms. */
export function zoomOf(key: string): number | undefined {
  if (key === '+' || key === '=') return 0.6;
  return key === '-' ? 1 / 0.6 : undefined;
}
