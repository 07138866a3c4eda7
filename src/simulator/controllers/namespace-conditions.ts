// The five conditions that the namespace controller writes while it empties a namespace (API-NS-06).

import { same } from '../store/same.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Remains } from './namespace-content.ts';

/** A Namespace, as far as its controller looks at it. */
export interface Namespace extends KubernetesObject {
  readonly spec?: { readonly finalizers?: readonly string[] };
  readonly status?: { readonly phase?: string; readonly conditions?: readonly NamespaceCondition[] };
}

interface NamespaceCondition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime: string;
  readonly reason: string;
  readonly message: string;
}

type Verdict = readonly [type: string, status: 'True' | 'False', reason: string, message: string];

/** The namespace with conditions that tell of what is left; the same object when they tell nothing new. */
export function withConditions(namespace: Namespace, remains: Remains, timestamp: string): Namespace {
  const before = namespace.status?.conditions ?? [];
  const conditions = verdicts(remains).map(([type, status, reason, message]) => {
    const old = before.find((condition) => condition.type === type);
    const lastTransitionTime = old?.status === status ? old.lastTransitionTime : timestamp;
    return { type, status, lastTransitionTime, reason, message };
  });
  if (same(before, conditions)) return namespace;
  return { ...namespace, status: { ...namespace.status, conditions } };
}

function verdicts({ byResource, byFinalizer, failures }: Remains): readonly Verdict[] {
  return [
    ['NamespaceDeletionDiscoveryFailure', 'False', 'ResourcesDiscovered', 'All resources successfully discovered'],
    [
      'NamespaceDeletionGroupVersionParsingFailure',
      'False',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ],
    failures.length === 0
      ? [
          'NamespaceDeletionContentFailure',
          'False',
          'ContentDeleted',
          'All content successfully deleted, may be waiting on finalization',
        ]
      : [
          'NamespaceDeletionContentFailure',
          'True',
          'ContentDeletionFailed',
          `Failed to delete all resource types, ${failures.length} remaining: ${failures.join(', ')}`,
        ],
    byResource.size === 0
      ? ['NamespaceContentRemaining', 'False', 'ContentRemoved', 'All content successfully removed']
      : [
          'NamespaceContentRemaining',
          'True',
          'SomeResourcesRemain',
          `Some resources are remaining: ${counted(byResource, 'has', 'resource instances')}`,
        ],
    byFinalizer.size === 0
      ? [
          'NamespaceFinalizersRemaining',
          'False',
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ]
      : [
          'NamespaceFinalizersRemaining',
          'True',
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${counted(byFinalizer, 'in', 'resource instances')}`,
        ],
  ];
}

function counted(counts: ReadonlyMap<string, number>, verb: string, noun: string): string {
  return [...counts]
    .map(([name, count]) => `${name} ${verb} ${count} ${noun}`)
    .sort()
    .join(', ');
}
