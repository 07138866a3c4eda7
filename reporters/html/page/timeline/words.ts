// The timeline's own words. What the trace says (kinds, names, phases, reasons of the API) stays as it is in every language.

import type { ObjectState } from './state-of.ts';

/** Every text of a timeline, in one language. */
export interface TimelineWords {
  /** What the element is, as an assistive technology calls it. */
  readonly role: string;
  /** Its name before anything is shown. */
  readonly name: string;
  /** Its name with what it shows. */
  readonly nameOf: (shown: { readonly objects: number; readonly records: number }) => string;
  /** Its keys in a sentence or some. */
  readonly keys: string;
  readonly toolbar: string;
  readonly zoomOut: string;
  readonly zoomIn: string;
  /** On the button that shows the whole run, and what it does. */
  readonly all: string;
  readonly showAll: string;
  readonly play: string;
  readonly pause: string;
  readonly speed: string;
  /** The speed at which a second is a second. */
  readonly realTime: string;
  /** Beside the box that shows lanes to which nothing happened. */
  readonly unchanged: (lanes: number) => string;
  /** What the signs mean. */
  readonly signs: {
    readonly request: string;
    readonly refused: string;
    readonly fault: string;
    readonly decided: string;
  };
  /** Heads of the column beside the lanes. */
  readonly object: string;
  readonly state: string;
  /** The scrubber. */
  readonly time: string;
  /** Headings that are not the name of a workload, by their English words. */
  readonly headings: Readonly<Record<'storage' | 'network' | 'nodes' | 'other' | 'pods of no controller', string>>;
  /** States that the API has no word for, by their English words. */
  readonly states: Readonly<Record<'exists' | 'scheduled' | 'cordoned' | 'partly updated', string>>;
}

/** The words in English. */
export const englishWords: TimelineWords = {
  role: 'timeline',
  name: 'Timeline',
  nameOf: ({ objects, records }) => `Timeline of ${objects} objects and ${records} records`,
  keys: 'Arrow left and right: record before and behind. Arrow up and down: other lane. Plus and minus: zoom.',
  toolbar: 'Timeline view',
  zoomOut: 'Zoom out',
  zoomIn: 'Zoom in',
  all: 'All',
  showAll: 'Show the whole run',
  play: 'Play',
  pause: 'Pause',
  speed: 'Speed',
  realTime: 'real time',
  unchanged: (lanes) => `${lanes} unchanged`,
  signs: { request: 'request', refused: 'refused', fault: 'fault', decided: 'decided an expectation' },
  object: 'Object',
  state: 'State at scrubber',
  time: 'Time',
  headings: {
    storage: 'storage',
    network: 'network',
    nodes: 'nodes',
    other: 'other',
    'pods of no controller': 'pods of no controller',
  },
  states: { exists: 'exists', scheduled: 'scheduled', cordoned: 'cordoned', 'partly updated': 'partly updated' },
};

/** A heading in these words; the name of a workload is the same in all. */
export function headingText(title: string, { headings }: TimelineWords): string {
  return wordOf(title, headings);
}

/** A state with its detail: `Ready 2/3`. */
export function stateText({ word, detail }: Pick<ObjectState, 'word' | 'detail'>, { states }: TimelineWords): string {
  // A set's detail is its counts, and a phrase behind these.
  const said = detail.replace(/[a-z][a-z ]*$/, (phrase) => wordOf(phrase, states));
  return said === '' ? wordOf(word, states) : `${wordOf(word, states)} ${said}`;
}

function wordOf(text: string, words: Readonly<Record<string, string>>): string {
  return Object.hasOwn(words, text) ? (words[text] ?? text) : text;
}
