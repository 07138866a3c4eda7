import { expect, test } from 'vitest';
import { removeIn, setIn } from '../../src/kubernetes/path-copy.ts';

const pod = Object.freeze({
  metadata: Object.freeze({ labels: Object.freeze({ app: 'web' }) }),
  spec: Object.freeze({ containers: Object.freeze([Object.freeze({ name: 'a' }), Object.freeze({ name: 'b' })]) }),
  status: undefined,
});

test('a change copies the way to it and shares the rest', () => {
  const changed = setIn(pod, ['spec', 'containers', 1, 'image'], 'b:1');

  expect(changed.spec.containers).toEqual([{ name: 'a' }, { name: 'b', image: 'b:1' }]);
  expect(changed.spec.containers[0]).toBe(pod.spec.containers[0]);
  expect(changed.metadata).toBe(pod.metadata);
  expect(pod.spec.containers[1]).toEqual({ name: 'b' });
});

test('missing objects and lists on the way are made', () => {
  expect(setIn({}, ['status', 'conditions', 0, 'type'], 'Ready')).toEqual({
    status: { conditions: [{ type: 'Ready' }] },
  });
  expect(setIn(pod, ['status', 'phase'], 'Running').status).toEqual({ phase: 'Running' });
});

test('a value that is already there leaves the same object', () => {
  expect(setIn(pod, ['metadata', 'labels', 'app'], 'web')).toBe(pod);
  expect(removeIn(pod, ['metadata', 'labels', 'tier'])).toBe(pod);
  expect(removeIn(pod, ['spec', 'containers', 2])).toBe(pod);
  expect(removeIn(pod, ['metadata', 'labels', 'app', 'deeper'])).toBe(pod);
});

test('members and elements are removed', () => {
  expect(removeIn(pod, ['metadata', 'labels', 'app']).metadata).toEqual({ labels: {} });
  expect(removeIn(pod, ['spec', 'containers', 0]).spec.containers).toEqual([{ name: 'b' }]);
});

test('a way through a scalar, or past the end of a list, is a programming error', () => {
  expect(() => setIn(pod, ['metadata', 'labels', 'app', 'x'], 1)).toThrow(
    'no object that can be changed at metadata.labels.app.x',
  );
  expect(() => setIn(pod, ['spec', 'containers', 3], {})).toThrow('no list that can be changed at spec.containers.3');
  expect(() => setIn(pod, ['spec', 'containers', 'name'], {})).toThrow(TypeError);
});

test('a member named __proto__ is a member like any other', () => {
  const changed: Record<string, unknown> = setIn({}, ['__proto__', 'polluted'], true);

  expect(Object.keys(changed)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
