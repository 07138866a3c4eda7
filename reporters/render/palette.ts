// The few colours of reports, by meaning.

import pc from 'picocolors';

/** Colours by what they say; without colours every function returns its text as it is. */
export interface Palette {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly place: (text: string) => string;
}

/** Makes the palette for an output that has colours, or has none. */
export function createPalette(colours: boolean): Palette {
  const { green, red, yellow, bold, dim, cyan } = pc.createColors(colours);
  return { good: green, bad: red, doubtful: yellow, strong: bold, faint: dim, place: cyan };
}
