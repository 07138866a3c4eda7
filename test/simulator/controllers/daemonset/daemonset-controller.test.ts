import { expect, test } from 'vitest';
import { startCluster } from '../../cluster.ts';
import type { Loose, TestCluster } from '../../cluster.ts';
import type { KindKey } from '../../../../src/kubernetes/kind.ts';

const kind = 'daemonset.apps';
const labels = { app: 'agent' };

function agent(image = 'agent:1', more: object = {}): Loose {
  const container = { name: 'c', image };
  const template = { metadata: { labels }, spec: { terminationGracePeriodSeconds: 5, containers: [container] } };
  const spec = { selector: { matchLabels: labels }, template, ...more };
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec };
}

function setImage(cluster: TestCluster, image: string): void {
  const { template } = agent(image).spec;
  cluster.change(kind, 'agent', (set) => ({ ...set, spec: { ...set.spec, template } }));
}

function podsOf(cluster: TestCluster): Loose[] {
  return [...cluster.simulator.store.list('pod' as KindKey).values()];
}

/** DESIRED CURRENT READY UP-TO-DATE AVAILABLE, each state once. */
function columns(cluster: TestCluster, since = 0): readonly string[] {
  const lines = cluster.of(kind, 'agent', since).map(({ object }) => {
    const { status } = object as Loose;
    const { desiredNumberScheduled: desired, currentNumberScheduled: current, numberReady: ready } = status;
    return [desired, current, ready, status.updatedNumberScheduled ?? 0, status.numberAvailable ?? 0].join(' ');
  });
  return lines.filter((line, place) => line !== lines[place - 1]);
}

/** The largest number of nodes that were without a ready pod at the same time. */
function mostUnready(cluster: TestCluster, since: number): number {
  const ready = new Map<string, string>();
  let most = 0;
  for (const [place, { object, type, kind: of }] of cluster.changes.entries()) {
    if (of !== 'pod') continue;
    const { metadata, spec, status } = object as Loose;
    const isReady = status.conditions?.some((each: Loose) => each.type === 'Ready' && each.status === 'True');
    if (type === 'DELETED' || isReady !== true || metadata.deletionTimestamp !== undefined) ready.delete(metadata.name);
    else ready.set(metadata.name, spec.nodeName);
    if (place >= since) most = Math.max(most, 3 - new Set(ready.values()).size);
  }
  return most;
}

test('every node gets one pod, which the scheduler binds (DS-01, -02, -03)', () => {
  const cluster = startCluster({ nodes: 2 });

  cluster.create(agent());
  cluster.run();

  const pods = podsOf(cluster);
  expect(new Set(pods.map(({ spec }) => spec.nodeName))).toEqual(new Set(['kind-worker', 'kind-worker2']));
  const [revision] = [...cluster.simulator.store.list('controllerrevision.apps' as KindKey).values()] as Loose[];
  const hash = revision.metadata.labels['controller-revision-hash'];
  expect(revision).toMatchObject({ metadata: { name: `agent-${hash}` }, revision: 1 });
  expect(pods[0]).toMatchObject({
    metadata: {
      generateName: 'agent-',
      labels: { 'controller-revision-hash': hash, 'pod-template-generation': '1' },
    },
    spec: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['kind-worker'] }] }],
          },
        },
      },
    },
  });
  expect(
    pods[0].spec.tolerations.map(({ key, tolerationSeconds }: Loose) => [key.split('/')[1], tolerationSeconds]),
  ).toEqual([
    ['not-ready', undefined],
    ['unreachable', undefined],
    ['disk-pressure', undefined],
    ['memory-pressure', undefined],
    ['pid-pressure', undefined],
    ['unschedulable', undefined],
  ]);
  expect(columns(cluster).at(-1)).toBe('2 2 2 2 2');
  expect(cluster.get(kind, 'agent').status).toEqual({
    currentNumberScheduled: 2,
    numberMisscheduled: 0,
    desiredNumberScheduled: 2,
    numberReady: 2,
    observedGeneration: 1,
    updatedNumberScheduled: 2,
    numberAvailable: 2,
  });
  expect(cluster.eventsAbout('agent').filter((text) => text.startsWith('SuccessfulCreate'))).toHaveLength(2);
  expect(cluster.simulator.moving()).toEqual([]);
});

test.each([1, 2, 3])(
  'a roll replaces one node after another, the next when the new pod is there (DS-04, -05), seed %i',
  (seed) => {
    const cluster = startCluster({ nodes: 2, seed });
    cluster.create(agent());
    cluster.run();
    const mark = cluster.changes.length;

    setImage(cluster, 'agent:2');
    cluster.run();

    expect(columns(cluster, mark)).toEqual([
      '2 2 2 2 2',
      '2 2 2 0 2',
      '2 2 1 1 1',
      '2 2 2 1 2',
      '2 2 1 2 1',
      '2 2 2 2 2',
    ]);
    expect(podsOf(cluster).map(({ spec }) => spec.containers[0].image)).toEqual(['agent:2', 'agent:2']);
    expect(cluster.get(kind, 'agent').spec.templateGeneration).toBe(2);
  },
);

test('the replacement is created once the old pod has ended, before it is gone (POD-TERM-14)', () => {
  const cluster = startCluster();
  cluster.create(agent());
  cluster.run();
  const [{ metadata }] = podsOf(cluster);
  const mark = cluster.changes.length;

  cluster.remove('pod', metadata.name);
  cluster.run();

  const changes = cluster.of('pod', undefined, mark);
  const ended = changes.findIndex(({ object }) => ['Succeeded', 'Failed'].includes((object as Loose).status.phase));
  const added = changes.findIndex(({ type }) => type === 'ADDED');
  const gone = changes.findIndex(({ type }) => type === 'DELETED');
  expect(ended).toBeGreaterThan(-1);
  expect(added).toBeGreaterThan(ended);
  expect(gone).toBeGreaterThan(added);
});

test.each([
  [{ maxUnavailable: 1 }, 1],
  [{ maxUnavailable: 2 }, 2],
  [{ maxUnavailable: '60%' }, 2],
  [{ maxUnavailable: 0, maxSurge: 1 }, 0],
])('a roll with %o leaves at most %i nodes without a ready pod', (rollingUpdate, allowed) => {
  const cluster = startCluster({ nodes: 3 });
  cluster.create(agent('agent:1', { updateStrategy: { rollingUpdate } }));
  cluster.run();
  const mark = cluster.changes.length;

  setImage(cluster, 'agent:2');
  cluster.run();

  expect(mostUnready(cluster, mark)).toBeLessThanOrEqual(allowed);
  expect(columns(cluster).at(-1)).toBe('3 3 3 3 3');
  expect(podsOf(cluster)).toHaveLength(3);
});

test('OnDelete replaces only what a user deletes (DS-06)', () => {
  const cluster = startCluster({ nodes: 2 });
  cluster.create(agent('agent:1', { updateStrategy: { type: 'OnDelete' } }));
  cluster.run();

  setImage(cluster, 'agent:2');
  cluster.run();
  const before = podsOf(cluster).map(({ spec }) => spec.containers[0].image);
  cluster.remove('pod', podsOf(cluster)[0].metadata.name);
  cluster.run();

  expect(before).toEqual(['agent:1', 'agent:1']);
  expect(new Set(podsOf(cluster).map(({ spec }) => spec.containers[0].image))).toEqual(new Set(['agent:1', 'agent:2']));
});

test('a return to an earlier template gives its revision the next number (DS-10)', () => {
  const cluster = startCluster();
  cluster.create(agent());
  cluster.run();
  setImage(cluster, 'agent:2');
  cluster.run();

  setImage(cluster, 'agent:1');
  cluster.run();

  const revisions = [...cluster.simulator.store.list('controllerrevision.apps' as KindKey).values()] as Loose[];
  expect(revisions.map(({ revision, data }) => [revision, data.spec.template.spec.containers[0].image])).toEqual([
    [3, 'agent:1'],
    [2, 'agent:2'],
  ]);
});

test('a cordoned node keeps and gets its pod; a label or a NoExecute taint that stops fitting takes it (DS-07, -13)', () => {
  const cluster = startCluster({ nodes: 2 });
  const node = (change: (spec: Loose, metadata: Loose) => object): void => {
    cluster.change('node', 'kind-worker', (stored) => ({ ...stored, ...change(stored.spec, stored.metadata) }));
    cluster.run();
  };
  const nodesOf = (): string[] =>
    podsOf(cluster)
      .map(({ spec }) => spec.nodeName as string)
      .toSorted();
  node((spec, metadata) => ({
    spec: { ...spec, unschedulable: true },
    metadata: { ...metadata, labels: { ...metadata.labels, role: 'db' } },
  }));
  const { template } = agent().spec;
  cluster.create(
    agent('agent:1', { template: { ...template, spec: { ...template.spec, nodeSelector: { role: 'db' } } } }),
  );
  cluster.run();
  const cordoned = nodesOf();

  node((spec) => ({ spec: { ...spec, taints: [{ key: 'x', effect: 'NoSchedule' }] } }));
  const tainted = nodesOf();
  node((_, metadata) => ({ metadata: { ...metadata, labels: { ...metadata.labels, role: 'web' } } }));
  const moved = nodesOf();

  expect(cordoned).toEqual(['kind-worker']);
  expect(tainted).toEqual(['kind-worker']);
  expect(cluster.get(kind, 'agent').status).toMatchObject({ desiredNumberScheduled: 0, currentNumberScheduled: 0 });
  expect(moved).toEqual([]);
});

test('a failed pod is replaced, with a pause that grows (DS-06)', () => {
  const cluster = startCluster();
  cluster.create(agent());
  cluster.run();
  const fail = (): string => {
    const { name } = podsOf(cluster)[0].metadata;
    cluster.simulator.api.update(
      'pod' as KindKey,
      `default/${name}`,
      (pod) => ({ ...pod, status: { ...(pod['status'] as object), phase: 'Failed' } }),
      { subresource: 'status' },
    );
    return name;
  };

  const first = fail();
  cluster.run();

  expect(podsOf(cluster)).toHaveLength(1);
  expect(podsOf(cluster)[0].metadata.name).not.toBe(first);
  expect(cluster.eventsAbout('agent')).toContain(
    `FailedDaemonPod: Found failed daemon pod default/${first} on node kind-control-plane, will try to kill it`,
  );
});

test('a revision holds the template with its members in the order of their names, which clients compare byte by byte', () => {
  const cluster = startCluster();
  cluster.create(agent());
  cluster.run(30);

  const [revision] = [...cluster.simulator.store.list('controllerrevision.apps' as KindKey).values()] as Loose[];
  const text = JSON.stringify(revision.data);
  expect(text).toMatch(/^\{"spec":\{"template":\{"\$patch":"replace","metadata":.*"spec":\{"containers":/);
  const sorted = (value: Loose): Loose =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.keys(value)
            .toSorted()
            .map((name) => [name, sorted(value[name])]),
        );
  expect(text).toBe(JSON.stringify(sorted(revision.data)));
});
