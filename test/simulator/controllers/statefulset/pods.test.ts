import { expect, test } from 'vitest';
import { podKind, setKind, setWorld, webSet } from './sets.ts';
import { statusInWords, storyOf } from './story.ts';
import { must, second } from '../control-plane.ts';
import type { SetWorld } from './sets.ts';

const created = (world: SetWorld): string[] =>
  storyOf(world.changes)
    .milestones.filter((told) => /^web-\d+ Created/.test(told))
    .map((told) => told.split(' ')[0] ?? '');

test('a pod has the identity of its ordinal', () => {
  const world = setWorld(webSet({ replicas: 1 }));

  const pod = world.pod(0);
  expect(pod?.metadata).toMatchObject({
    name: 'web-0',
    generateName: 'web-',
    labels: {
      app: 'nginx',
      'apps.kubernetes.io/pod-index': '0',
      'controller-revision-hash': 'web-5969c6696',
      'statefulset.kubernetes.io/pod-name': 'web-0',
    },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        name: 'web',
        uid: world.set().metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  });
  expect(pod?.['spec']).toMatchObject({
    hostname: 'web-0',
    subdomain: 'nginx',
    volumes: expect.arrayContaining([{ name: 'www', persistentVolumeClaim: { claimName: 'www-web-0' } }]),
  });
  expect(world.get('persistentvolumeclaim', 'www-web-0')?.metadata.labels).toEqual({ app: 'nginx' });
});

test('every creation and deletion is told in an Event', () => {
  const world = setWorld(webSet({ replicas: 1 }));
  world.scale(0);

  expect(world.eventMessages()).toEqual([
    'Create Claim www-web-0 Pod web-0 in StatefulSet web success',
    'Create Pod web-0 in StatefulSet web successful',
    'Delete Pod web-0 in StatefulSet web successful',
  ]);
});

test('a set that starts at an ordinal has no pods below it', () => {
  const world = setWorld(webSet({ replicas: 2, ordinals: { start: 3 } }));

  world.change(() => ({ ordinals: { start: 2 } }));

  expect(storyOf(world.changes).milestones.filter((told) => /^web-\d+ (?:Created|Deleted)/.test(told))).toEqual([
    'web-3 Created web-5969c6696',
    'web-4 Created web-5969c6696',
    'web-2 Created web-5969c6696',
    'web-4 Deleted',
  ]);
});

test('a failed pod is deleted and then replaced', () => {
  const world = setWorld(webSet());
  const uid = world.pod(1)?.metadata.uid;

  world.driver.setPhase('ns/web-1', 'Failed', false);
  world.plant.clock.advanceTo(world.plant.clock.now + 10_000);
  world.run();

  expect(world.pod(1)?.metadata.uid).not.toBe(uid);
  expect(statusInWords(world.set().status!)).toBe('3/3/3/3/3 web-5969c6696 web-5969c6696 1');
  expect(
    world
      .eventMessages()
      .filter((told) => told.includes('web-1'))
      .slice(-2),
  ).toEqual(['Delete Pod web-1 in StatefulSet web successful', 'Create Pod web-1 in StatefulSet web successful']);
});

test('an ordered set waits for a pod that is not ready, and goes on when it is', () => {
  const world = setWorld(webSet({ replicas: 1 }));
  world.driver.setPhase('ns/web-0', 'Running', false);
  world.run();

  world.scale(3);
  const blocked = created(world);
  world.driver.setPhase('ns/web-0', 'Running', true);
  world.run();

  expect(blocked).toEqual(['web-0']);
  expect(created(world)).toEqual(['web-0', 'web-1', 'web-2']);
});

test('two unready condemned pods hold an ordered scale-down up; one at the top does not', () => {
  const world = setWorld(webSet());
  for (const ordinal of [1, 2]) world.driver.setPhase(`ns/web-${ordinal}`, 'Running', false);
  world.run();

  world.scale(1);
  const held = world.pod(2) !== undefined;
  world.driver.setPhase('ns/web-1', 'Running', true);
  world.run();

  expect(held).toBe(true);
  expect([0, 1, 2].map((ordinal) => world.pod(ordinal) !== undefined)).toEqual([true, false, false]);
});

test('a pod that lost its name label gets it back', () => {
  const world = setWorld(webSet());
  const label = 'statefulset.kubernetes.io/pod-name';

  must(
    world.plant.api.update(podKind, 'ns/web-1', (pod) => {
      const { [label]: _, ...labels } = pod.metadata.labels ?? {};
      return { ...pod, metadata: { ...pod.metadata, labels } };
    }),
  );
  world.run();

  expect(world.pod(1)?.metadata.labels?.[label]).toBe('web-1');
  expect(world.eventMessages().at(-1)).toBe('Update Pod web-1 in StatefulSet web successful');
});

test('an orphan that fits is adopted; one that fits no more is released and its name stays taken', () => {
  const world = setWorld(webSet());
  const relabel = (app: string): void => {
    must(
      world.plant.api.update(podKind, 'ns/web-2', (pod) => ({
        ...pod,
        metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, app } },
      })),
    );
    world.run(20 * second);
  };

  relabel('other');
  const released = world.pod(2)?.metadata.ownerReferences;
  const status = statusInWords(world.set().status!);
  relabel('nginx');

  expect(released).toBeUndefined();
  expect(status).toBe('2/2/2/2/2 web-5969c6696 web-5969c6696 1');
  expect(world.pod(2)?.metadata.ownerReferences?.[0]?.uid).toBe(world.set().metadata.uid);
  expect(statusInWords(world.set().status!)).toBe('3/3/3/3/3 web-5969c6696 web-5969c6696 1');
  // A taken name is no Event (STS-CREATE-06).
  expect(world.changes.some(({ object }) => object['reason'] === 'FailedCreate')).toBe(false);
});

test('a set that is being deleted creates nothing and still tells its status', () => {
  const world = setWorld(webSet());
  must(
    world.plant.api.update(setKind, world.key, (set) => ({
      ...set,
      metadata: { ...set.metadata, finalizers: ['example.com/hold'] },
    })),
  );
  must(world.plant.api.delete(setKind, world.key));
  world.run();

  world.deletePod(1);

  expect(world.pod(1)).toBeUndefined();
  expect(statusInWords(world.set().status!)).toBe('2/2/2/2/2 web-5969c6696 web-5969c6696 2');
});
