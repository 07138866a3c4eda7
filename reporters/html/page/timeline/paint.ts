// The colours of a timeline as the style sheet gives them, read once for each theme.

import type { Tone } from './state-of.ts';

/** Colours by meaning, as CSS. */
export interface Paint {
  readonly tones: Readonly<Record<Tone, { readonly fill: string; readonly edge: string; readonly text: string }>>;
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly band: string;
  readonly surface: string;
  readonly accent: string;
  readonly request: string;
  readonly refused: string;
  readonly fault: string;
  readonly gap: string;
  readonly font: string;
}

/** Reads the colours that hold for an element. */
export function readPaint(element: Element): Paint {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const tone = (name: Tone): Paint['tones'][Tone] => ({
    fill: read(`${name}-fill`),
    edge: read(`${name}-edge`),
    text: read(`${name}-text`),
  });
  return {
    tones: {
      pending: tone('pending'),
      active: tone('active'),
      good: tone('good'),
      ending: tone('ending'),
      bad: tone('bad'),
      plain: tone('plain'),
    },
    text: read('text'),
    faint: read('faint'),
    line: read('line'),
    band: read('band'),
    surface: read('surface'),
    accent: read('accent'),
    request: read('request'),
    refused: read('bad-edge'),
    fault: read('fault'),
    gap: read('gap'),
    font: read('font'),
  };
}
