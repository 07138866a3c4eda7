import { expect, test } from 'vitest';
import { podLine, podManifest, second, startCluster } from '../cluster.ts';
import type { PodChoice, TestCluster } from '../cluster.ts';

const created = [
  'ADDED | Pending | S P I R C | gen -/1',
  'Pending | bound | S+ P I R C | gen -/1',
  'Pending | bound | S+ P- I+ R- C- | ContainerCreating | gen 1/1',
  'Pending | bound | S+ P+ I+ R- C- | ContainerCreating | gen 1/1',
  'Running | bound | S+ P+ I+ R+ C+ | ip | running ready | gen 1/1',
];
const deleted = [
  'Running | bound | S+ P+ I+ R+ C+ | ip | running ready | grace 10 | gen 1/2',
  'Running | bound | S+ P+ I+ R+ C+ | ip | running ready | grace 10 | gen 2/2',
  'Succeeded | bound | S+ P- I+ R- C- | ip | Completed | grace 10 | gen 2/2',
  'Succeeded | bound | S+ P- I+ R- C- | ip | Completed | grace 0 | gen 2/2',
  'DELETED | Succeeded | bound | S+ P- I+ R- C- | ip | Completed | grace 0 | gen 2/2',
];

function lines(cluster: TestCluster, name = 'web', since = 0): readonly string[] {
  return cluster.of('pod', name, since).map(podLine);
}

function startPod(choice: PodChoice = {}, seed = 1): TestCluster {
  const cluster = startCluster({ seed });
  cluster.create(podManifest('web', choice));
  cluster.run();
  return cluster;
}

test('a pod comes up with the five writes of POD-NEW-01', () => {
  expect(lines(startPod())).toEqual(created);
});

test('under every seed the writes are those, but for the one that a late first status swallows (POD-NEW-02)', () => {
  const seen = Array.from({ length: 150 }, (_, seed) => lines(startPod({}, seed + 150)).join('\n'));

  const without = created.filter((_, place) => place !== 2).join('\n');
  expect(new Set(seen)).toEqual(new Set([created.join('\n'), without]));
  expect(seen.filter((each) => each === without).length).toBeLessThan(15);
});

test('the conditions stand in the recorded order, with the messages of waiting containers', () => {
  const cluster = startPod();
  const [, , first] = cluster.of('pod', 'web');

  const { conditions } = (first!.object as unknown as { status: { conditions: { type: string }[] } }).status;
  expect(conditions.map(({ type }) => type)).toEqual([
    'PodReadyToStartContainers',
    'Initialized',
    'Ready',
    'ContainersReady',
    'PodScheduled',
  ]);
  expect(conditions[2]).toMatchObject({
    status: 'False',
    reason: 'ContainersNotReady',
    message: 'containers with unready status: [c]',
    observedGeneration: 1,
    lastProbeTime: null,
  });
});

test('a running container tells the full name of its image, its content and its mounts', () => {
  expect(startPod().get('pod', 'web').status).toMatchObject({
    qosClass: 'BestEffort',
    hostIP: '172.18.0.2',
    podIPs: [{ ip: '10.244.0.2' }],
    containerStatuses: [
      {
        image: 'docker.io/library/nginx:1.24',
        imageID: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        containerID: expect.stringMatching(/^containerd:\/\/[0-9a-f]{64}$/),
        lastState: {},
        started: true,
        restartCount: 0,
        volumeMounts: [{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', recursiveReadOnly: 'Disabled' }],
      },
    ],
  });
});

test('events tell the steps of the start', () => {
  expect(startPod().eventsAbout('web')).toEqual([
    'Scheduled: Successfully assigned default/web to kind-control-plane',
    'Pulled: Container image "nginx:1.24" already present on machine and can be accessed by the pod',
    'Created: Container created',
    'Started: Container started',
  ]);
});

test('a deleted pod stops with the five writes of POD-TERM-01, and nothing is left to happen', () => {
  const cluster = startPod();
  const mark = cluster.changes.length;

  cluster.remove('pod', 'web');
  cluster.run();

  expect(lines(cluster, 'web', mark)).toEqual(deleted);
  expect(cluster.eventsAbout('web').at(-1)).toBe('Killing: Stopping container c');
  expect(cluster.simulator.moving()).toEqual([]);
});

test('a pod that is stopped tells in its conditions that it completed', () => {
  const cluster = startPod();
  cluster.remove('pod', 'web');
  cluster.run();

  const last = cluster.of('pod', 'web').at(-1)?.object as unknown as { status: { conditions: object[] } };
  expect(last.status.conditions).toMatchObject([
    { type: 'PodReadyToStartContainers', status: 'False' },
    { type: 'Initialized', status: 'True', reason: 'PodCompleted' },
    { type: 'Ready', status: 'False', reason: 'PodCompleted' },
    { type: 'ContainersReady', status: 'False', reason: 'PodCompleted' },
    { type: 'PodScheduled', status: 'True' },
  ]);
});

test('a container that is not done when the grace period is over is killed, and the pod has failed', () => {
  const cluster = startPod({ container: { lifecycle: { preStop: { sleep: { seconds: 60 } } } } });
  const mark = cluster.changes.length;

  cluster.remove('pod', 'web');
  cluster.run();

  const changes = cluster.of('pod', 'web', mark);
  const failed = changes.find(({ object }) => podLine({ ...changes[0]!, object }).startsWith('Failed'));
  expect(failed?.object).toMatchObject({
    status: { containerStatuses: [{ state: { terminated: { exitCode: 137, reason: 'Error' } } }] },
  });
  const after = (failed!.at - changes[0]!.at) / second;
  expect(after).toBeGreaterThan(10);
  expect(after).toBeLessThan(10.3);
});

test('a hook that is shorter than the grace period delays the end, and the pod succeeds', () => {
  const cluster = startPod({ container: { lifecycle: { preStop: { sleep: { seconds: 4 } } } } });
  const mark = cluster.changes.length;

  cluster.remove('pod', 'web');
  cluster.run();

  const changes = cluster.of('pod', 'web', mark);
  const ended = changes.find((change) => podLine(change).startsWith('Succeeded'));
  expect((ended!.at - changes[0]!.at) / second).toBeGreaterThan(4);
});

test('a later, shorter grace period does not hurry the kubelet (POD-TERM-11)', () => {
  const cluster = startPod({ container: { lifecycle: { preStop: { sleep: { seconds: 60 } } } } });
  cluster.remove('pod', 'web', { gracePeriodSeconds: 30 });
  const { now } = cluster.simulator.clock;
  cluster.run(2);

  cluster.remove('pod', 'web', { gracePeriodSeconds: 5 });
  cluster.run();

  const ended = cluster.of('pod', 'web').find((change) => podLine(change).startsWith('Failed'));
  expect((ended!.at - now) / second).toBeGreaterThan(30);
});

test('a pod deleted by force is gone at once, still ready, and its container is killed afterwards', () => {
  const cluster = startPod();
  const mark = cluster.changes.length;

  cluster.remove('pod', 'web', { gracePeriodSeconds: 0 });
  cluster.run();

  expect(lines(cluster, 'web', mark)).toEqual([
    'Running | bound | S+ P+ I+ R+ C+ | ip | running ready | grace 0 | gen 1/2',
    'DELETED | Running | bound | S+ P+ I+ R+ C+ | ip | running ready | grace 0 | gen 1/2',
  ]);
  const killing = cluster.changes.findIndex(({ object }) => object['reason'] === 'Killing');
  expect(killing).toBeGreaterThan(cluster.changes.findIndex(({ type, kind }) => kind === 'pod' && type === 'DELETED'));
});

test('a pod of the same name gets another uid and another address', () => {
  const cluster = startPod();
  const first = cluster.get('pod', 'web');
  cluster.remove('pod', 'web');
  cluster.run();

  cluster.create(podManifest('web'));
  cluster.run();

  expect(cluster.get('pod', 'web').metadata.uid).not.toBe(first.metadata.uid);
  expect(cluster.get('pod', 'web').status.podIP).not.toBe(first.status.podIP);
});

test('several containers start one after the other and are told together (POD-NEW-08)', () => {
  const cluster = startPod({ spec: { containers: ['a', 'b'].map((name) => ({ name, image: 'nginx:1.24' })) } });

  expect(lines(cluster).slice(2)).toEqual([
    'Pending | bound | S+ P- I+ R- C- | ContainerCreating, ContainerCreating | gen 1/1',
    'Pending | bound | S+ P+ I+ R- C- | ContainerCreating, ContainerCreating | gen 1/1',
    'Running | bound | S+ P+ I+ R+ C+ | ip | running ready, running ready | gen 1/1',
  ]);
});

test('a readiness probe lets a pod run before it is ready, and its delay is a deadline', () => {
  const cluster = startCluster();
  const readinessProbe = { httpGet: { port: 80 }, initialDelaySeconds: 20 };
  cluster.create(podManifest('web', { container: { readinessProbe } }));
  cluster.run(10);
  const early = cluster.simulator.moving().map((timer) => timer.class);

  cluster.run();

  expect(lines(cluster).slice(-2)).toEqual([
    'Running | bound | S+ P+ I+ R- C- | ip | running | gen 1/1',
    'Running | bound | S+ P+ I+ R+ C+ | ip | running ready | gen 1/1',
  ]);
  expect(early).toEqual(['deadline']);
});

test('a startup probe holds back started, and readiness after it', () => {
  const cluster = startPod({
    container: {
      startupProbe: { httpGet: { port: 80 }, initialDelaySeconds: 2 },
      readinessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 1 },
    },
  });

  const states = cluster
    .of('pod', 'web')
    .map(
      ({ object }) =>
        (object as unknown as { status: { containerStatuses?: { started: boolean; ready: boolean }[] } }).status,
    )
    .flatMap(({ containerStatuses = [] }) => containerStatuses.map(({ started, ready }) => `${started} ${ready}`));
  expect([...new Set(states)]).toEqual(['false false', 'true false', 'true true']);
});

test('a readiness gate keeps a pod unready until somebody sets its condition (POD-COND-01)', () => {
  const cluster = startPod({ spec: { readinessGates: [{ conditionType: 'example.com/open' }] } });
  const before = cluster.get('pod', 'web').status.conditions[2];
  const condition = { type: 'example.com/open', status: 'True', lastProbeTime: null, lastTransitionTime: null };

  cluster.simulator.api.handle({
    verb: 'patch',
    patchType: 'strategic',
    group: '',
    version: 'v1',
    resource: 'pods',
    namespace: 'default',
    name: 'web',
    subresource: 'status',
    body: { status: { conditions: [condition] } },
  });
  cluster.run();

  expect(before).toMatchObject({
    type: 'Ready',
    reason: 'ReadinessGatesNotReady',
    message: 'corresponding condition of pod readiness gate "example.com/open" does not exist.',
  });
  const { conditions } = cluster.get('pod', 'web').status;
  expect(conditions.map(({ type, status }: { type: string; status: string }) => `${type} ${status}`)).toEqual([
    'example.com/open True',
    'PodReadyToStartContainers True',
    'Initialized True',
    'Ready True',
    'ContainersReady True',
    'PodScheduled True',
  ]);
});

test('init containers run one by one, a sidecar beside what follows it (POD-INIT)', () => {
  const cluster = startPod({
    spec: {
      initContainers: [
        { name: 'i1', image: 'busybox:1' },
        { name: 'side', image: 'busybox:1', restartPolicy: 'Always' },
        { name: 'i2', image: 'busybox:1' },
      ],
    },
  });
  const mark = cluster.changes.length;
  cluster.remove('pod', 'web');
  cluster.run();

  expect(lines(cluster).slice(2, -5)).toEqual([
    'Pending | bound | S+ P- I- R- C- | PodInitializing, PodInitializing, PodInitializing, PodInitializing | gen 1/1',
    'Pending | bound | S+ P+ I- R- C- | ip | PodInitializing, PodInitializing, PodInitializing, PodInitializing | gen 1/1',
    'Pending | bound | S+ P+ I- R- C- | ip | running, PodInitializing, PodInitializing, PodInitializing | gen 1/1',
    'Pending | bound | S+ P+ I- R- C- | ip | Completed ready, PodInitializing, PodInitializing, PodInitializing | gen 1/1',
    'Pending | bound | S+ P+ I- R- C- | ip | Completed ready, running ready, PodInitializing, PodInitializing | gen 1/1',
    'Pending | bound | S+ P+ I- R- C- | ip | Completed ready, running ready, running, PodInitializing | gen 1/1',
    'Pending | bound | S+ P+ I+ R- C- | ip | Completed ready, running ready, Completed ready, PodInitializing | gen 1/1',
    'Running | bound | S+ P+ I+ R+ C+ | ip | Completed ready, running ready, Completed ready, running ready | gen 1/1',
  ]);
  expect(lines(cluster, 'web', mark).at(-1)).toContain('DELETED | Succeeded');
});

test('an image that cannot be pulled alternates between its two reasons, and can be put right', () => {
  const cluster = startCluster();
  cluster.create(podManifest('web', { container: { image: 'example.invalid/web:1' } }));
  cluster.run(60);
  const classes = new Set(cluster.simulator.moving().map((timer) => timer.class));
  const reasons = lines(cluster).map((line) => /Err\w+|ImagePullBackOff/.exec(line)?.[0]);

  cluster.change('pod', 'web', (pod) => ({
    ...pod,
    spec: { ...pod.spec, containers: [{ ...pod.spec.containers[0], image: 'nginx:1.24' }] },
  }));
  cluster.run(5);

  expect(reasons.filter((reason) => reason !== undefined).slice(0, 3)).toEqual([
    'ErrImagePull',
    'ImagePullBackOff',
    'ErrImagePull',
  ]);
  expect([...classes]).toEqual(['retry']);
  expect(lines(cluster).at(-1)).toBe('Running | bound | S+ P+ I+ R+ C+ | ip | running ready | gen 2/2');
  expect(cluster.eventsAbout('web')).toContain('Error: ErrImagePull'.replace('Error', 'Failed: Error'));
});

test('a pod that is deleted before it ran fails with lost containers and does not wait for its grace (POD-TERM-07)', () => {
  const cluster = startCluster();
  cluster.create(podManifest('web', { container: { image: 'example.invalid/web:1' } }));
  cluster.run(5);
  const mark = cluster.changes.length;

  cluster.remove('pod', 'web');
  cluster.run();

  expect(lines(cluster, 'web', mark)).toEqual([
    'Pending | bound | S+ P+ I+ R- C- | ip | ErrImagePull | grace 10 | gen 1/2',
    'Pending | bound | S+ P+ I+ R- C- | ip | ContainerCreating | grace 10 | gen 2/2',
    'Failed | bound | S+ P- I+ R- C- | ip | ContainerStatusUnknown | grace 10 | gen 2/2',
    'Failed | bound | S+ P- I+ R- C- | ip | ContainerStatusUnknown | grace 0 | gen 2/2',
    'DELETED | Failed | bound | S+ P- I+ R- C- | ip | ContainerStatusUnknown | grace 0 | gen 2/2',
  ]);
});

test('a new image of a running pod restarts its container in the same pod (POD-IMG-05)', () => {
  const cluster = startPod();
  const { uid } = cluster.get('pod', 'web').metadata;

  cluster.change('pod', 'web', (pod) => ({
    ...pod,
    spec: { ...pod.spec, containers: [{ ...pod.spec.containers[0], image: 'nginx:1.25' }] },
  }));
  cluster.run();

  expect(cluster.get('pod', 'web')).toMatchObject({
    metadata: { uid, generation: 2 },
    status: { containerStatuses: [{ image: 'docker.io/library/nginx:1.25', restartCount: 1, ready: true }] },
  });
  expect(cluster.eventsAbout('web')).toContain('Killing: Container c definition changed, will be restarted');
});

test('a missing ConfigMap keeps a container from being created until it is there', () => {
  const cluster = startCluster();
  cluster.create(podManifest('web', { container: { envFrom: [{ configMapRef: { name: 'settings' } }] } }));
  cluster.run(5);
  const before = lines(cluster).at(-1);

  cluster.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  cluster.run();

  expect(before).toContain('CreateContainerConfigError');
  expect(cluster.eventsAbout('web')).toContain('Failed: Error: configmap "settings" not found');
  expect(lines(cluster).at(-1)).toContain('running ready');
});

test('a missing Secret keeps a volume from being mounted until it is there', () => {
  const cluster = startCluster();
  cluster.create(podManifest('web', { spec: { volumes: [{ name: 'v', secret: { secretName: 'key' } }] } }));
  cluster.run(5);
  const before = lines(cluster).at(-1);

  cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' } });
  cluster.run();

  expect(before).toBe('Pending | bound | S+ P- I+ R- C- | ContainerCreating | gen 1/1');
  expect(cluster.eventsAbout('web')).toContain(
    'FailedMount: MountVolume.SetUp failed for volume "v" : secret "key" not found',
  );
  expect(lines(cluster).at(-1)).toContain('running ready');
});
