// What a client accepts, and which of it we write (API-TABLE-01, API-ERR-15).

/** How objects are shown. */
export type Shape = 'object' | 'table' | 'metadata';

/** The form of an answer. */
export interface AnswerForm {
  readonly media: 'json' | 'yaml';
  readonly shape: Shape;
}

interface MediaRange {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['Table', 'table'],
  ['PartialObjectMetadata', 'metadata'],
  ['PartialObjectMetadataList', 'metadata'],
]);

/** The first form that we have, in the client's order; undefined when it accepts nothing that we have. */
export function negotiate(accept: string | undefined): AnswerForm | undefined {
  for (const { type, parameters } of readAccept(accept)) {
    const media = mediaOf(type);
    const as = parameters.get('as');
    if (media === undefined) continue;
    if (as === undefined) return { media, shape: 'object' };
    const shape = shapes.get(as);
    const known = parameters.get('g') === 'meta.k8s.io' && parameters.get('v') === 'v1';
    if (shape !== undefined && known) return { media, shape };
  }
  return undefined;
}

/** Whether the client prefers the aggregated form of discovery, version 2 (API-DISC-01). */
export function wantsAggregatedDiscovery(accept: string | undefined): boolean {
  for (const { type, parameters } of readAccept(accept)) {
    if (mediaOf(type) === undefined) continue;
    const as = parameters.get('as');
    if (as === undefined) return false;
    if (as === 'APIGroupDiscoveryList' && parameters.get('v') === 'v2') return true;
  }
  return false;
}

function mediaOf(type: string): AnswerForm['media'] | undefined {
  if (type === 'application/json' || type === '*/*' || type === 'application/*') return 'json';
  return type === 'application/yaml' ? 'yaml' : undefined;
}

function readAccept(accept = ''): readonly MediaRange[] {
  const text = accept.trim() === '' ? '*/*' : accept;
  const ranges = text.split(',').map((range): MediaRange => {
    const [type = '', ...rest] = range.split(';').map((part) => part.trim());
    const parameters = new Map(
      rest.map((part): [string, string] => {
        const equals = part.indexOf('=');
        return equals < 0 ? [part, ''] : [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
      }),
    );
    return { type: type.toLowerCase(), parameters, quality: Number(parameters.get('q') ?? 1) };
  });
  return ranges.toSorted((a, b) => b.quality - a.quality);
}
