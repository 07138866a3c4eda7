// The machine's real kubectl against a served simulator. Where there is none, the tests are skipped and say so.

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kubeconfigFor } from '../../../src/simulator/http/kubeconfig.ts';
import { serveForTest } from './client.ts';
import type { Client } from './client.ts';

/** `SETPIECE_KUBECTL` names another binary. */
const program = process.env['SETPIECE_KUBECTL'] ?? 'kubectl';
const found = spawnSync(program, ['version', '--client'], { encoding: 'utf8' });
const missing = found.error !== undefined || found.status !== 0;
if (missing) console.warn('skipped: there is no kubectl to test the API server with');

const manifest = fileURLToPath(new URL('../../fixtures/recordings/web.yaml', import.meta.url));

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

let client: Client;
let folder: string;

/** Runs a command line; its parts are separated by single spaces. What kubectl says of its own age is left out. */
function kubectl(line: string, ...more: readonly string[]): Promise<Said> {
  return run([...line.split(' '), ...more]);
}

function run(words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Said> {
  const env = { ...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder, KUBECTL_EXTERNAL_DIFF: '', ...more };
  return new Promise((resolve) => {
    execFile(program, [...words], { env, timeout: 20_000 }, (error, stdout, stderr) => {
      const told = stderr.replaceAll(/^WARNING: version difference.*\n/gm, '');
      resolve({ stdout, stderr: told, code: error === null ? 0 : Number(error.code ?? -1) });
    });
  });
}

/** The output of a command that must succeed, without the namespaces that newer versions tell. */
async function output(line: string, ...more: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await kubectl(line, ...more);
  expect({ line, code, stderr: code === 0 ? '' : stderr }).toEqual({ line, code: 0, stderr: '' });
  return stdout.replaceAll(/ from [a-z-]+ namespace$/gm, '');
}

/** Tables with one space between columns and no ages. */
function squeezed(table: string): string {
  return table
    .replaceAll(/ +/g, ' ')
    .replaceAll(/\b\d+[smh](?:\d+s)?\b/g, 'AGE')
    .replaceAll(/ $/gm, '')
    .trim();
}

describe.skipIf(missing)('kubectl', () => {
  beforeAll(async () => {
    client = await serveForTest({ nodes: 3 });
    folder = mkdtempSync(join(tmpdir(), 'setpiece-kubectl-'));
    writeFileSync(join(folder, 'config'), kubeconfigFor(client.served.access));
  });
  afterAll(async () => {
    await client.served.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('applies a manifest, and changes nothing the second time', async () => {
    expect(await output(`apply -f ${manifest}`)).toBe('service/nginx created\nstatefulset.apps/web created\n');
    // Claim templates cannot be merged, so kubectl sends them every time, and says so whatever the server makes of it.
    expect(await output(`apply -f ${manifest}`)).toBe('service/nginx unchanged\nstatefulset.apps/web configured\n');
    expect(await output('get sts web -o', 'jsonpath={.metadata.generation}')).toBe('1');
    expect((await kubectl(`diff -f ${manifest}`)).code).toBe(0);
  });

  test('waits for a rollout, and shows what there is', async () => {
    expect(await output('rollout status sts/web --timeout=10s')).toContain('3 new pods have been updated...');
    expect(await output('wait --for=condition=Ready pod/web-0 --timeout=5s')).toBe('pod/web-0 condition met\n');
    expect(squeezed(await output('get sts,pods'))).toMatchInlineSnapshot(`
      "NAME READY AGE
      statefulset.apps/web 3/3 AGE

      NAME READY STATUS RESTARTS AGE
      pod/web-0 1/1 Running 0 AGE
      pod/web-1 1/1 Running 0 AGE
      pod/web-2 1/1 Running 0 AGE"
    `);
  });

  test('shows objects in all its forms', async () => {
    expect(await output('get pods -o name')).toBe('pod/web-0\npod/web-1\npod/web-2\n');
    expect(await output('get sts web -o', 'jsonpath={.status.readyReplicas}')).toBe('3');
    expect(await output('get pods -o custom-columns=N:.metadata.name --no-headers')).toBe('web-0\nweb-1\nweb-2\n');
    expect(JSON.parse(await output('get pods -o json'))).toMatchObject({
      kind: 'List',
      items: [{ kind: 'Pod' }, {}, {}],
    });
    expect(await output('get sts web -o yaml')).toContain('serviceName: nginx');
    expect(squeezed(await output('get pods -l app=nginx -L apps.kubernetes.io/pod-index'))).toContain(
      'web-2 1/1 Running 0 AGE 2',
    );
    expect(squeezed(await output('get pods -o wide'))).toMatch(
      /^NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES\n/,
    );
    expect(await output('get pods --field-selector status.phase=Pending')).toBe('');
  });

  test('describes objects with their events', async () => {
    const set = await output('describe sts web');

    expect(set).toContain('Replicas:           3 desired | 3 total');
    expect(squeezed(set)).toContain('statefulset-controller Create Pod web-0 in StatefulSet web successful');
    expect(squeezed(await output('describe pod web-0'))).toContain('Successfully assigned default/web-0 to');
    expect(squeezed(await output('get events'))).toMatch(/^LAST SEEN TYPE REASON OBJECT MESSAGE\n/);
  });

  test('scales, updates, looks back and undoes', async () => {
    expect(await output('scale sts web --replicas=4')).toBe('statefulset.apps/web scaled\n');
    expect(await output('set image sts/web nginx=nginx:1.25')).toBe('statefulset.apps/web image updated\n');
    await output('rollout status sts/web --timeout=10s');
    expect(squeezed(await output('get controllerrevisions'))).toMatchInlineSnapshot(`
      "NAME CONTROLLER REVISION AGE
      web-5969c6696 statefulset.apps/web 1 AGE
      web-787744f97 statefulset.apps/web 2 AGE"
    `);
    expect(await output('rollout history sts/web')).toContain(
      'REVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n',
    );
    expect(await output('rollout undo sts/web --to-revision=1')).toBe('statefulset.apps/web rolled back\n');
    await output('rollout status sts/web --timeout=10s');
    expect(await output('get pod web-0 -o', 'jsonpath={.spec.containers[0].image}')).toBe('nginx:1.24');
  });

  test('patches in three ways, labels and annotates', async () => {
    await output('patch sts web -p', '{"spec":{"replicas":3}}');
    await output('patch sts web --type=merge -p', '{"metadata":{"annotations":{"x":"y"}}}');
    await output('patch sts web --type=json -p', '[{"op":"replace","path":"/spec/replicas","value":2}]');
    expect(await output('label pod web-0 tier=front')).toBe('pod/web-0 labeled\n');
    expect(await output('annotate sts web z=1')).toMatch(/^statefulset\.apps\/web annotated?\n$/);
    expect(
      await output('get sts web -o', 'jsonpath={.spec.replicas} {.metadata.annotations.x} {.metadata.annotations.z}'),
    ).toBe('2 y 1');
  });

  test('tells of refusals in the server’s words', async () => {
    const patched = await kubectl('patch sts web -p', '{"spec":{"serviceName":"other"}}');

    expect(patched.code).toBe(1);
    expect(patched.stderr).toMatch(
      /^The StatefulSet "web" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas',/,
    );
    expect((await kubectl(`create -f ${manifest}`)).stderr).toContain(
      'Error from server (AlreadyExists): error when creating',
    );
    expect((await kubectl('get pod nope')).stderr).toBe('Error from server (NotFound): pods "nope" not found\n');
    expect((await kubectl('get foo')).stderr).toBe('error: the server doesn\'t have a resource type "foo"\n');
    expect((await kubectl('attach web-0')).stderr).toContain(
      'attach is not simulated: there is no program in pod web-0',
    );
    expect((await kubectl('port-forward pod/web-0 0:80')).stderr).toContain('portforward is not simulated');
    expect((await kubectl('top pods')).stderr).toBe('error: Metrics API not available\n');
  });

  test('refuses manifests whose kind or version is not served as with a real server', async () => {
    const old = join(folder, 'old.yaml');
    writeFileSync(
      old,
      'apiVersion: apps/v1beta1\nkind: StatefulSet\nmetadata: {name: mongo}\nspec: {serviceName: mongo}\n',
    );

    expect((await kubectl(`apply -f ${old}`)).stderr).toContain(
      'no matches for kind "StatefulSet" in version "apps/v1beta1"\nensure CRDs are installed first\n',
    );
  });

  test('knows unknown fields by the server’s strict validation', async () => {
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(wrong, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wrong}\ndatas: {a: b}\n');

    expect((await kubectl(`apply -f ${wrong}`)).stderr).toContain('strict decoding error: unknown field "datas"');
  });

  test('explains fields and lists kinds', async () => {
    expect(squeezed(await output('explain sts.spec.updateStrategy'))).toContain(
      'rollingUpdate\t<RollingUpdateStatefulSetStrategy>',
    );
    const policy = await output('explain pod.spec.containers.imagePullPolicy');
    expect(policy).toMatch(/FIELD: imagePullPolicy <string>\nENUM:\n {4}Always\n {4}IfNotPresent\n {4}Never\n/);
    expect(policy).toContain('Image pull policy. One of Always, Never, IfNotPresent.');
    const resources = await output('explain pod.spec.containers.resources --recursive');
    expect(resources).toContain('  claims\t<[]ResourceClaim>\n    name\t<string> -required-\n');
    expect(resources).toContain('  limits\t<map[string]Quantity>\n');
    expect(await output('explain sts.spec.updateStrategy.rollingUpdate')).toContain('maxUnavailable\t<IntOrString>');
    expect(squeezed(await output('api-resources --api-group=apps'))).toContain(
      'statefulsets sts apps/v1 true StatefulSet',
    );
    expect(await output('get --raw /readyz')).toBe('ok');
  });

  test('creates by its generators', async () => {
    expect(await output('create namespace other')).toBe('namespace/other created\n');
    expect(await output('create deployment d --image=nginx:1.24 --replicas=2 -n other')).toBe(
      'deployment.apps/d created\n',
    );
    expect(await output('rollout status deploy/d -n other --timeout=10s')).toContain(
      'deployment "d" successfully rolled out\n',
    );
    expect(await output('create configmap cm --from-literal=a=b -n other')).toBe('configmap/cm created\n');
    expect(await output('get cm cm -n other -o', 'jsonpath={.data.a}')).toBe('b');
    expect(await output('expose deploy d --port=80 -n other')).toBe('service/d exposed\n');
    expect(await output('delete namespace other --timeout=10s')).toBe('namespace "other" deleted\n');
  });

  test('autoscales, in both versions', async () => {
    await output('create deployment scaled --image=nginx:1.24');
    await output('autoscale deployment scaled --max=5 --cpu-percent=50');
    const read = async (kind: string): Promise<unknown> => JSON.parse(await output(`get ${kind} scaled -o json`)).spec;

    expect(await read('horizontalpodautoscalers.v1.autoscaling')).toEqual({
      maxReplicas: 5,
      minReplicas: 1,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled' },
      targetCPUUtilizationPercentage: 50,
    });
    expect(await read('hpa')).toMatchObject({ metrics: [{ type: 'Resource', resource: { name: 'cpu' } }] });
    await output(
      'patch horizontalpodautoscalers.v1.autoscaling scaled --type=merge -p',
      '{"spec":{"targetCPUUtilizationPercentage":70}}',
    );
    expect(await read('hpa')).toMatchObject({ metrics: [{ resource: { target: { averageUtilization: 70 } } }] });
    await output('delete hpa,deploy scaled');
  });

  test('runs a pod, and tells of its events in both versions', async () => {
    await output('run runner --image=nginx:1.24 --port=80 --env=X=1 --labels=run=runner');
    await output('wait --for=condition=Ready pod/runner --timeout=10s');

    expect(squeezed(await output('events --for pod/runner'))).toContain('Normal Started Pod/runner Container started');
    const [event] = JSON.parse(
      await output('get events.v1.events.k8s.io --field-selector regarding.name=runner,reason=Started -o json'),
    ).items;
    expect(event).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      regarding: { kind: 'Pod', name: 'runner' },
      note: 'Container started',
      deprecatedSource: { component: 'kubelet' },
    });
    expect(event).not.toHaveProperty('message');
    await output('expose pod runner --port=80');
    await output('delete pod,svc runner --now');
  });

  test('edits with an editor', async () => {
    await output('create configmap edited --from-literal=a=before');
    const edited = await run(['edit', 'cm', 'edited'], { EDITOR: 'sed -i s/before/after/' });
    const untouched = await run(['edit', 'cm', 'edited'], { EDITOR: 'true' });

    expect(edited.stdout).toBe('configmap/edited edited\n');
    expect(await output('get cm edited -o', 'jsonpath={.data.a}')).toBe('after');
    expect(untouched.stdout + untouched.stderr).toContain('no changes made');
  });

  test('shows what an apply would change', async () => {
    const map = join(folder, 'diff.yaml');
    writeFileSync(map, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: different}\ndata: {a: "1"}\n');
    await output(`apply -f ${map}`);
    expect((await kubectl(`diff -f ${map}`)).code).toBe(0);
    writeFileSync(map, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: different}\ndata: {a: "2"}\n');

    for (const way of ['', ' --server-side --force-conflicts']) {
      const { stdout, code } = await kubectl(`diff${way} -f ${map}`);
      expect([code, stdout]).toEqual([1, expect.stringMatching(/^-  a: "1"\n\+  a: "2"$/m)]);
    }
    expect(await output('get cm different -o', 'jsonpath={.data.a}')).toBe('1');
  });

  test('taints nodes, and asks who it is and what it may do', async () => {
    expect(await output('taint nodes kind-worker2 k=v:NoSchedule')).toBe('node/kind-worker2 tainted\n');
    expect(await output('taint nodes kind-worker2 k-')).toBe('node/kind-worker2 untainted\n');
    expect(await output('auth can-i create pods')).toBe('yes\n');
    expect(squeezed(await output('auth whoami'))).toContain('Username kubernetes-admin');
    expect(squeezed(await output('auth can-i --list'))).toContain('*.* [] [] [*]');
    expect(await output('cluster-info')).toContain('CoreDNS');
  });

  test('scales a ReplicationController, which nobody acts on', async () => {
    const controller = join(folder, 'rc.yaml');
    const template = '{metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: nginx}]}}';
    const spec = `{replicas: 2, selector: {a: b}, template: ${template}}`;
    writeFileSync(controller, `apiVersion: v1\nkind: ReplicationController\nmetadata: {name: old}\nspec: ${spec}\n`);
    await output(`create -f ${controller}`);

    expect(await output('scale rc old --replicas=4')).toBe('replicationcontroller/old scaled\n');
    const path = '/api/v1/namespaces/default/replicationcontrollers/old/scale';
    expect(JSON.parse(await output(`get --raw ${path}`))).toMatchObject({
      spec: { replicas: 4 },
      status: { replicas: 0, selector: 'a=b' },
    });
    await output('delete rc old');
  });

  test('cordons and drains a node', async () => {
    expect(await output('cordon kind-worker')).toBe('node/kind-worker cordoned\n');
    expect(squeezed(await output('get node kind-worker'))).toContain(
      'kind-worker Ready,SchedulingDisabled <none> AGE v1.36.2',
    );
    expect(await output('drain kind-worker --ignore-daemonsets --timeout=10s')).toContain('node/kind-worker drained\n');
    expect(await output('uncordon kind-worker')).toBe('node/kind-worker uncordoned\n');
  });

  test('watches changes as they happen', async () => {
    const watching = kubectl('get pods --watch-only --output-watch-events --request-timeout=3');
    await expect.poll(() => client.served.watches).toBeGreaterThan(0);
    await output('delete pod web-0');

    const lines = squeezed((await watching).stdout).split('\n');
    expect(lines[0]).toBe('EVENT NAME READY STATUS RESTARTS AGE');
    expect(lines).toContain('MODIFIED web-0 1/1 Terminating 0 AGE');
    expect(lines.filter((line) => /^(?:ADDED|DELETED) web-0/.test(line)).map((line) => line.split(' ', 1)[0])).toEqual([
      'DELETED',
      'ADDED',
    ]);
  });

  test('applies on the server, and takes fields over only when told', async () => {
    const map = join(folder, 'map.yaml');
    writeFileSync(map, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\ndata: {a: "1"}\n');
    expect(await output(`apply --server-side -f ${map}`)).toBe('configmap/shared serverside-applied\n');
    writeFileSync(map, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\ndata: {a: "2"}\n');

    const refused = await kubectl(`apply --server-side --field-manager=other -f ${map}`);

    expect(refused.stderr).toContain('Apply failed with 1 conflict: conflict with "kubectl": .data.a');
    await output(`apply --server-side --field-manager=other --force-conflicts -f ${map}`);
    expect(await output('get cm shared -o', 'jsonpath={.data.a}')).toBe('2');
  });

  test('deletes in every way', async () => {
    expect((await kubectl('delete pod web-1 --force --grace-period=0')).stderr).toContain(
      'Warning: Immediate deletion does not wait',
    );
    expect(await output('delete sts web --cascade=orphan')).toBe('statefulset.apps "web" deleted\n');
    expect(await output('get pods -o name')).toBe('pod/web-0\npod/web-1\n');
    await output(`apply -f ${manifest}`);
    await output('rollout status sts/web --timeout=10s');
    expect(await output('delete sts web --cascade=foreground')).toBe('statefulset.apps "web" deleted\n');
    expect((await kubectl('get pods')).stderr).toBe('No resources found in default namespace.\n');
    await output('delete pvc --all --now');
    expect(await output('get pvc,pv')).toBe('');
  });
});
