import { expect, test } from 'vitest';
import {
  claimOwners,
  hasUnexpectedController,
  isClaimStale,
  isClaimUpToDate,
} from '../../../../src/simulator/controllers/statefulset/retention.ts';
import { setUid, stamp } from './worlds.ts';
import type { OwnerReference } from '../../../../src/kubernetes/object.ts';
import type { Claim } from '../../../../src/simulator/controllers/statefulset/claims.ts';
import type { StatefulSet } from '../../../../src/simulator/controllers/statefulset/types.ts';

const metadata = { namespace: 'ns', resourceVersion: '1', creationTimestamp: stamp(0) };

function setWith(whenScaled: 'Retain' | 'Delete', whenDeleted: 'Retain' | 'Delete'): StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { ...metadata, name: 'web', uid: setUid },
    spec: {
      replicas: 3,
      selector: {},
      template: { spec: {} },
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenScaled, whenDeleted },
    },
  };
}

function claimOf(...ownerReferences: readonly OwnerReference[]): Claim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { ...metadata, name: 'www-web-1', uid: 'c', ownerReferences },
  };
}

const full = { controller: true, blockOwnerDeletion: true };
const ofSet: OwnerReference = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: setUid, ...full };
const ofPod: OwnerReference = { apiVersion: 'v1', kind: 'Pod', name: 'web-1', uid: 'p', ...full };
const foreign: OwnerReference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'x' };
const user = { name: 'web-1', uid: 'p', condemned: false };
const condemned = { ...user, condemned: true };

test.each([
  ['Retain', 'Retain', user, []],
  ['Retain', 'Retain', condemned, []],
  ['Retain', 'Delete', user, [ofSet]],
  ['Retain', 'Delete', condemned, [ofSet]],
  ['Delete', 'Retain', user, []],
  ['Delete', 'Retain', condemned, [ofPod]],
  ['Delete', 'Delete', user, [ofSet]],
  ['Delete', 'Delete', condemned, [ofPod]],
] as const)('whenScaled %s, whenDeleted %s, %o: every claim gets its one owner', (scaled, deleted, who, owners) => {
  const set = setWith(scaled, deleted);

  for (const before of [[], [ofSet], [ofPod], [ofSet, ofPod]]) {
    const claim = claimOf(...before);
    const after = claimOwners(set, claim, who);

    expect(after).toEqual(owners);
    expect(isClaimUpToDate(set, claim, who)).toBe(JSON.stringify(before) === JSON.stringify(owners));
    expect(isClaimUpToDate(set, claimOf(...after), who)).toBe(true);
    // Owners that do not control are nobody's business (STS-RET-09).
    expect(claimOwners(set, claimOf(foreign, ...before), who)).toEqual([foreign, ...owners]);
  }
});

test('an owner reference to us that does not control is made one that does', () => {
  const set = setWith('Retain', 'Delete');
  const { controller: _, ...loose } = ofSet;

  expect(isClaimUpToDate(set, claimOf(loose), user)).toBe(false);
  expect(claimOwners(set, claimOf(loose), user)).toEqual([ofSet]);
});

test('a claim of an earlier set or pod of the same name is not touched', () => {
  const set = setWith('Delete', 'Delete');

  for (const stale of [
    { ...ofSet, uid: 'gone' },
    { ...ofPod, uid: 'gone' },
  ]) {
    expect(isClaimUpToDate(set, claimOf(stale), user)).toBe(true);
    expect(isClaimStale(set, claimOf(stale), user)).toBe(stale.kind === 'Pod');
    expect(isClaimStale(setWith('Retain', 'Delete'), claimOf(stale), user)).toBe(false);
  }
});

test('another controller takes our references away, unless nothing is ever deleted', () => {
  const other = { ...foreign, controller: true };

  const set = setWith('Delete', 'Delete');
  expect(hasUnexpectedController(set, claimOf(other), user)).toBe(true);
  expect(isClaimUpToDate(set, claimOf(other), user)).toBe(true);
  expect(isClaimUpToDate(set, claimOf(other, { ...ofSet, controller: false }), user)).toBe(false);
  expect(claimOwners(set, claimOf(other, { ...ofSet, controller: false }), user)).toEqual([other]);
  expect(hasUnexpectedController(setWith('Retain', 'Retain'), claimOf(other), user)).toBe(false);
});
