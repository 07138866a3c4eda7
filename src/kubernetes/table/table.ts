// The Table that the API server makes of objects when a client asks for one (API-TABLE-01, -02).

import type { Json, JsonObject, KubernetesObject } from '../object.ts';
import type { PrintContext, Printer } from './printer.ts';

/** What a row carries besides its cells (`includeObject`). */
export type RowObject = 'None' | 'Metadata' | 'Object';

/** What a Table is made of. */
export interface TableContent {
  readonly objects: readonly KubernetesObject[];
  /** That of the list, or of the one object: its version, and where the next page begins. */
  readonly metadata: JsonObject;
  readonly printer: Printer;
  readonly rowObject: RowObject;
  /** False for all events of a watch but the first (API-TABLE-03). */
  readonly columns: boolean;
}

/** Makes a Table. */
export function makeTable(content: TableContent, context: PrintContext): JsonObject {
  const { objects, metadata, printer, rowObject, columns } = content;
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns ? (printer.columns as unknown as Json) : null,
    rows: objects.map((object) => makeRow(object, { printer, rowObject, context })),
  };
}

interface RowContent {
  readonly printer: Printer;
  readonly rowObject: RowObject;
  readonly context: PrintContext;
}

function makeRow(object: KubernetesObject, { printer, rowObject, context }: RowContent): JsonObject {
  const conditions = printer.conditions?.(object) ?? [];
  return {
    cells: printer.cells(object, context),
    ...(conditions.length === 0 ? {} : { conditions: conditions as unknown as Json }),
    object: shownObject(object, rowObject),
  };
}

function shownObject(object: KubernetesObject, rowObject: RowObject): Json {
  if (rowObject === 'None') return null;
  return (rowObject === 'Object' ? object : partialMetadata(object)) as Json;
}

/** An object's metadata alone, as `PartialObjectMetadata`. */
export function partialMetadata({ metadata }: KubernetesObject): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: metadata as unknown as JsonObject };
}
