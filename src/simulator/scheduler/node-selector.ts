// Node selectors, node affinity and tolerations: which nodes a pod's or a volume's spec allows.

import type { NodeSelectorTerm, Pod, Requirement, Toleration } from '../kubelet/pod.ts';
import type { Node, Taint } from '../nodes/node.ts';

/** Whether a node fits one of the terms; no terms fit nothing. */
export function matchesTerms(terms: readonly NodeSelectorTerm[], node: Node): boolean {
  return terms.some((term) => matchesTerm(term, node));
}

/** Whether a node fits a term: all its requirements, and at least one. */
export function matchesTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: Node): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  return (
    matchExpressions.every((requirement) => fits(requirement, labels[requirement.key])) &&
    matchFields.every((requirement) => fits(requirement, node.metadata.name))
  );
}

/** Whether a node has what a pod's nodeSelector and required node affinity ask for. */
export function allowsNode({ spec }: Pod, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  for (const [key, value] of Object.entries(spec.nodeSelector ?? {})) {
    if (labels[key] !== value) return false;
  }
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required === undefined || matchesTerms(required.nodeSelectorTerms, node);
}

/** The first toleration of a list that tolerates a taint. */
export function tolerationOf(tolerations: readonly Toleration[], taint: Taint): Toleration | undefined {
  return tolerations.find(({ key, operator, value, effect }) => {
    if (effect !== undefined && effect !== '' && effect !== taint.effect) return false;
    if (key === undefined || key === '') return operator === 'Exists';
    return key === taint.key && (operator === 'Exists' || (value ?? '') === (taint.value ?? ''));
  });
}

function fits({ operator, values = [] }: Requirement, value: string | undefined): boolean {
  if (value === undefined) return operator === 'NotIn' || operator === 'DoesNotExist';
  switch (operator) {
    case 'In':
      return values.includes(value);
    case 'NotIn':
      return !values.includes(value);
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    case 'Exists':
    case 'DoesNotExist':
      break;
  }
  return operator === 'Exists';
}
