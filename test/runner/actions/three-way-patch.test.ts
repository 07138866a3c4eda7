import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeKindKey } from '../../../src/kubernetes/kind.ts';
import { shapeOfKind } from '../../../src/kubernetes/patch/merge-keys.ts';
import { mergePatch } from '../../../src/kubernetes/patch/merge-patch.ts';
import { strategicPatch } from '../../../src/kubernetes/patch/strategic-patch.ts';
import { threeWayPatch } from '../../../src/runner/actions/three-way-patch.ts';
import type { JsonObject } from '../../../src/kubernetes/object.ts';

const shape = shapeOfKind(composeKindKey('apps', 'StatefulSet'));

interface ContainerSpec {
  readonly name: string;
  readonly image: string;
}

function setOf(
  containers: readonly ContainerSpec[],
  spec: JsonObject = {},
): JsonObject & { apiVersion: string; kind: string } {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: { ...spec, template: { spec: { containers: containers as unknown as JsonObject[] } } },
  };
}

describe('three-way patch', () => {
  test('nothing to do gives an empty patch', () => {
    const set = setOf([{ name: 'c', image: 'nginx:1' }]);

    expect(threeWayPatch({ last: set, wanted: set, live: set }, shape)).toEqual({});
  });

  test('a changed image is sent as kubectl sends it (API-CSA-03)', () => {
    const before = setOf([{ name: 'c', image: 'nginx:1' }]);
    const after = setOf([{ name: 'c', image: 'nginx:2' }]);

    expect(threeWayPatch({ last: before, wanted: after, live: before }, shape)).toEqual({
      spec: {
        template: {
          spec: { '$setElementOrder/containers': [{ name: 'c' }], containers: [{ image: 'nginx:2', name: 'c' }] },
        },
      },
    });
  });

  test('what others set stays, also when the manifest never had it (API-CSA-02)', () => {
    const last = setOf([{ name: 'c', image: 'nginx:1' }]);
    const live = setOf([{ name: 'c', image: 'nginx:1' }], { replicas: 5 });

    expect(threeWayPatch({ last, wanted: last, live }, shape)).toEqual({});
  });

  test('what the manifest no longer has is removed', () => {
    const last = setOf([{ name: 'c', image: 'nginx:1' }], { replicas: 3 });
    const wanted = setOf([{ name: 'c', image: 'nginx:1' }]);

    expect(threeWayPatch({ last, wanted, live: last }, shape)).toEqual({ spec: { replicas: null } });
  });

  test('an element that the manifest no longer has is deleted by its key', () => {
    const last = setOf([
      { name: 'c', image: 'nginx:1' },
      { name: 'side', image: 'x' },
    ]);
    const wanted = setOf([{ name: 'c', image: 'nginx:1' }]);

    expect(threeWayPatch({ last, wanted, live: last }, shape)).toMatchObject({
      spec: { template: { spec: { containers: [{ $patch: 'delete', name: 'side' }] } } },
    });
  });

  test('without a shape it is a merge patch, whose lists are one value', () => {
    const live = { spec: { list: [1, 2], a: 1 } };

    expect(threeWayPatch({ last: live, wanted: { spec: { list: [2] } }, live }, undefined)).toEqual({
      spec: { list: [2], a: null },
    });
  });

  const containers = fc.uniqueArray(
    fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), image: fc.constantFrom('x:1', 'x:2') }),
    { selector: ({ name }) => name },
  );

  test('a patch made against the live object makes it hold what is wanted, and no more of what was applied last', () => {
    fc.assert(
      fc.property(containers, containers, (first, second) => {
        const last = setOf(first);
        const wanted = setOf(second);

        const result = strategicPatch(last, threeWayPatch({ last, wanted, live: last }, shape));

        expect(result).toEqual({ ok: true, value: wanted });
      }),
    );
  });

  test('the same holds of merge patches', () => {
    const objects = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.array(fc.integer())));
    fc.assert(
      fc.property(objects, objects, (last, wanted) => {
        const patch = threeWayPatch({ last, wanted, live: last }, undefined);

        expect(mergePatch(last, patch)).toEqual(wanted);
      }),
    );
  });
});
