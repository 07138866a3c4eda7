// One case for each capability: who declares it must be able to show it.

import { expect } from 'vitest';
import { claim, pod, service, volume } from './manifests.ts';
import { address } from './stage.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import type { ContractCase, OpenedCluster } from './stage.ts';

const data = address('persistentvolumeclaim', 'data');
const solo = address('pod', 'solo');

function phase(object: KubernetesObject | undefined): string | undefined {
  return (object?.['status'] as { phase?: string } | undefined)?.phase;
}

function ready(object: KubernetesObject | undefined): string | undefined {
  return condition(object, 'Ready');
}

function condition(object: KubernetesObject | undefined, wanted: string): string | undefined {
  const status = object?.['status'] as { conditions?: { type: string; status: string }[] } | undefined;
  return status?.conditions?.find(({ type }) => type === wanted)?.status;
}

async function readyPod(opened: OpenedCluster, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await opened.send({ verb: 'create', object: pod('solo', more) }, 201);
  await opened.become('solo Ready', () => ready(opened.now(solo)) === 'True');
}

/** Capabilities. */
export const capabilityCases: readonly ContractCase[] = [
  {
    name: 'static-volumes: a claim without class takes a volume that is there',
    capability: 'static-volumes',
    async run(stage) {
      const opened = await stage.open(['static-volumes']);
      const { namespace } = opened.cluster;
      await opened.send({ verb: 'create', object: volume('contract-data', { namespace, name: 'data' }) }, 201);
      await opened.send({ verb: 'create', object: claim('data', { storageClassName: '' }) }, 201);

      await opened.become('data Bound', () => phase(opened.now(data)) === 'Bound');

      expect(opened.now(data)?.['spec']).toMatchObject({ volumeName: 'contract-data' });
    },
  },
  {
    name: 'no-default-class: a claim that names no class gets none, and stays Pending',
    capability: 'no-default-class',
    async run(stage) {
      const opened = await stage.open(['no-default-class']);

      const created = await opened.object({ verb: 'create', object: claim('data') }, 201);
      await opened.pass(10_000);

      expect((created['spec'] as { storageClassName?: string }).storageClassName).toBeUndefined();
      expect(phase(opened.now(data))).toBe('Pending');
    },
  },
  {
    name: 'dynamic-storage: a claim that names no class gets a volume when a pod uses it',
    capability: 'dynamic-storage',
    async run(stage) {
      const opened = await stage.open(['dynamic-storage']);
      await opened.send({ verb: 'create', object: claim('data') }, 201);

      await readyPod(opened, {
        containers: [
          { name: 'main', image: 'registry.k8s.io/pause:3.10', volumeMounts: [{ name: 'data', mountPath: '/data' }] },
        ],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
      });

      expect(phase(opened.now(data))).toBe('Bound');
      expect(opened.of('persistentvolume').length).toBeGreaterThan(0);
    },
  },
  {
    name: 'readiness-control: a pod is made not ready, and recovers',
    capability: 'readiness-control',
    async run(stage) {
      const opened = await stage.open(['readiness-control']);
      await readyPod(opened);

      await opened.cluster.inject({ how: 'notReady', targets: [solo] });
      await opened.become('solo not ready', () => ready(opened.now(solo)) === 'False');
      await opened.cluster.inject({ how: 'recover', targets: [solo] });
      await opened.become('solo ready again', () => ready(opened.now(solo)) === 'True');
    },
  },
  {
    name: 'node-failure: a node that stops is not ready, and comes back',
    capability: 'node-failure',
    async run(stage) {
      const opened = await stage.open(['node-failure']);
      const node = address('node', opened.of('node')[0]?.object.metadata.name ?? '');

      await opened.cluster.inject({ how: 'stop', targets: [node] });
      await opened.become('the node unknown', () => ready(opened.now(node)) === 'Unknown');
      await opened.cluster.inject({ how: 'recover', targets: [node] });
      await opened.become('the node ready again', () => ready(opened.now(node)) === 'True');
    },
  },
  {
    name: 'dns: a pod of a headless service has a name that resolves to its address',
    capability: 'dns',
    async run(stage) {
      const opened = await stage.open(['dns']);
      await opened.send({ verb: 'create', object: service('solo') }, 201);
      await readyPod(opened, {
        hostname: 'solo',
        subdomain: 'solo',
        containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }],
      });
      await opened.pass(2000);

      const { body } = await opened.send({ verb: 'resolve', name: 'solo.solo', type: 'A' }, 200);
      const nobody = await opened.send({ verb: 'resolve', name: 'nobody.solo', type: 'A' }, 200);

      const status = opened.now(solo)?.['status'] as { podIP: string } | undefined;
      expect(body).toMatchObject({ records: [{ address: status?.podIP }] });
      expect(nobody.body).toMatchObject({ records: [] });
    },
  },
  {
    name: 'exec: a command runs in a container, and its output and exit code are answered',
    capability: 'exec',
    async run(stage) {
      const opened = await stage.open(['exec']);
      await readyPod(opened, { containers: [{ name: 'main', image: 'busybox:1.37', command: ['sleep', '600'] }] });

      const said = await opened.send({ verb: 'exec', target: solo, command: ['echo', 'hello'] }, 200);
      const failed = await opened.send({ verb: 'exec', target: solo, command: ['sh', '-c', 'exit 3'] }, 200);

      expect(said.body).toMatchObject({ stdout: 'hello\n', exitCode: 0 });
      expect(failed.body).toMatchObject({ exitCode: 3 });
      await opened.send({ verb: 'exec', target: address('pod', 'nobody'), command: ['true'] }, 404);
    },
  },
  {
    name: 'custom-resources: a definition brings its kind, and objects of it are kept',
    capability: 'custom-resources',
    async run(stage) {
      const opened = await stage.open(['custom-resources']);
      const names = { kind: 'Thing', plural: 'things', singular: 'thing' };
      const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
      const definition = {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'things.contract.example.com' },
        spec: {
          group: 'contract.example.com',
          scope: 'Namespaced',
          names,
          versions: [{ name: 'v1', served: true, storage: true, schema }],
        },
      };
      const thing = {
        apiVersion: 'contract.example.com/v1',
        kind: 'Thing',
        metadata: { name: 'one' },
        spec: { size: 3 },
      };
      const crd = address('customresourcedefinition.apiextensions.k8s.io', definition.metadata.name);
      const established = (): boolean => condition(opened.now(crd), 'Established') === 'True';

      await opened.send({ verb: 'apply', object: definition }, 201);
      await opened.become('the kind established', established);
      await opened.send({ verb: 'apply', object: thing }, 201);
      await opened.become('the thing seen', () => opened.of('thing.contract.example.com').length > 0);

      const read = await opened.object({ verb: 'get', target: address('thing.contract.example.com', 'one') }, 200);
      expect(read['spec']).toEqual({ size: 3 });
    },
  },
];
