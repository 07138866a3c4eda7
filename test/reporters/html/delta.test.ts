import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyDelta, deltaOf } from '../../../reporters/html/delta.ts';
import { sameJson } from '../../../src/kubernetes/json-equal.ts';
import type { Json } from '../../../src/kubernetes/object.ts';

const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', '0', '1');
const json = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, 0, 1, '', 'x', 'y'),
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(name, tie('json')), { selector: ([key]) => key, maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).json;

describe('delta', () => {
  test('what is applied gives the value again, also after it was written and read', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const delta = JSON.parse(JSON.stringify(deltaOf(before, after))) as ReturnType<typeof deltaOf>;

        expect(sameJson(applyDelta(before, delta), after)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('of equal values it is nothing', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(deltaOf(value, structuredClone(value))).toBe(0);
      }),
    );
  });

  test('parts that did not change are the same parts', () => {
    const before = { spec: { replicas: 2 }, status: { ready: 1 } };

    const after = applyDelta(before, deltaOf(before, { spec: { replicas: 2 }, status: { ready: 2 } }));

    expect((after as typeof before).spec).toBe(before.spec);
  });

  test('an item that comes into a long list costs that item', () => {
    const before = Array.from({ length: 300 }, (_, at) => ({ ip: `10.0.0.${at}`, ready: true }));
    const after = before.toSpliced(150, 0, { ip: '10.0.1.1', ready: true });

    expect(JSON.stringify(deltaOf(before, after)).length).toBeLessThan(60);
  });

  test('a member called __proto__ is a member', () => {
    const after = applyDelta({}, deltaOf({}, JSON.parse('{"__proto__": {"polluted": true}}') as Json)) as object;

    expect(Object.keys(after)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
  });
});
