// Facts about objects that more than words need: plain reads with their types.

import { member } from './word.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';

/** `status.phase` of pods, claims and volumes. */
export function phaseOf(object: KubernetesObject): string | undefined {
  return textOf(member(object['status'], 'phase'));
}

/** The node that a pod is bound to. */
export function nodeNameOf(pod: KubernetesObject): string | undefined {
  const name = textOf(member(pod['spec'], 'nodeName'));
  return name === '' ? undefined : name;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
