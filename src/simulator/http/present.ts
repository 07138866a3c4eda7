// An object, or a list of them, in the shape that a client asked for.

import { makeTable, partialMetadata } from '../../kubernetes/table/table.ts';
import { apiVersionOf } from '../../kubernetes/kinds.ts';
import { isStatus } from '../../kubernetes/status.ts';
import type { Json, JsonObject, KubernetesObject } from '../../kubernetes/object.ts';
import type { PrintContext } from '../../kubernetes/table/printer.ts';
import type { RowObject } from '../../kubernetes/table/table.ts';
import type { ServedKind } from './catalogue.ts';
import type { Shape } from './negotiate.ts';

/** How bodies are shown. */
export interface Presentation {
  readonly shape: Shape;
  readonly rowObject: RowObject;
  readonly served: ServedKind;
  readonly context: PrintContext;
}

interface ListBody {
  readonly metadata: JsonObject;
  readonly items: readonly KubernetesObject[];
}

/** Shows the body of an accepted answer. */
export function present(body: unknown, presentation: Presentation): Json {
  if (isStatus(body) || !isObject(body)) return body as Json;
  if (presentation.shape === 'object') return inItsVersion(body, presentation.served);
  if (Array.isArray(body['items'])) return presentList(body as unknown as ListBody, presentation);
  return presentObject(body as unknown as KubernetesObject, presentation);
}

/** Shows one object; the events of a watch but the first leave the columns of their Tables out. */
export function presentObject(object: KubernetesObject, presentation: Presentation, columns = true): Json {
  const { shape, rowObject, served, context } = presentation;
  if (shape === 'object') return inItsVersion(object, served);
  if (shape === 'metadata') return partialMetadata(object);
  const { resourceVersion } = object.metadata;
  const metadata = { resourceVersion };
  return makeTable({ objects: [object], metadata, printer: served.printer, rowObject, columns }, context);
}

function inItsVersion(body: object, { second }: ServedKind): Json {
  if (second === undefined) return body as Json;
  const { items } = body as { readonly items?: unknown };
  if (!Array.isArray(items)) return second.toShown(body as JsonObject);
  const list = { ...body, apiVersion: apiVersionOf(second.kind) };
  return { ...list, items: items.map((item) => second.toShown(item as JsonObject)) };
}

function presentList({ metadata, items }: ListBody, { shape, rowObject, served, context }: Presentation): Json {
  if (shape === 'metadata') {
    const kind = 'PartialObjectMetadataList';
    return { kind, apiVersion: 'meta.k8s.io/v1', metadata, items: items.map(partialMetadata) };
  }
  const { kind } = served;
  // Items of a list do not say what they are; the objects of rows do.
  const named = { kind: kind.kind, apiVersion: apiVersionOf(kind) };
  const objects = rowObject === 'Object' ? items.map((item) => ({ ...named, ...item })) : items;
  return makeTable({ objects, metadata, printer: served.printer, rowObject, columns: true }, context);
}

/** `includeObject` of a request for Tables. */
export function rowObjectOf(parameters: URLSearchParams): RowObject {
  const asked = parameters.get('includeObject');
  return asked === 'None' || asked === 'Object' ? asked : 'Metadata';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
