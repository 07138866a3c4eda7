// Watch events: all of them, each once, in the order of their resourceVersions, and of this run only.

import { expect } from 'vitest';
import { compareResourceVersions } from '../../../src/trace/resource-version.ts';
import { configMap, service, statefulSet, volume } from './manifests.ts';
import { address } from './stage.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import type { ContractCase, OpenedCluster, Seen } from './stage.ts';

const web = address('statefulset.apps', 'web');
const scale = { verb: 'patch', target: web, type: 'merge', subresource: 'scale' } as const;

/** A story with creations, changes and deletions of several kinds. */
async function story(opened: OpenedCluster): Promise<void> {
  const pods = (): number => opened.of('pod').filter(({ type }) => type === 'DELETED').length;
  const ready = (): unknown => (opened.now(web)?.['status'] as { readyReplicas?: number } | undefined)?.readyReplicas;
  await opened.send({ verb: 'apply', object: service('web') }, 201);
  await opened.send({ verb: 'apply', object: statefulSet('web', 2) }, 201);
  await opened.become('two Ready', () => ready() === 2);
  await opened.send({ ...scale, body: { spec: { replicas: 1 } } }, 200);
  await opened.become('one gone', () => pods() === 1);
  await opened.send({ ...scale, body: { spec: { replicas: 2 } } }, 200);
  await opened.become('two again', () => ready() === 2 && opened.of('pod').length > 0);
}

function byUid(seen: readonly Seen[]): ReadonlyMap<string, readonly Seen[]> {
  const events = new Map<string, Seen[]>();
  for (const event of seen) {
    const { uid } = event.object.metadata;
    events.set(uid, [...(events.get(uid) ?? []), event]);
  }
  return events;
}

/** Watch events. */
export const eventCases: readonly ContractCase[] = [
  {
    name: 'events come in the order of their resourceVersions, none twice',
    async run(stage) {
      const opened = await stage.open();

      await story(opened);

      const versions = opened.seen.map(({ object }) => object.metadata.resourceVersion);
      const wrong = versions.filter((one, at) => at > 0 && compareResourceVersions(versions[at - 1] ?? '', one) >= 0);
      expect(versions.length).toBeGreaterThan(20);
      expect(wrong).toEqual([]);
    },
  },
  {
    name: 'an object is ADDED once, then MODIFIED, then DELETED at most once and last',
    async run(stage) {
      const opened = await stage.open();

      await story(opened);

      const lives = [...byUid(opened.seen)].map(
        ([uid, events]) => `${uid} ${events.map(({ type }) => type[0]).join('')}`,
      );
      expect(lives.filter((life) => !/ AM*D?$/.test(life))).toEqual([]);
      expect(lives.some((life) => / AM+D$/.test(life))).toBe(true);
    },
  },
  {
    name: 'what the events leave is what a list shows: nothing is lost',
    async run(stage) {
      const opened = await stage.open();

      await story(opened);

      for (const kind of ['pod', 'service', 'statefulset.apps', 'controllerrevision.apps']) {
        const list = await opened.object({ verb: 'list', kind: address(kind, '').kind }, 200);
        const listed = (list['items'] as readonly KubernetesObject[]).map(versionOf);
        const left = new Map<string, string>();
        for (const { type, object } of opened.of(kind)) {
          if (type === 'DELETED') left.delete(object.metadata.uid);
          else left.set(object.metadata.uid, versionOf(object));
        }
        expect([kind, ...[...left.values()].toSorted()]).toEqual([kind, ...listed.toSorted()]);
      }
    },
  },
  {
    name: 'every accepted write has its event, in the order of the writes',
    async run(stage) {
      const opened = await stage.open();
      const versions: string[] = [];

      for (let write = 0; write < 25; write += 1) {
        const object = configMap('settings', `${write}`);
        const written = await opened.object({ verb: 'apply', object }, write === 0 ? 201 : 200);
        versions.push(written.metadata.resourceVersion);
      }
      await opened.pass(1000);

      const events = opened.of('configmap').filter(({ object }) => object.metadata.name === 'settings');
      expect(events.map(({ object }) => object.metadata.resourceVersion)).toEqual(versions);
      expect(events.map(({ object }) => object['data'])).toEqual(versions.map((_, write) => ({ value: `${write}` })));
    },
  },
  {
    name: 'events are of the run’s own namespace, and of what belongs to none',
    async run(stage) {
      const opened = await stage.open();
      const { namespace } = opened.cluster;
      const kept = volume('contract-volume', { namespace, name: 'nobody' });

      await story(opened);
      await opened.send({ verb: 'create', object: kept }, 201);
      await opened.become('the volume seen', () => opened.of('persistentvolume').length > 0);
      await opened.send({ verb: 'delete', target: address('persistentvolume', 'contract-volume') }, 200);

      const namespaces = new Set(opened.seen.map(({ object }) => object.metadata.namespace));
      expect(namespaces).toEqual(new Set([undefined, namespace]));
    },
  },
  {
    name: 'what was there before is told when the cluster is opened: the namespace and its defaults',
    async run(stage) {
      const opened = await stage.open();

      const before = opened.seen.map(({ type, object }) => `${type} ${object.kind} ${object.metadata.name}`);
      expect(before).toContain(`ADDED Namespace ${opened.cluster.namespace}`);
      expect(before).toContain('ADDED ServiceAccount default');
      expect(opened.seen.filter(({ type, at }) => type !== 'ADDED' || at !== 0)).toEqual([]);
    },
  },
];

function versionOf({ metadata }: KubernetesObject): string {
  return `${metadata.name} ${metadata.resourceVersion}`;
}
