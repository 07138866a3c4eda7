// Small worlds for properties: a set with its pods and claims, and what may happen to them.

import * as fc from 'fast-check';
import { SetIndex, claimPlace } from '../../../../src/simulator/controllers/statefulset/set-index.ts';
import type { Claim } from '../../../../src/simulator/controllers/statefulset/claims.ts';
import type { Pod, StatefulSet } from '../../../../src/simulator/controllers/statefulset/types.ts';

export const setUid = 'uid-web';
export const revisions = { current: 'web-a', update: 'web-b' };

export interface World {
  set: StatefulSet;
  readonly pods: Map<string, Pod>;
  readonly claims: Map<string, Claim>;
  now: number;
}

export type Change =
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'pod gone'; readonly name: string }
  | { readonly kind: 'claim'; readonly claim: Claim }
  | { readonly kind: 'claim gone'; readonly name: string }
  | { readonly kind: 'set'; readonly set: StatefulSet }
  | { readonly kind: 'time'; readonly by: number };

const ordinal = fc.nat(9);

const policy = fc.constantFrom('Retain' as const, 'Delete' as const);

export const setOf = fc
  .record({
    replicas: fc.nat(8),
    start: fc.constantFrom(undefined, 0, 2, 5),
    minReadySeconds: fc.constantFrom(undefined, 0, 3),
    whenDeleted: policy,
    whenScaled: policy,
    strategy: fc.constantFrom<StatefulSet['spec']['updateStrategy']>(
      { type: 'RollingUpdate' },
      { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
      { type: 'RollingUpdate', rollingUpdate: { partition: 9 } },
      { type: 'OnDelete' },
    ),
    currentReplicas: fc.nat(4),
  })
  .map(({ replicas, start, minReadySeconds, whenDeleted, whenScaled, strategy, currentReplicas }): StatefulSet => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'default', uid: setUid, resourceVersion: '1', creationTimestamp: stamp(0) },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } },
      serviceName: 'web',
      updateStrategy: strategy,
      ...(start === undefined ? {} : { ordinals: { start } }),
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled },
      volumeClaimTemplates: [{ metadata: { name: 'www' }, spec: {} }],
    },
    status: { replicas: 0, availableReplicas: 0, currentReplicas },
  }));

const pod = fc
  .record({
    ordinal,
    // Mostly well, so that walks get far.
    phase: fc.oneof({ weight: 4, arbitrary: fc.constant('Running') }, fc.constantFrom('Pending', 'Failed', '')),
    ready: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
    since: fc.constantFrom(undefined, 0, 2, 4, 6),
    terminating: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
    revision: fc.constantFrom('web-a', 'web-b', 'web-b', 'web-c', undefined),
    labelled: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
    member: fc.oneof({ weight: 19, arbitrary: fc.constant(true) }, fc.constant(false)),
    uid: fc.constantFrom('1', '2'),
  })
  .map(({ ordinal, phase, ready, since, terminating, revision, labelled, member, uid }): Pod => {
    const name = `web-${ordinal}`;
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'default',
        uid: `${name}/${uid}`,
        resourceVersion: '1',
        creationTimestamp: stamp(0),
        ...(terminating ? { deletionTimestamp: stamp(0) } : {}),
        labels: {
          ...(member ? { app: 'web' } : {}),
          ...(labelled ? { 'statefulset.kubernetes.io/pod-name': name } : {}),
          ...(revision === undefined ? {} : { 'controller-revision-hash': revision }),
        },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: setUid, controller: true }],
      },
      spec: { volumes: [{ name: 'www', persistentVolumeClaim: { claimName: `www-${name}` } }] },
      status: {
        phase,
        conditions: [
          {
            type: 'Ready',
            status: ready ? 'True' : 'False',
            ...(since === undefined ? {} : { lastTransitionTime: stamp(since) }),
          },
        ],
      },
    };
  });

const claim = fc
  .record({
    ordinal,
    owner: fc.constantFrom('none', 'set', 'pod', 'stale pod', 'other'),
    terminating: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
  })
  .map(({ ordinal, owner, terminating }): Claim => {
    const references = {
      none: [],
      set: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: setUid, controller: true }],
      pod: [{ apiVersion: 'v1', kind: 'Pod', name: `web-${ordinal}`, uid: `web-${ordinal}/1`, controller: true }],
      'stale pod': [{ apiVersion: 'v1', kind: 'Pod', name: `web-${ordinal}`, uid: 'long gone', controller: true }],
      other: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'x', controller: true }],
    }[owner];
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: `www-web-${ordinal}`,
        namespace: 'default',
        uid: `claim-${ordinal}`,
        resourceVersion: '1',
        creationTimestamp: stamp(0),
        ...(terminating ? { deletionTimestamp: stamp(0) } : {}),
        ...(references.length === 0 ? {} : { ownerReferences: references }),
      },
    };
  });

/** What may happen to a set, its pods and its claims. */
export const changes = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: pod.map((pod): Change => ({ kind: 'pod', pod })) },
    { weight: 2, arbitrary: ordinal.map((at): Change => ({ kind: 'pod gone', name: `web-${at}` })) },
    { weight: 4, arbitrary: claim.map((claim): Change => ({ kind: 'claim', claim })) },
    { weight: 1, arbitrary: ordinal.map((at): Change => ({ kind: 'claim gone', name: `www-web-${at}` })) },
    { weight: 1, arbitrary: setOf.map((set): Change => ({ kind: 'set', set })) },
    { weight: 2, arbitrary: fc.nat(4_000_000).map((by): Change => ({ kind: 'time', by })) },
  ),
  { maxLength: 60 },
);

/** A pod that is well, at a revision. */
export function wellPod(ordinal: number, revision: string): Pod {
  const name = `web-${ordinal}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: `${name}/1`,
      resourceVersion: '1',
      creationTimestamp: stamp(0),
      labels: { app: 'web', 'statefulset.kubernetes.io/pod-name': name, 'controller-revision-hash': revision },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: setUid, controller: true }],
    },
    spec: { volumes: [{ name: 'www', persistentVolumeClaim: { claimName: `www-${name}` } }] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: stamp(0) }] },
  };
}

/** Lets changes happen to a naive world and to an index alike. */
export function play(
  set: StatefulSet,
  happened: readonly Change[],
): { readonly world: World; readonly index: SetIndex } {
  const world: World = { set, pods: new Map(), claims: new Map(), now: 0 };
  const index = new SetIndex(set);
  for (const change of happened) {
    apply(world, index, change);
  }
  index.advance(world.now);
  return { world, index };
}

function apply(world: World, index: SetIndex, change: Change): void {
  switch (change.kind) {
    case 'pod':
      world.pods.set(change.pod.metadata.name, change.pod);
      index.putPod(change.pod);
      return;
    case 'pod gone': {
      const pod = world.pods.get(change.name);
      world.pods.delete(change.name);
      if (pod !== undefined) index.removePod(pod);
      return;
    }
    case 'claim':
    case 'claim gone': {
      const claim = change.kind === 'claim' ? change.claim : undefined;
      const name = change.kind === 'claim' ? change.claim.metadata.name : change.name;
      if (claim === undefined) world.claims.delete(name);
      else world.claims.set(name, claim);
      const place = claimPlace(world.set, name);
      if (place !== undefined) index.putClaim(place, claim);
      return;
    }
    case 'set':
      world.set = { ...change.set, spec: { ...change.set.spec } };
      index.configure(world.set);
      return;
    case 'time':
      world.now += change.by;
      index.advance(world.now);
  }
}

/** A moment of the simulation, whose epoch is 2026. */
export function stamp(seconds: number): string {
  return `2026-01-01T00:00:${String(seconds).padStart(2, '0')}Z`;
}
