// Which objects a list or a watch is about: its label selector and its field selector (API-LIST-05 to -07).

import { matchesRequirements, parseFieldSelector, parseSelector } from '../../../kubernetes/selector.ts';
import { badRequest, refuse } from '../refusals.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { LabelRequirement } from '../../../kubernetes/selector.ts';
import type { ApiRequest, Result } from '../server.ts';
import type { Strategy } from '../strategy.ts';

type Selectors = Pick<NonNullable<ApiRequest['query']>, 'labelSelector' | 'fieldSelector'>;

/** Whether an object is selected. */
export type Selection = (object: KubernetesObject) => boolean;

/** The kind that is selected from. */
type SelectedKind = Pick<Strategy, 'kind' | 'fieldLabels'>;

/** Reads the selectors of a query; the refusal says which of them is wrong. */
export function readSelection(strategy: SelectedKind, query: Selectors): Result<Selection> {
  const labels = parseSelector(query.labelSelector ?? '');
  if (!labels.ok) return refuse(badRequest(labels.message));
  const fields = readFields(strategy, query.fieldSelector ?? '');
  if (!fields.ok) return fields;
  const requirements: readonly LabelRequirement[] = labels.requirements;
  if (requirements.length === 0) return fields;
  return {
    ok: true,
    value: (object) => matchesRequirements(requirements, object.metadata.labels) && fields.value(object),
  };
}

/** API-LIST-06, -07. */
function readFields(strategy: SelectedKind, text: string): Result<Selection> {
  const parsed = parseFieldSelector(text);
  if (!parsed.ok) return refuse(badRequest(parsed.message));
  const tests: Selection[] = [];
  for (const { field, operator, value } of parsed.terms) {
    const read = fieldReader(strategy, field);
    if (read === undefined) return refuse(badRequest(unknownField(strategy, field)));
    tests.push((object) => (read(object) === value) === (operator === '='));
  }
  return { ok: true, value: (object) => tests.every((test) => test(object)) };
}

function fieldReader(
  { kind, fieldLabels }: SelectedKind,
  field: string,
): ((object: KubernetesObject) => string) | undefined {
  if (field === 'metadata.name') return ({ metadata }) => metadata.name;
  // Nodes alone do not even offer the namespace.
  if (field === 'metadata.namespace' && kind.key !== 'node') return ({ metadata }) => metadata.namespace ?? '';
  return fieldLabels.get(field);
}

function unknownField({ fieldLabels }: SelectedKind, field: string): string {
  if (fieldLabels.size > 0) return `field label not supported: ${field}`;
  return `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}
