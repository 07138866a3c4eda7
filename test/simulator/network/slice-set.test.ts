import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SliceSet } from '../../../src/simulator/network/slice-set.ts';
import type { Contribution } from '../../../src/simulator/network/endpoint.ts';

const seed = 20_260_101;

function contribution(name: string, { ready = true, port = 80 } = {}): Contribution {
  return {
    ports: [{ name: 'web', port, protocol: 'TCP' }],
    endpoint: {
      addresses: [`ip-${name}`],
      conditions: { ready, serving: ready, terminating: false },
      targetRef: { kind: 'Pod', namespace: 'ns', name, uid: `uid-${name}` },
    },
  };
}

function put(set: SliceSet, name: string, what: Contribution | undefined): void {
  if (set.update(`ns/${name}`, what) && what !== undefined) set.place(`ns/${name}`, what);
}

test('without endpoints there is one placeholder, and the first pod turns it into a real slice', () => {
  const set = new SliceSet([]);

  const [placeholder] = set.takeChanges().write;
  const ports = placeholder?.ports;
  put(set, 'web-0', contribution('web-0'));
  const { write, remove } = set.takeChanges();

  expect(ports).toBeNull();
  expect(write).toEqual([placeholder]);
  expect(remove).toEqual([]);
});

test('a changed endpoint keeps its place, a replaced pod comes last, the last slice becomes a placeholder again', () => {
  const set = new SliceSet([]);
  for (const name of ['web-0', 'web-1', 'web-2']) put(set, name, contribution(name));
  const [slice] = set.takeChanges().write;

  put(set, 'web-0', contribution('web-0', { ready: false }));
  expect([...slice!.endpoints.keys()]).toEqual(['ns/web-0', 'ns/web-1', 'ns/web-2']);
  put(set, 'web-1', undefined);
  put(set, 'web-1', contribution('web-1'));
  expect([...slice!.endpoints.keys()]).toEqual(['ns/web-0', 'ns/web-2', 'ns/web-1']);
  for (const name of ['web-0', 'web-1', 'web-2']) put(set, name, undefined);
  set.takeChanges();

  expect(slice!.ports).toBeNull();
});

test('an endpoint that says the same is no change', () => {
  const set = new SliceSet([]);
  put(set, 'web-0', contribution('web-0'));
  set.takeChanges();

  put(set, 'web-0', contribution('web-0'));

  expect(set.takeChanges()).toEqual({ write: [], remove: [] });
});

test('pods with another port number are in a slice of their own, which goes with the last of them', () => {
  const set = new SliceSet([]);
  put(set, 'web-0', contribution('web-0'));
  put(set, 'web-1', contribution('web-1', { port: 8080 }));
  expect(set.takeChanges().write).toHaveLength(2);

  put(set, 'web-0', contribution('web-0', { port: 8080 }));
  const { write, remove } = set.takeChanges();

  expect(remove).toHaveLength(1);
  expect(write.map(({ endpoints }) => Array.from(endpoints.keys()))).toEqual([['ns/web-1', 'ns/web-0']]);
});

test('after any changes every pod is in exactly one slice of its ports, and no slice has more than 100', () => {
  const step = fc.record({
    pod: fc.integer({ min: 0, max: 250 }),
    gone: fc.boolean(),
    port: fc.constantFrom(80, 8080),
  });
  const property = fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
    const set = new SliceSet([]);
    const wanted = new Map<string, number>();
    const slices = new Map<object, ReadonlyMap<string, unknown>>();
    for (const { pod, gone, port } of steps) {
      put(set, `web-${pod}`, gone ? undefined : contribution(`web-${pod}`, { port }));
      if (gone) wanted.delete(`ns/web-${pod}`);
      else wanted.set(`ns/web-${pod}`, port);
    }
    for (let round = 0; round < 2; round++) {
      const { write, remove } = set.takeChanges();
      for (const slice of write) slices.set(slice, slice.endpoints);
      for (const slice of remove) slices.delete(slice);
    }
    const found = [...slices.keys()].flatMap((slice) => {
      const { endpoints, ports } = slice as {
        endpoints: ReadonlyMap<string, unknown>;
        ports: { port: number }[] | null;
      };
      expect(endpoints.size).toBeLessThanOrEqual(100);
      return [...endpoints.keys()].map((key) => [key, ports?.[0]?.port] as const);
    });

    expect(found).toHaveLength(wanted.size);
    expect(new Map(found)).toEqual(wanted);
  });

  fc.assert(property, { seed });
});
