import { expect, test } from 'vitest';
import { configMap, createControlPlane, kindKeyOf, second, type ControlPlane } from './control-plane.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';

const component = 'statefulset-controller';

function createPlane(): { readonly plane: ControlPlane; readonly about: KubernetesObject } {
  const plane = createControlPlane(() => []);
  return { plane, about: plane.create(configMap('web')) };
}

function events(plane: ControlPlane): readonly KubernetesObject[] {
  return [...plane.plant.api.store.list(kindKeyOf('event')).values()];
}

test('an event has the shape of the core recorder (API-EVT-01)', () => {
  const { plane, about } = createPlane();
  plane.run(3 * second);

  plane.plant.events.record({ component, about, type: 'Normal', reason: 'SuccessfulCreate', message: 'created web-0' });
  plane.run();

  expect(events(plane)).toHaveLength(1);
  const [event] = events(plane);
  expect(event).toEqual({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: expect.stringMatching(/^web\.18[0-9a-f]{14}$/),
      namespace: 'ns',
      uid: expect.any(String),
      resourceVersion: expect.any(String),
      creationTimestamp: '2026-01-01T00:00:03Z',
    },
    involvedObject: {
      kind: 'ConfigMap',
      namespace: 'ns',
      name: 'web',
      uid: about.metadata.uid,
      apiVersion: 'v1',
      resourceVersion: about.metadata.resourceVersion,
    },
    reason: 'SuccessfulCreate',
    message: 'created web-0',
    source: { component },
    firstTimestamp: '2026-01-01T00:00:03Z',
    lastTimestamp: '2026-01-01T00:00:03Z',
    count: 1,
    type: 'Normal',
    eventTime: null,
    reportingComponent: component,
    reportingInstance: '',
  });
  expect(Number.parseInt(event!.metadata.name.slice('web.'.length), 16) / 1e9).toBeCloseTo(1_767_225_603, -1);
});

test('a kubelet names its node and the container', () => {
  const { plane, about } = createPlane();
  const fieldPath = 'spec.containers{c}';

  plane.plant.events.record({
    component: 'kubelet',
    host: 'n1',
    about,
    fieldPath,
    type: 'Warning',
    reason: 'BackOff',
    message: 'back-off',
  });
  plane.run();

  expect(events(plane)[0]).toMatchObject({
    source: { component: 'kubelet', host: 'n1' },
    reportingInstance: 'n1',
    involvedObject: { fieldPath },
  });
});

test('a repeated event is a higher count of the same object, MODIFIED and not ADDED (API-EVT-03)', () => {
  const { plane, about } = createPlane();
  const say = () =>
    plane.plant.events.record({ component, about, type: 'Warning', reason: 'FailedCreate', message: 'no' });

  say();
  plane.run(2 * second);
  say();
  say();
  plane.run();

  expect(plane.changes.filter(({ kind }) => kind === 'event').map(({ type }) => type)).toEqual([
    'ADDED',
    'MODIFIED',
    'MODIFIED',
  ]);
  expect(events(plane)[0]).toMatchObject({
    count: 3,
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:00:02Z',
  });
});

test('events of one source are written in their order, one call after another; names are never the same', () => {
  const { plane, about } = createPlane();
  for (let count = 0; count < 9; count++) {
    plane.plant.events.record({ component, about, type: 'Normal', reason: 'R', message: `message ${count}` });
  }
  expect(plane.plant.clock.pending('work')).toBe(1);
  plane.run();

  expect(events(plane).map((event) => event['message'])).toEqual(
    Array.from({ length: 9 }, (_, count) => `message ${count}`),
  );
  const at = plane.changes.filter(({ kind }) => kind === 'event').map((change) => change.at);
  expect(at.every((time, position) => position === 0 || time - at[position - 1]! >= 2_000)).toBe(true);
  expect(new Set(events(plane).map(({ metadata }) => metadata.name)).size).toBe(9);
});

test('an event that somebody deleted is made again when it repeats', () => {
  const { plane, about } = createPlane();
  const say = () => plane.plant.events.record({ component, about, type: 'Normal', reason: 'R', message: 'm' });
  say();
  plane.run();
  plane.plant.api.delete(kindKeyOf('event'), `ns/${events(plane)[0]!.metadata.name}`);

  say();
  plane.run();

  expect(events(plane)).toHaveLength(1);
  expect(events(plane)[0]).toMatchObject({ count: 2 });
});

test('events of cluster-scoped objects live in the namespace default (API-EVT-04)', () => {
  const plane = createControlPlane(() => []);
  plane.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  const about = plane.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } });

  plane.plant.events.record({ component: 'node-controller', about, type: 'Normal', reason: 'R', message: 'm' });
  plane.run();

  expect(events(plane)[0]).toMatchObject({ metadata: { namespace: 'default' } });
  expect(events(plane)[0]!['involvedObject']).not.toHaveProperty('namespace');
});

test('what the spam filter drops costs neither a call nor an object', () => {
  const { plane, about } = createPlane();
  for (let count = 0; count < 1000; count++) {
    plane.plant.events.record({ component, about, type: 'Normal', reason: 'R', message: 'again' });
  }
  plane.run();

  expect(plane.changes.filter(({ kind }) => kind === 'event')).toHaveLength(25);
});

test('names stay apart and in order when nanoseconds since the start are beyond exact numbers', () => {
  const year = 365 * 24 * 3600 * second;
  for (const start of [0, 200 * 24 * 3600 * second, 10 * year]) {
    const { plane, about } = createPlane();
    plane.plant.clock.advanceTo(start);

    for (let count = 0; count < 9; count++) {
      plane.plant.events.record({ component, about, type: 'Normal', reason: 'R', message: `message ${count}` });
    }
    plane.run();

    const nanos = events(plane).map(({ metadata }) => BigInt(`0x${metadata.name.slice('web.'.length)}`));
    const first = (1_767_225_600_000_000n + BigInt(start)) * 1000n;
    const from = start === 0 ? 1n : 0n;
    expect(nanos).toEqual(nanos.map((_, at) => first + from + BigInt(at)));
    expect(nanos).toHaveLength(9);
  }
});

test('more events in one microsecond than it has nanoseconds have names of their own', () => {
  const plane = createControlPlane(() => []);
  const abouts = Array.from({ length: 1100 }, (_, at) => plane.create(configMap(`c-${at}`)));

  for (const [at, about] of abouts.entries()) {
    plane.plant.events.record({ component, host: `n${at % 11}`, about, type: 'Normal', reason: 'R', message: 'm' });
  }
  plane.run();

  const nanos = events(plane).map(({ metadata }) => metadata.name.slice(metadata.name.indexOf('.') + 1));
  expect(new Set(nanos).size).toBe(1100);
});
