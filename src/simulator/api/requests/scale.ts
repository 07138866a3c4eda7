// `/scale`: a Scale is a window on spec.replicas of its parent (API-SUB-01, STS-SUB-01, -02).

import { formatSelector } from '../../../kubernetes/selector.ts';
import { isFields } from '../defaults/fields.ts';
import { FieldErrors } from '../field-errors.ts';
import { badRequest, invalid, refuse } from '../refusals.ts';
import { specOf, statusOf, withSpec } from '../strategies/members.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { Json, KubernetesObject } from '../../../kubernetes/object.ts';
import type { Result } from '../server.ts';

interface ScalableSpec {
  readonly replicas?: number;
  readonly selector?: LabelSelector | Readonly<Record<string, string>>;
}

/** The Scale that a parent shows. */
export function scaleOf(parent: KubernetesObject): KubernetesObject {
  const { name, namespace = '', uid, resourceVersion, creationTimestamp } = parent.metadata;
  const { replicas, selector } = specOf<ScalableSpec>(parent);
  const text = formatSelector(asLabelSelector(selector));
  const observed = statusOf<{ readonly replicas?: number }>(parent).replicas ?? 0;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    // Zero replicas are left out, as Go does with a field that may be empty.
    spec: replicas === undefined || replicas === 0 ? {} : { replicas },
    status: { replicas: observed, ...(text === '' ? {} : { selector: text }) },
  };
}

/** The selector of a ReplicationController is a plain map. */
function asLabelSelector(selector: ScalableSpec['selector']): LabelSelector | undefined {
  if (selector === undefined || 'matchLabels' in selector || 'matchExpressions' in selector) return selector;
  return { matchLabels: selector as Readonly<Record<string, string>> };
}

/** What a Scale that was sent asks for: the parent with that number of replicas. */
export function scaledParent(parent: KubernetesObject, scale: Readonly<Record<string, Json | undefined>>): Result {
  const spec = scale['spec'] ?? {};
  const wrong = (field: string, value: unknown, type: string): Result => {
    const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    const why = `json: cannot unmarshal ${found} into Go struct field ${field} of type ${type}`;
    return refuse(badRequest(`Scale in version "v1" cannot be handled as a Scale: ${why}`));
  };
  if (!isFields(spec)) return wrong('Scale.spec', spec, 'v1.ScaleSpec');
  const replicas = spec['replicas'] ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || Math.abs(replicas) > 2_147_483_647) {
    return wrong('ScaleSpec.spec.replicas', replicas, 'int32');
  }
  const errors = new FieldErrors();
  errors.nonNegative('spec.replicas', replicas);
  if (errors.list.length > 0) {
    return refuse(invalid({ group: 'autoscaling', kind: 'Scale' }, parent.metadata.name, errors.list));
  }
  const current = specOf<ScalableSpec>(parent);
  return { ok: true, value: current.replicas === replicas ? parent : withSpec(parent, { ...current, replicas }) };
}
