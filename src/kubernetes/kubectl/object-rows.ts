// The header and the rows of `kubectl get`: the API server's columns, and those that flags add.

import { prefixOf, withDefaultNamespace } from './cluster-view.ts';
import { parseJsonPath, shownValue, valuesOf } from './json-path.ts';
import { labelsText } from '../table/texts.ts';
import type { KubernetesObject } from '../object.ts';
import type { ClusterView, ShownKind } from './cluster-view.ts';
import type { GetRequest } from './request.ts';

/** What rows depend on beside the object. */
export interface RowContext {
  readonly request: GetRequest;
  readonly kind: ShownKind;
  readonly view: Pick<ClusterView, 'now' | 'namespace'>;
  /** Names carry their kind: several kinds were asked for. */
  readonly prefixed: boolean;
}

/** The names of the columns. */
export function headerRow({ request, kind }: Pick<RowContext, 'request' | 'kind'>): readonly string[] {
  const { output } = request;
  if (output.kind === 'custom-columns') return output.columns.map(({ name }) => name);
  const wide = output.kind === 'table' && output.wide;
  return [
    ...kind.printer.columns.filter(({ priority }) => wide || priority === 0).map(({ name }) => name.toUpperCase()),
    ...request.labelColumns.map((label) => (label.split('/').at(-1) ?? label).toUpperCase()),
    ...(request.showLabels ? ['LABELS'] : []),
  ];
}

/** The cells of an object. */
export function objectRow(object: KubernetesObject, { request, kind, view, prefixed }: RowContext): readonly string[] {
  const { output } = request;
  if (output.kind === 'custom-columns') return output.columns.map(({ path }) => customCell(path, object));
  const wide = output.kind === 'table' && output.wide;
  const cells = kind.printer.cells(object, { now: view.now });
  const shown = kind.printer.columns.flatMap(({ priority }, at) => {
    if (!wide && priority > 0) return [];
    const cell = cells[at];
    return [withDefaultNamespace(cell === null || cell === undefined ? '' : shownValue(cell), view)];
  });
  const named = kind.printer.columns.findIndex(({ format }) => format === 'name');
  if (prefixed && named === 0) shown[0] = `${prefixOf(kind)}/${shown[0] ?? ''}`;
  const labels = object.metadata.labels ?? {};
  return [
    ...shown,
    ...request.labelColumns.map((label) => labels[label] ?? ''),
    ...(request.showLabels ? [labelsText(labels)] : []),
  ];
}

function customCell(path: string, object: KubernetesObject): string {
  const values = valuesOf(parseJsonPath(path) ?? [], object);
  return values.length === 0 ? '<none>' : values.map(shownValue).join(',');
}
