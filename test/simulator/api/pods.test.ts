import { describe, expect, test } from 'vitest';
import { createServer, mustCreate, send } from './server.ts';
import { kindKey } from '../../../src/kubernetes/kind.ts';
import type { Json, KubernetesObject, Manifest } from '../../../src/kubernetes/object.ts';
import type { Status } from '../../../src/kubernetes/status.ts';
import type { ApiResponse } from '../../../src/simulator/api/server.ts';
import type { TestServer } from './server.ts';

const podKey = kindKey({ apiVersion: 'v1', kind: 'Pod' });
const budgetKey = kindKey({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' });

function pod(spec: object = {}, metadata: object = {}): Manifest {
  const containers = [{ name: 'c', image: 'nginx:1.24' }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'ns', ...metadata },
    spec: { containers, ...spec },
  };
}

function server(): TestServer {
  return createServer({ namespaces: ['ns'] });
}

describe('a new pod', () => {
  test('has no conditions and the class of what it asks for (API-PODDEF-04)', () => {
    const { api } = server();
    const limits = { cpu: '1000m', memory: '1Gi' };

    const created = mustCreate(api, pod({ containers: [{ name: 'c', image: 'i', resources: { limits } }] }));

    expect(created['status']).toEqual({ phase: 'Pending', qosClass: 'Guaranteed' });
  });

  test('gets 300 s for failing nodes where it does not say itself (API-PODDEF-03)', () => {
    const { api } = server();
    const own = {
      key: 'node.kubernetes.io/unreachable',
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 5,
    };

    const created = mustCreate(api, pod({ tolerations: [own] }));

    expect(created).toMatchObject({
      spec: { tolerations: [own, { key: 'node.kubernetes.io/not-ready', tolerationSeconds: 300 }] },
    });
  });

  test.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.24', 'IfNotPresent'],
    ['registry:5000/nginx', 'Always'],
    [`nginx@sha256:${'a'.repeat(64)}`, 'IfNotPresent'],
  ])('pulls %s %s (API-PODDEF-02)', (image, imagePullPolicy) => {
    const { api } = server();

    const created = mustCreate(api, pod({ containers: [{ name: 'c', image }] }));

    expect(created).toMatchObject({ spec: { containers: [{ imagePullPolicy }] } });
  });

  test('mounts no token when it says so', () => {
    const { api } = server();

    const created = mustCreate(api, pod({ automountServiceAccountToken: false }));

    expect(created).not.toHaveProperty('spec.volumes');
  });

  test('is refused when it names an account that is not there (API-PODDEF-05)', () => {
    const { api } = server();

    const created = api.create(pod({ serviceAccountName: 'nobody' }));

    expect(created).toMatchObject({
      status: {
        code: 403,
        message: 'pods "p" is forbidden: error looking up service account ns/nobody: serviceaccount "nobody" not found',
      },
    });
  });

  test('waits for its gates (SCHED-10)', () => {
    const { api } = server();

    const created = mustCreate(api, pod({ schedulingGates: [{ name: 'example.com/wait' }] }));

    expect(created).toMatchObject({
      status: { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] },
    });
  });

  test('with a generated name keeps what it was made of (API-META-09)', () => {
    const { api } = server();

    const created = mustCreate(api, pod({}, { name: undefined, generateName: 'web-' }));

    expect(created.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(created.metadata.generateName).toBe('web-');
  });
});

describe('an update of a pod', () => {
  const patch = (body: Json): { readonly answer: ApiResponse; readonly before: KubernetesObject } => {
    const { api } = server();
    const before = mustCreate(api, pod());
    return { before, answer: send(api, { verb: 'patch', resource: 'pods', name: 'p', patchType: 'strategic', body }) };
  };

  test('may change images, and that is a new generation (API-PODDEF-06, API-META-07)', () => {
    const { answer } = patch({ spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } });

    expect(answer.body).toMatchObject({ spec: { containers: [{ image: 'nginx:1.25' }] }, metadata: { generation: 2 } });
  });

  test.each<readonly [what: string, body: Json, field: string]>([
    ['commands', { spec: { containers: [{ name: 'c', command: ['x'] }] } }, 'spec'],
    ['the node', { spec: { nodeName: 'n' } }, 'spec'],
    ['the number of containers', { spec: { containers: [{ name: 'd', image: 'i' }] } }, 'spec.containers'],
    ['tolerations that it has', { spec: { tolerations: [] } }, 'spec.tolerations'],
  ])('may not change %s', (_, body, field) => {
    const { answer } = patch(body);

    expect((answer.body as Status).details?.causes?.map((cause) => cause.field)).toContain(field);
  });

  test('leaves the node to the binding, which leaves the generation (API-META-07)', () => {
    const { api, changes } = server();
    mustCreate(api, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n', labels: { 'topology.kubernetes.io/zone': 'a' } },
    });
    mustCreate(api, pod());
    const request = {
      verb: 'create',
      resource: 'pods',
      name: 'p',
      subresource: 'binding',
      body: { target: { kind: 'Node', name: 'n' } },
    } as const;

    const bound = send(api, request);
    const again = send(api, request);

    expect(bound).toMatchObject({ code: 201, body: { status: 'Success' } });
    expect(changes.at(-1)?.object).toMatchObject({
      metadata: { generation: 1, labels: { 'topology.kubernetes.io/zone': 'a' } },
      spec: { nodeName: 'n' },
      status: { conditions: [{ type: 'PodScheduled', status: 'True' }] },
    });
    expect(again).toMatchObject({
      code: 409,
      body: { message: 'Operation cannot be fulfilled on pods/binding "p": pod p is already assigned to node "n"' },
    });
  });
});

describe('an eviction', () => {
  const evict = (api: TestServer['api']): ApiResponse =>
    send(api, {
      verb: 'create',
      resource: 'pods',
      name: 'p',
      subresource: 'eviction',
      body: { metadata: { name: 'p' } },
    });

  function runningPod(budget?: object): TestServer {
    const made = server();
    mustCreate(made.api, pod({}, { labels: { app: 'x' } }));
    made.api.update(
      podKey,
      'ns/p',
      (current) => ({ ...current, spec: { ...(current['spec'] as object), nodeName: 'n' } }),
      { subresource: 'binding' },
    );
    const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
    made.api.update(podKey, 'ns/p', (current) => ({ ...current, status }), { subresource: 'status' });
    if (budget === undefined) return made;
    const spec = { minAvailable: 1, selector: { matchLabels: { app: 'x' } } };
    mustCreate(made.api, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'b', namespace: 'ns' },
      spec,
    });
    made.api.update(budgetKey, 'ns/b', (current) => ({ ...current, status: budget }), { subresource: 'status' });
    made.changes.length = 0;
    return made;
  }

  test('spends the budget, tells the pod and deletes it (EVICT-01)', () => {
    const { api, changes } = runningPod({
      observedGeneration: 1,
      disruptionsAllowed: 1,
      currentHealthy: 2,
      desiredHealthy: 1,
      expectedPods: 2,
    });

    const answer = evict(api);

    expect(answer).toMatchObject({ code: 201, body: { status: 'Success', code: 201 } });
    expect(changes.map(({ kind, object }) => [kind, object.metadata.deletionGracePeriodSeconds])).toEqual([
      ['poddisruptionbudget.policy', undefined],
      ['pod', undefined],
      ['pod', 30],
    ]);
    expect(changes[0]?.object).toMatchObject({
      status: { disruptionsAllowed: 0, disruptedPods: { p: '2026-01-01T00:00:00Z' } },
    });
    expect(changes[1]?.object).toMatchObject({
      status: { conditions: [{ type: 'Ready' }, { type: 'DisruptionTarget', reason: 'EvictionByEvictionAPI' }] },
    });
  });

  test('is refused without budget, and writes nothing (EVICT-02)', () => {
    const { api, changes } = runningPod({
      observedGeneration: 1,
      disruptionsAllowed: 0,
      currentHealthy: 1,
      desiredHealthy: 1,
      expectedPods: 1,
    });

    const answer = evict(api);

    expect(answer).toMatchObject({
      code: 429,
      body: {
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        details: {
          causes: [
            { reason: 'DisruptionBudget', message: 'The disruption budget b needs 1 healthy pods and has 1 currently' },
          ],
        },
      },
    });
    expect(changes).toEqual([]);
  });

  test('waits for a budget that was not looked at yet', () => {
    const { api } = runningPod({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 });

    expect(evict(api)).toMatchObject({ code: 429, body: { details: { retryAfterSeconds: 10 } } });
  });

  test.each([
    [{ currentHealthy: 1, desiredHealthy: 1 }, 201],
    [{ currentHealthy: 0, desiredHealthy: 1 }, 429],
    [{ currentHealthy: 0, desiredHealthy: 0 }, 429],
  ])('of a running pod that is not ready, with %j, is answered with %i (EVICT-04)', (health, code) => {
    const { api } = runningPod({ observedGeneration: 1, disruptionsAllowed: 0, expectedPods: 2, ...health });
    const unready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] };
    api.update(podKey, 'ns/p', (current) => ({ ...current, status: unready }), { subresource: 'status' });

    expect(evict(api).code).toBe(code);
  });

  test('without a budget deletes (EVICT-03)', () => {
    const { api, store } = runningPod();

    evict(api);

    expect(store.get(podKey, 'ns/p')?.metadata.deletionGracePeriodSeconds).toBe(30);
  });
});
