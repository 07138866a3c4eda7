import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fieldsOf, goNameOf, goTypeOf, typeOfKind } from '../../src/kubernetes/fields.ts';

test('the committed table is what the models of client-node give', async () => {
  const script = (await import(new URL('../../scripts/generate-fields.mjs', import.meta.url).href)) as {
    generateFields: () => Promise<string>;
  };
  const committed = readFileSync(new URL('../../src/kubernetes/fields.gen.ts', import.meta.url), 'utf8');

  expect(await script.generateFields()).toBe(committed);
});

test('types are found by group and version', () => {
  expect(typeOfKind({ group: 'apps', version: 'v1', kind: 'StatefulSet' })).toBe('V1StatefulSet');
  expect(typeOfKind({ group: '', version: 'v1', kind: 'Event' })).toBe('CoreV1Event');
  expect(typeOfKind({ group: 'events.k8s.io', version: 'v1', kind: 'Event' })).toBe('EventsV1Event');
  expect(typeOfKind({ group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' })).toBe(
    'V2HorizontalPodAutoscaler',
  );
  expect(typeOfKind({ group: 'db.example.com', version: 'v1', kind: 'MongoCluster' })).toBeUndefined();
});

test('types are told as Go tells them', () => {
  const spec = fieldsOf('V1StatefulSetSpec');

  expect(
    ['replicas', 'serviceName', 'template', 'volumeClaimTemplates'].map((name) => goTypeOf(spec.get(name)!)),
  ).toEqual(['int32', 'string', 'v1.PodTemplateSpec', '[]v1.PersistentVolumeClaim']);
  expect(goTypeOf(fieldsOf('V1ObjectMeta').get('labels')!)).toBe('map[string]string');
  expect(goNameOf('DiscoveryV1EndpointPort')).toBe('EndpointPort');
});

test('only decoding imports the large table', () => {
  const room = new URL('../../src/kubernetes/', import.meta.url);
  const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

  const importers = (module: string): readonly string[] =>
    files.filter((file) =>
      new RegExp(`^import \\{.*/${module}\\.ts'`, 'm').test(readFileSync(new URL(file, room), 'utf8')),
    );

  expect(importers('fields.gen')).toEqual(['fields.ts']);
  expect(importers('fields')).toEqual(['decode.ts']);
  expect(importers('decode')).toEqual([]);
});
