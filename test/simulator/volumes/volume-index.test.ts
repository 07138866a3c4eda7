import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { VolumeIndex } from '../../../src/simulator/volumes/volume-index.ts';
import type { Claim, Volume, VolumePhase, VolumeSpec } from '../../../src/simulator/volumes/volume.ts';

const seed = 20_260_101;

function volume(name: string, storage: string, spec: VolumeSpec = {}, phase: VolumePhase = 'Available'): Volume {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '', labels: { name } },
    spec: { capacity: { storage }, accessModes: ['ReadWriteOnce'], ...spec },
    status: { phase },
  };
}

function claim(storage: string, spec: Claim['spec'] = {}): Claim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'c', namespace: 'ns', uid: 'claim-uid', resourceVersion: '1', creationTimestamp: '' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec },
  };
}

function indexOf(...volumes: readonly Volume[]): VolumeIndex {
  const index = new VolumeIndex();
  for (const object of volumes) index.observe({ type: 'ADDED', object });
  return index;
}

test('the smallest volume that is big enough is taken, equal ones by name', () => {
  const index = indexOf(volume('pv-c', '5Gi'), volume('pv-b', '2Gi'), volume('pv-a', '2Gi'), volume('pv-0', '1Gi'));

  expect(index.bestMatch(claim('1500Mi'))?.metadata.name).toBe('pv-a');
  expect(index.bestMatch(claim('6Gi'))).toBeUndefined();
});

test('fewer access modes come before a better size', () => {
  const both = { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] };

  expect(indexOf(volume('big', '5Gi'), volume('small', '2Gi', both)).bestMatch(claim('1Gi'))?.metadata.name).toBe(
    'big',
  );
});

test.each([
  ['of another class', volume('pv', '1Gi', { storageClassName: 'fast' })],
  ['with other access modes', volume('pv', '1Gi', { accessModes: ['ReadOnlyMany'] })],
  ['of another mode', volume('pv', '1Gi', { volumeMode: 'Block' })],
  ['that is Released', volume('pv', '1Gi', {}, 'Released')],
  ['that is Pending', volume('pv', '1Gi', {}, 'Pending')],
  ['that is reserved for another claim', volume('pv', '1Gi', { claimRef: { namespace: 'ns', name: 'other' } })],
])('a volume %s is not taken', (_, candidate) => {
  expect(indexOf(candidate).bestMatch(claim('1Gi'))).toBeUndefined();
});

test('a selector chooses by labels', () => {
  const index = indexOf(volume('pv-a', '1Gi'), volume('pv-b', '1Gi'));

  expect(index.bestMatch(claim('1Gi', { selector: { matchLabels: { name: 'pv-b' } } }))?.metadata.name).toBe('pv-b');
});

test('a reservation without uid counts for whoever bears the name, one with another uid does not', () => {
  const open = volume('pv-a', '1Gi', { claimRef: { namespace: 'ns', name: 'c' }, storageClassName: 'other' });
  const old = volume('pv-b', '1Gi', { claimRef: { namespace: 'ns', name: 'c', uid: 'former' } });

  expect(indexOf(open, old).reservedFor(claim('1Gi'))?.metadata.name).toBe('pv-a');
  expect(indexOf(old).reservedFor(claim('1Gi'))).toBeUndefined();
  expect(indexOf(open).reservedFor(claim('2Gi'))).toBeUndefined();
});

test('after any changes the best match is the one that a look at all volumes finds', () => {
  const change = fc.record({
    name: fc.integer({ min: 0, max: 8 }).map((number) => `pv-${number}`),
    size: fc.integer({ min: 1, max: 4 }),
    phase: fc.constantFrom<VolumePhase>('Available', 'Bound', 'Released'),
    type: fc.constantFrom('MODIFIED', 'DELETED'),
  });
  const property = fc.property(
    fc.array(change, { maxLength: 40 }),
    fc.integer({ min: 1, max: 4 }),
    (changes, wanted) => {
      const index = new VolumeIndex();
      const all = new Map<string, Volume>();
      for (const { name, size, phase, type } of changes) {
        const object = volume(name, `${size}Gi`, {}, phase);
        index.observe({ type: type === 'DELETED' ? 'DELETED' : all.has(name) ? 'MODIFIED' : 'ADDED', object });
        if (type === 'DELETED') all.delete(name);
        else all.set(name, object);
      }
      const fitting = [...all.values()]
        .filter(({ status }) => status?.phase === 'Available')
        .map(({ metadata, spec }) => ({ name: metadata.name, size: Number.parseInt(spec.capacity?.storage ?? '', 10) }))
        .filter(({ size }) => size >= wanted)
        .sort((a, b) => a.size - b.size || (a.name < b.name ? -1 : 1));

      expect(index.bestMatch(claim(`${wanted}Gi`))?.metadata.name).toBe(fitting[0]?.name);
    },
  );

  fc.assert(property, { seed });
});
