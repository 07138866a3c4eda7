// What a pod costs on the whole simulator, with claims, Events and EndpointSlices, and how many observations a second it
// makes. Run: npx tsc -p bench; node out/bench/simulator.js [replicas…]
import { composeKindKey } from '../src/kubernetes/kind.ts';
import { createSimulator, type Simulator } from '../src/simulator/simulator.ts';
import type { Manifest } from '../src/kubernetes/object.ts';
const setKind = composeKindKey('apps', 'StatefulSet');
const hours = 3_600_000_000;
function set(podManagementPolicy: string, withService: boolean): readonly Manifest[] {
  const labels = { app: 'web' };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'bench' },
    spec: { clusterIP: 'None', selector: labels, ports: [{ port: 80 }] },
  };
  const sets = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'bench' },
    spec: {
      serviceName: 'web',
      replicas: 0,
      podManagementPolicy,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'nginx', image: 'nginx:1.24', volumeMounts: [{ name: 'www', mountPath: '/www' }] }],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'www' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  };
  return withService ? [service, sets] : [sets];
}
function scale(simulator: Simulator, replicas: number): void {
  const scaled = simulator.api.update(setKind, 'bench/web', (current) => ({
    ...current,
    spec: { ...(current['spec'] as object), replicas },
  }));
  if (!scaled.ok) throw new Error(scaled.status.message);
  const end = simulator.until(() => false, simulator.clock.now + 100 * hours);
  const { readyReplicas = 0 } = simulator.store.get(setKind, 'bench/web')!['status'] as {
    readonly readyReplicas?: number;
  };
  if (end !== 'idle' || readyReplicas !== replicas)
    throw new Error(`${end} with ${readyReplicas} of ${replicas} ready`);
}
interface Measured {
  readonly up: number;
  readonly down: number;
  readonly observations: number;
  readonly perSecond: number;
}

function measure(replicas: number, policy: string, withService: boolean): Measured {
  const capacity = { pods: '12000', cpu: '100000', memory: '100000Gi' };
  const simulator = createSimulator({ seed: 1, nodes: Math.max(3, Math.ceil(replicas / 1000)), capacity });
  const objects: readonly Manifest[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bench' } },
    ...set(policy, withService),
  ];
  for (const object of objects) {
    const created = simulator.api.create(object);
    if (!created.ok) throw new Error(created.status.message);
    simulator.until(() => false, simulator.clock.now + 1_000_000);
  }
  const before = simulator.store.revision;
  const start = performance.now();
  scale(simulator, replicas);
  const middle = performance.now();
  scale(simulator, 0);
  const end = performance.now();
  const observations = simulator.store.revision - before;
  return {
    up: ((middle - start) * 1000) / replicas,
    down: ((end - middle) * 1000) / replicas,
    observations,
    perSecond: (observations * 1000) / (end - start),
  };
}
const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [100, 1_000, 10_000];
for (const withService of [false, true]) {
  for (const policy of ['OrderedReady', 'Parallel']) {
    for (let run = 0; run < 15; run++) measure(100, policy, withService);
    console.log(`\n${policy}, ${withService ? 'with a Service (EndpointSlices)' : 'no Service'}`);
    for (const replicas of sizes) {
      // As many pods in all for each size, so that no size is measured colder than another.
      const runs = Math.max(1, Math.min(9, Math.round(10_000 / replicas)));
      const results = Array.from({ length: runs }, () => measure(replicas, policy, withService));
      const { up, down, observations, perSecond } = results.toSorted((a, b) => a.up - b.up)[Math.floor(runs / 2)]!;
      console.log(
        `  ${String(replicas).padStart(6)} pods   up ${up.toFixed(0).padStart(4)} us   down ${down.toFixed(0).padStart(4)} us   ` +
          `${(observations / replicas).toFixed(1)} observations a pod   ${Math.round(perSecond / 1000)}k a second`,
      );
    }
  }
}
