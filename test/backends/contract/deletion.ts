// Deletion: grace, preconditions, propagation and eviction (API-DEL, API-GC).

import { expect } from 'vitest';
import { isStatus } from '../../../src/kubernetes/status.ts';
import { configMap, pod, statefulSet } from './manifests.ts';
import { address } from './stage.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import type { ContractCase, OpenedCluster } from './stage.ts';

const settings = address('configmap', 'settings');
const web = address('statefulset.apps', 'web');
const web0 = address('pod', 'web-0');
const solo = address('pod', 'solo');

function isReady(object: KubernetesObject | undefined): boolean {
  const status = object?.['status'] as { conditions?: { type: string; status: string }[] } | undefined;
  return status?.conditions?.some(({ type, status: so }) => type === 'Ready' && so === 'True') ?? false;
}

/** A set of one pod, Ready. */
async function readySet(opened: OpenedCluster): Promise<void> {
  await opened.send({ verb: 'create', object: statefulSet('web', 1) }, 201);
  await opened.become('web-0 Ready', () => isReady(opened.now(web0)));
}

/** A pod without owner, Ready. */
async function readyPod(opened: OpenedCluster): Promise<void> {
  await opened.send({ verb: 'create', object: pod('solo') }, 201);
  await opened.become('solo Ready', () => isReady(opened.now(solo)));
}

/** Deletions. */
export const deletionCases: readonly ContractCase[] = [
  {
    name: 'delete is answered with what was deleted, and then it is not there',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: configMap('settings', 'one') }, 201);

      const { body } = await opened.send({ verb: 'delete', target: settings }, 200);

      expect(body).toMatchObject({ kind: 'Status', status: 'Success', details: { name: 'settings' } });
      await opened.send({ verb: 'get', target: settings }, 404);
    },
  },
  {
    name: 'a precondition that does not hold refuses the deletion with 409',
    async run(stage) {
      const opened = await stage.open();
      const { metadata } = await opened.object({ verb: 'create', object: configMap('settings', 'one') }, 201);
      const of = (
        uid: string,
      ): { readonly verb: 'delete'; target: typeof settings; preconditions: { uid: string } } => ({
        verb: 'delete',
        target: settings,
        preconditions: { uid },
      });

      const { body } = await opened.send(of('00000000-0000-4000-8000-000000000000'), 409);

      expect(isStatus(body) && body.reason).toBe('Conflict');
      await opened.send(of(metadata.uid), 200);
    },
  },
  {
    name: 'a running pod terminates for a time before it is gone',
    async run(stage) {
      const opened = await stage.open();
      await readyPod(opened);

      const answered = await opened.object({ verb: 'delete', target: solo, graceSeconds: 7 }, 200);

      expect(answered.metadata).toMatchObject({ deletionGracePeriodSeconds: 7 });
      expect(answered.metadata.deletionTimestamp).toBeDefined();
      await opened.become('solo gone', () => opened.now(solo) === undefined);
      const events = opened.of('pod').filter(({ object }) => object.metadata.name === 'solo');
      expect(events.at(-1)?.type).toBe('DELETED');
      expect(events.find(({ object }) => object.metadata.deletionTimestamp !== undefined)?.type).toBe('MODIFIED');
    },
  },
  {
    name: 'without grace a pod is gone with the answer',
    async run(stage) {
      const opened = await stage.open();
      await readyPod(opened);

      await opened.send({ verb: 'delete', target: solo, graceSeconds: 0 }, 200);

      await opened.send({ verb: 'get', target: solo }, 404);
    },
  },
  {
    name: 'in the background, an owner goes first and its pods after it',
    async run(stage) {
      const opened = await stage.open();
      await readySet(opened);

      await opened.send({ verb: 'delete', target: web, propagation: 'Background' }, 200);

      await opened.send({ verb: 'get', target: web }, 404);
      await opened.become('web-0 gone', () => opened.now(web0) === undefined);
    },
  },
  {
    name: 'in the foreground, an owner waits for its pods',
    async run(stage) {
      const opened = await stage.open();
      await readySet(opened);

      const answered = await opened.object({ verb: 'delete', target: web, propagation: 'Foreground' }, 200);

      expect(answered.metadata.finalizers).toContain('foregroundDeletion');
      await opened.become('web gone', () => opened.now(web) === undefined);
      expect(opened.now(web0)).toBeUndefined();
    },
  },
  {
    name: 'orphaned pods stay, without their owner',
    async run(stage) {
      const opened = await stage.open();
      await readySet(opened);
      const uid = opened.now(web0)?.metadata.uid;

      await opened.send({ verb: 'delete', target: web, propagation: 'Orphan' }, 200);
      await opened.become('web gone', () => opened.now(web) === undefined);

      const left = await opened.object({ verb: 'get', target: web0 }, 200);
      expect(left.metadata.uid).toBe(uid);
      expect(left.metadata.ownerReferences ?? []).toEqual([]);
    },
  },
  {
    name: 'eviction is answered 201 and lets the pod terminate',
    async run(stage) {
      const opened = await stage.open();
      await readyPod(opened);

      const { body } = await opened.send({ verb: 'evict', target: solo }, 201);

      expect(body).toMatchObject({ kind: 'Status', status: 'Success' });
      await opened.become('solo gone', () => opened.now(solo) === undefined);
    },
  },
];
