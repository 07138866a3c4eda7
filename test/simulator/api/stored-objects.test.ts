// What kubectl applied and what a real API server (v1.36.2) stored: every default, and nothing else. Revision hashes depend
// on it (STS-HASH-05).

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createServer } from './server.ts';
import type { KubernetesObject, Manifest } from '../../../src/kubernetes/object.ts';

interface Pair {
  readonly from: string;
  readonly applied: Manifest;
  readonly stored: KubernetesObject;
}

const file = new URL('../../fixtures/recordings/applied-and-stored.jsonl', import.meta.url);
const pairs = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Pair)
  .map((pair) => [`${pair.stored.kind} ${pair.stored.metadata.name} of ${pair.from}`, pair] as const);

test.each(pairs)('%s is stored as it was', (_, { applied, stored }) => {
  const { namespace } = stored.metadata;
  const { api } = createServer({ namespaces: namespace === undefined ? [] : [namespace] });

  const created = api.create(applied);

  if (!created.ok) throw new Error(created.status.message);
  expect(created.value['spec']).toEqual(stored['spec']);
  expect(Object.keys(created.value['status'] ?? {}).toSorted()).toEqual(Object.keys(stored['status'] ?? {}).toSorted());
  expect(created.value.metadata.generation).toBe(stored.metadata.generation);
  expect(created.value.metadata.finalizers).toEqual(stored.metadata.finalizers);
});
