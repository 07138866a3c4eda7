// Namespace: its own finalizers, its own way to go (API-NS-01, -03, -05).

import { omitEmpty } from '../defaults/fields.ts';
import { labelProblems } from '../validation/names.ts';
import { specOf, statusOf, withSpec, withStatus } from './members.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { ApiContext } from '../context.ts';
import type { StrategyDefinition } from '../strategy.ts';

interface NamespaceSpec {
  readonly finalizers?: readonly string[];
}

const nameLabel = 'kubernetes.io/metadata.name';
const finalizer = 'kubernetes';

/** The rules of namespaces. `/finalize` alone changes spec.finalizers. */
export const namespace: Omit<StrategyDefinition, 'kind'> = {
  subresources: ['status', 'finalize'],
  answersDeleted: true,
  nameProblems: labelProblems,
  fieldLabels: new Map([['status.phase', (object) => statusOf<{ readonly phase?: string }>(object).phase ?? '']]),
  default: labelled,
  prepareForCreate: (object) => {
    const spec = specOf<NamespaceSpec>(object);
    const labels = labelled(object);
    const finalizers = [...(spec.finalizers ?? []).filter((name) => name !== finalizer), finalizer];
    return withStatus(withSpec(labels, { ...spec, finalizers }), { phase: 'Active' });
  },
  prepareForUpdate: (next, current) => withSpec(next, current['spec']),
  delete: terminate,
  removable: ({ metadata, ...rest }) =>
    metadata.deletionTimestamp !== undefined &&
    (metadata.finalizers ?? []).length === 0 &&
    ((rest['spec'] as NamespaceSpec | undefined)?.finalizers ?? []).length === 0,
};

/** The label that lets selectors find a namespace by its name. */
function labelled(object: KubernetesObject): KubernetesObject {
  const { name, labels } = object.metadata;
  const cleared = omitEmpty(object, new Set(['spec']));
  if (name === '' || labels?.[nameLabel] === name) return cleared;
  return { ...cleared, metadata: { ...object.metadata, labels: { ...labels, [nameLabel]: name } } };
}

/** The namespace stays, Terminating, until its controller has emptied it; deletionGracePeriodSeconds is never set. */
function terminate(
  object: KubernetesObject,
  { store, clock }: ApiContext,
): ReturnType<NonNullable<StrategyDefinition['delete']>> {
  if (object.metadata.deletionTimestamp === undefined) {
    const metadata = { ...object.metadata, deletionTimestamp: clock.timestamp };
    const status = { ...statusOf(object), phase: 'Terminating' };
    return { ok: true, value: store.update({ ...object, metadata, status }) };
  }
  const finalizers = specOf<NamespaceSpec>(object).finalizers ?? [];
  return finalizers.length > 0 ? { ok: true, value: object } : undefined;
}
