import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../../src/simulator/controllers/history/canonical-json.ts';
import { compareCodePoints } from '../../../../src/simulator/controllers/history/compare-code-points.ts';
import { fnv1, hashRevision, safeEncode } from '../../../../src/simulator/controllers/history/revision-hash.ts';

// The first two rows of STS-HASH-01 are fixtures of upstream's stateful_set_compatibility_test.go.
const v34 =
  '{"spec":{"template":{"$patch":"replace","metadata":{"annotations":{"test":"value"},"labels":{"app":"foo"}},"spec":{"containers":[{"image":"test","imagePullPolicy":"Always","name":"test","resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30}}}}';
const v33 = v34.replace('"labels":{"app":"foo"}', '"creationTimestamp":null,"labels":{"app":"foo"}');

test.each([
  ['V34', v34, 0, '776999688b'],
  ['V33', v33, 0, 'c77f6d978'],
  ['V34', v34, 1, '776999688c'],
  ['V34', v34, 2, '7769996888'],
])('%s hashes to its golden value at collision count %#', (_, data, collisionCount, expected) => {
  expect(hashRevision(data, collisionCount)).toBe(expected);
});

test('the hash of nothing is the offset basis', () => {
  expect(fnv1('')).toBe(2_166_136_261);
  expect(safeEncode(fnv1(''))).toBe('65bb57b6b5');
  expect(safeEncode(fnv1('0'))).toBe('d8bfb7bc');
});

interface Recorded {
  readonly name: string;
  readonly data: object;
}
const recorded = JSON.parse(
  readFileSync(new URL('../../../fixtures/controller-revisions/recorded.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

test('the recorded revisions are those of four templates', () => {
  expect(recorded.map(({ name }) => name)).toEqual([
    'mongo-665fb7fd68',
    'web-5969c6696',
    'web-787744f97',
    'web-7f5b79c8f',
  ]);
});

test.each(recorded)('the data recorded on a real cluster as $name hashes to that name', ({ name, data }) => {
  expect(hashRevision(canonicalJson(data), 0)).toBe(name.slice(name.indexOf('-') + 1));
});

test('canonical JSON sorts keys and escapes as encoding/json does', () => {
  const text = canonicalJson({ b: [1, 'a<b>&\u2028'], $a: { z: null, y: undefined, x: 1e21 } });

  expect(text).toBe('{"$a":{"x":1e+21,"z":null},"b":[1,"a\\u003cb\\u003e\\u0026\\u2028"]}');
});

test('keys are ordered as their UTF-8 bytes are', () => {
  expect(['\u{1F600}', '\uFFFD', 'ab', 'a'].sort(compareCodePoints)).toEqual(['a', 'ab', '\uFFFD', '\u{1F600}']);
});
