// What the cluster of a recording was like, as far as a simulation must be like it.

import { kindKey } from '../src/kubernetes/kind.ts';
import { recordedKinds } from './kinds.ts';
import type { KindKey } from '../src/kubernetes/kind.ts';
import type { Recording } from './recording.ts';

/** A cluster to be simulated. */
export interface RecordedCluster {
  /** Names of the nodes that take pods, sorted; empty when the recording shows none. */
  readonly nodes: readonly string[];
  /** Kinds that were watched: those that always are, and any other that shows up. */
  readonly kinds: ReadonlySet<KindKey>;
}

/** Reads it off the recording. */
export function clusterOf({ observations }: Recording): RecordedCluster {
  const nodes = new Set<string>();
  const kinds = new Set(recordedKinds);
  for (const { object } of observations) {
    kinds.add(kindKey(object));
    const { nodeName } = (object['spec'] ?? {}) as { readonly nodeName?: string };
    if (object.kind === 'Pod' && nodeName !== undefined) nodes.add(nodeName);
    if (object.kind === 'Node' && !isControlPlane(object['spec'])) nodes.add(object.metadata.name);
  }
  return { nodes: [...nodes].sort(), kinds };
}

function isControlPlane(spec: unknown): boolean {
  const { taints = [] } = (spec ?? {}) as { readonly taints?: readonly { readonly key?: string }[] };
  return taints.some(({ key }) => key === 'node-role.kubernetes.io/control-plane');
}
