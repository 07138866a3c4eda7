// The verbs, on the simulator: each test is a small scenario.

import { afterAll, describe, expect, test } from 'vitest';
import { Project, requests, start } from '../small-run.ts';

const project = new Project();
afterAll(() => project.dispose());

describe('verbs', () => {
  test.each([
    ['scale', `scale: { target: sts/web, to: 3 }`, `order: [ pod/web-2: [Created, Ready] ]`],
    [
      'patch, strategic',
      `patch: { target: sts/web, strategic: { spec: { template: { spec: { containers: [ { name: nginx, image: "nginx:2" } ] } } } } }`,
      `settled: { pod/web-0..1: { image: "nginx:2", revision: update } }`,
    ],
    [
      'patch, JSON',
      `patch: { target: sts/web, json: [ { op: replace, path: /spec/replicas, value: 1 } ] }`,
      `settled: { pod/web-1: { exists: false } }`,
    ],
    [
      'setImage',
      `setImage: { target: sts/web, containers: { nginx: "nginx:3" } }`,
      `order: [ pod/web-1..0: [Terminating, Deleted, Created, Ready] ]`,
    ],
    [
      'rollout restart',
      `rollout: { target: sts/web, restart: true }`,
      `order: [ pod/web-1..0: [Deleted, Created, Ready] ]`,
    ],
    ['delete', `delete: { target: pod/web-1 }`, `order: [ pod/web-1: [Terminating, Deleted, Created, Ready] ]`],
    [
      'delete, orphaning',
      `delete: { target: sts/web, propagation: orphan }`,
      `settled: { statefulset/web: { exists: false }, pod/web-0..1: Ready }`,
    ],
    [
      'delete of a pattern',
      `delete: { target: pod/web-*, grace: 0 }`,
      `settled: { pod/web-0..1: { ready: true, sinceStepStart: replaced } }`,
    ],
    ['evict', `evict: { target: pod/web-0 }`, `order: [ pod/web-0: [Terminating, Deleted] ]`],
    [
      'label',
      `label: { target: pod/web-0, set: { tier: gold } }`,
      `settled: { pod/web-0: { labels: { tier: gold } } }`,
    ],
    [
      'annotate',
      `annotate: { target: sts/web, set: { note: hello } }`,
      `settled: { statefulset/web: { annotations: { note: hello } } }`,
    ],
    [
      'cordon',
      `cordon: { target: { kind: node } }`,
      `settled: [ { of: { kind: node }, is: { schedulable: false }, count: 1 } ]`,
    ],
    ['fail notReady', `fail: { target: pod/web-0, how: notReady }`, `eventually: { pod/web-0: NotReady }`],
    [
      'fail crash',
      `fail: { target: pod/web-0, how: crash, times: 2 }`,
      `eventually: { pod/web-0: { restarts: 2, ready: true } }`,
    ],
    ['get', `get: { target: sts/web }`, `answered: { spec: { replicas: 2 } }`],
    ['get of a list', `get: { target: pod/web-*, list: true }`, `answered: { items: { count: 2 } }`],
    ['resolve', `resolve: { name: web-0.web, type: A }`, `answered: { records: { count: 1 } }`],
    ['advance', `advance: 1h`, `settled: { statefulset/web: Ready }`],
    ['create that is there', `create: web.yaml`, `rejected: { code: 409, reason: AlreadyExists }`],
    ['nothing', `guarantees: []`, `never: [ pod/web-0: Deleted ]`],
  ])('%s does what it says', async (_, action, expectation) => {
    const ran = await project.run(`${start}\n  - name: act\n    ${action}\n    expect: { ${expectation} }`);

    expect(ran.outcome).toBe('pass');
  });

  test('replace puts the author’s object in place', async () => {
    const ran = await project.run(`
  - name: make
    apply: { apiVersion: v1, kind: ConfigMap, metadata: { name: c }, data: { a: "1" } }
  - name: replace
    replace: { target: cm/c, object: { apiVersion: v1, kind: ConfigMap, metadata: { name: c }, data: { b: "2" } } }
    expect: { settled: { configmap/c: { fields: { data: { a: { absent: true }, b: "2" } } } } }`);

    expect(ran.outcome).toBe('pass');
  });

  test('removed labels are gone', async () => {
    const ran = await project.run(`${start}
  - name: set
    label: { target: pod/web-0, set: { tier: gold } }
  - name: remove
    label: { target: pod/web-0, set: {}, remove: [tier] }
    expect: { settled: { pod/web-0: { labels: { tier: { absent: true } } } } }`);

    expect(ran.outcome).toBe('pass');
  });

  test('rollout undo brings the template of the revision before back (STS-CTL-08)', async () => {
    const ran = await project.run(`${start}
  - name: nothing to go back to
    rollout: { target: sts/web, undo: {} }
    expect: { rejected: { message: no last revision to roll back to } }
  - name: update
    setImage: { target: sts/web, containers: { nginx: "nginx:2" } }
    expect: { settled: { pod/web-0..1: { image: "nginx:2" } } }
  - name: undo
    rollout: { target: sts/web, undo: {} }
    expect: { settled: { pod/web-0..1: { image: "nginx:1", revision: update } } }
  - name: to a number
    rollout: { target: sts/web, undo: { toRevision: 2 } }
    expect: { settled: { pod/web-0..1: { image: "nginx:2" } } }
  - name: to a number that is not there
    rollout: { target: sts/web, undo: { toRevision: 99 } }
    expect: { rejected: { message: unable to find specified revision 99 in history } }`);

    expect(ran.outcome).toBe('pass');
  });

  test('client-side apply creates, patches what changed, and sends nothing when nothing did (API-CSA)', async () => {
    const ran = await project.run(`
  - name: nothing
  - name: create
    apply: { file: web.yaml, as: client }
    expect: { settled: { statefulset/web: Ready } }
  - name: scale by hand
    scale: { target: sts/web, to: 3 }
    expect: { settled: { statefulset/web: Ready } }
  - name: apply again
    apply: { file: web.yaml, as: client }
    expect: { settled: { statefulset/web: { replicas: 2 } } }
  - name: unchanged
    apply: { file: web.yaml, as: client }`);

    expect(ran.outcome).toBe('pass');
    expect(requests(ran)).toEqual([
      'get service/web 404',
      'create service/web 201',
      'get statefulset/web 404',
      'create statefulset/web 201',
      'patch statefulset/web 200',
      'get service/web 200',
      'get statefulset/web 200',
      'patch statefulset/web 200',
      'get service/web 200',
      'get statefulset/web 200',
    ]);
  });

  test('change alters a manifest before it is sent', async () => {
    const ran = await project.run(`
  - name: start
    apply: { file: web.yaml, change: { statefulset/web: { spec: { replicas: 1 } } } }
    expect: { settled: [ { of: pod/web-*, is: Ready, count: 1 } ] }`);

    expect(ran.outcome).toBe('pass');
  });

  test('a refused object does not keep those behind it from being sent (API-CSA-07)', async () => {
    project.write(
      'two.yaml',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: Bad_name }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: good }\n`,
    );

    const ran = await project.run(`
  - name: both
    create: two.yaml
    expect: { rejected: { of: configmap/Bad_name, code: 422 }, settled: { configmap/good: { exists: true } } }`);

    expect(ran.outcome).toBe('pass');
  });

  test('drain empties a node and cordons it', async () => {
    const ran = await project.run(
      `${start}
  - name: drain
    drain: { target: node/kind-worker }
    expect: { settled: { node/kind-worker: { schedulable: false }, statefulset/web: Ready, pod/web-0..1: { node: kind-worker2 } } }
  - name: uncordon
    uncordon: { target: node/kind-worker }
    expect: { settled: { node/kind-worker: { schedulable: true } } }`,
      { head: 'needs: { nodes: 2 }' },
    );

    expect(ran.outcome).toBe('pass');
  });
});
