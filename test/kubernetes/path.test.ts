import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPath, parsePath, readPath } from '../../src/kubernetes/path.ts';

const pod = {
  metadata: { name: 'web-0', labels: { 'app.kubernetes.io/name': 'web', app: 'x' } },
  spec: {
    containers: [
      { name: 'nginx', image: 'nginx:1.24', ports: [{ containerPort: 80, protocol: 'TCP' }] },
      { name: 'log.er', image: 'log:1' },
    ],
  },
  status: { podIP: '10.0.0.1', reason: null },
};

test.each([
  ['status.podIP', '10.0.0.1'],
  ['spec.containers[0].image', 'nginx:1.24'],
  ['spec.containers[-1].image', 'log:1'],
  ['spec.containers[name=nginx].image', 'nginx:1.24'],
  ['spec.containers[name="log.er"].image', 'log:1'],
  ['spec.containers[name=nginx].ports[containerPort=80,protocol=TCP].protocol', 'TCP'],
  ['metadata.labels["app.kubernetes.io/name"]', 'web'],
  ["metadata.labels['app.kubernetes.io/name']", 'web'],
  ['metadata.labels.app', 'x'],
  ['status.reason', null],
  ['status.nothing.below', undefined],
  ['status.podIP.length', undefined],
  ['spec.containers.length', undefined],
  ['spec.containers[7].image', undefined],
  ['spec.containers[name=none].image', undefined],
  ['status.toString', undefined],
])('%s reads %j', (path, value) => {
  expect(readPath(pod, path)).toBe(value);
});

test.each([
  ['', 0, 'expected a field name, found the end'],
  ['a..b', 2, 'expected a field name, found `.`'],
  ['a.', 2, 'expected a field name, found the end'],
  ['a[0', 2, 'expected a number, `key=value` or a quoted name between `[` and `]`'],
  ['a[name=]', 7, 'expected a value after `name=`, found `]`'],
  ['a[name=x', 8, 'expected `]`, found the end'],
  ['a["b"', 5, 'expected `]`, found the end'],
  ['a[0]b', 4, 'expected `.` or `[`, found `b`'],
  ['a b', 1, 'expected `.` or `[`, found ` `'],
])('%j is refused at %i', (text, at, message) => {
  expect(parsePath(text)).toEqual({ ok: false, at, message });
});

test('a malformed path is a programming error where a path must be well-formed', () => {
  expect(() => readPath(pod, 'a..b')).toThrow('path "a..b", at 2: expected a field name, found `.`');
});

test('what is formatted is parsed back', () => {
  const text = fc.string({ minLength: 1 });
  const segment = fc.oneof(
    fc.record({ kind: fc.constant('member' as const), name: text }),
    fc.record({ kind: fc.constant('index' as const), index: fc.nat() }),
    fc.record({
      kind: fc.constant('element' as const),
      keys: fc.array(fc.tuple(fc.constantFrom('name', 'containerPort'), fc.string()), { minLength: 1, maxLength: 2 }),
    }),
  );

  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
      expect(parsePath(formatPath(segments))).toEqual({ ok: true, segments });
    }),
  );
});
