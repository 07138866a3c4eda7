// How fast virtual time goes, as people write it.

import type { Speed } from './pacer.ts';

/** Reads `1x`, `0.5x`, `10x` or `max`; undefined for anything else. */
export function parseSpeed(text: string): Speed | undefined {
  if (text === 'max') return 'max';
  const factor = /^(\d{1,6}(?:\.\d{1,3})?)x$/.exec(text)?.[1];
  return factor === undefined || Number(factor) === 0 ? undefined : Number(factor);
}

/** Writes a speed as `parseSpeed` reads it. */
export function speedText(speed: Speed): string {
  return speed === 'max' ? 'max' : `${speed}x`;
}
