import { beforeAll, describe, expect, test } from 'vitest';
import { readCommand } from '../../../src/kubernetes/kubectl/read-command.ts';
import { showCommand } from '../../../src/kubernetes/kubectl/show-command.ts';
import { createSimulator } from '../../../src/simulator/simulator.ts';
import type { ClusterView } from '../../../src/kubernetes/kubectl/cluster-view.ts';

const webSet = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    serviceName: 'web',
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'nginx', image: 'nginx:1', command: ['sh', '-c', 'a\nb: c'] }] },
    },
  },
};
let view: ClusterView;

beforeAll(() => {
  const simulator = createSimulator({ seed: 1, nodes: 1 });
  simulator.api.handle({
    verb: 'create',
    group: 'apps',
    version: 'v1',
    resource: 'statefulsets',
    namespace: 'default',
    body: webSet,
    query: {},
  });
  simulator.until(() => false, simulator.clock.now + 20_000_000);
  view = {
    now: simulator.clock.timestamp,
    namespace: 'default',
    objects: (kind) => [...simulator.store.list(kind).values()],
  };
});

function show(line: string, over: Partial<ClusterView> = {}): string {
  const read = readCommand(line);
  if (!read.ok) throw new Error(read.message);
  const there = { ...view, ...over };
  const window = { start: there, opened: there, end: there, events: [], eventsSinceOpened: [], answers: [] };
  return showCommand(read.request, window);
}

describe('get', () => {
  test('shows a table, and errors behind it', () => {
    expect(show('get pods web-1 web-7 -L app').replaceAll(/\d+s +/g, 'AGE   ')).toBe(
      'NAME    READY   STATUS    RESTARTS   AGE   APP\nweb-1   1/1     Running   0          AGE   web\n' +
        'Error from server (NotFound): pods "web-7" not found\n',
    );
  });

  test('shows nothing in words', () => {
    expect(show('get pods -l app=other')).toBe('No resources found in default namespace.\n');
    expect(show('get pv')).toBe('No resources found\n');
    expect(show('get pods -l app=other -o name')).toBe('');
    expect(show('get pods web-7 --ignore-not-found')).toBe('');
    expect(show('get things')).toBe('error: the server doesn\'t have a resource type "things"\n');
  });

  test('shows the namespace of the run under the name that readers know', () => {
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv1', uid: 'u', resourceVersion: '1', creationTimestamp: view.now },
      spec: { claimRef: { namespace: 'run-7', name: 'data' } },
    };
    const seen = show('get pv', {
      namespace: 'run-7',
      objects: (kind) => (kind === 'persistentvolume' ? [volume] : view.objects(kind)),
    });

    expect(seen).toContain(' default/data ');
  });

  test('shows parts of objects', () => {
    expect(show('get pods --no-headers -o custom-columns=N:.metadata.name,X:.spec.x,I:.spec.containers[*].image')).toBe(
      'web-0   <none>   nginx:1\nweb-1   <none>   nginx:1\n',
    );
    expect(show('get sts web -o jsonpath={.spec.replicas}')).toBe('2');
    expect(
      show("get pods -o jsonpath='{.items[-1:].metadata.name} {.items[0].metadata.name}'".replace('[-1:]', '[-1]')),
    ).toBe('web-1 web-0');
    expect(show('get sts web -o yaml')).toContain(
      '      - command:\n        - sh\n        - -c\n        - |-\n          a\n          b: c\n',
    );
    expect(JSON.parse(show('get pods -o json'))).toMatchObject({ kind: 'List', items: [{}, {}] });
    expect(show('get sts web -o yaml')).not.toContain('managedFields');
  });
});

describe('a description', () => {
  test('shows a set with its template and its events', () => {
    expect(show('describe sts web').replaceAll(/\d+s /g, 'AGE ')).toMatchInlineSnapshot(`
      "Name:               web
      Namespace:          default
      CreationTimestamp:  Thu, 01 Jan 2026 00:00:00 +0000
      Selector:           app=web
      Labels:             app=web
      Annotations:        <none>
      Replicas:           2 desired | 2 total
      Update Strategy:    RollingUpdate
        Partition:        0
      Pods Status:        2 Running / 0 Waiting / 0 Succeeded / 0 Failed
      Pod Template:
        Labels:  app=web
        Containers:
         nginx:
          Image:      nginx:1
          Port:       <none>
          Host Port:  <none>
          Command:
            sh
            -c
            a
            b: c
          Environment:   <none>
          Mounts:        <none>
        Volumes:         <none>
        Node-Selectors:  <none>
        Tolerations:     <none>
      Volume Claims:     <none>
      Events:
        Type    Reason            Age   From                    Message
        ----    ------            ----  ----                    -------
        Normal  SuccessfulCreate  AGE    statefulset-controller  Create Pod web-0 in StatefulSet web successful
        Normal  SuccessfulCreate  AGE    statefulset-controller  Create Pod web-1 in StatefulSet web successful
      "
    `);
  });

  test('shows a pod, and what is not there', () => {
    const text = show('describe pod web-0 web-9');

    expect(text).toMatch(/^Name: {13}web-0\n/);
    expect(text).toContain('Controlled By:  StatefulSet/web\n');
    expect(text).toContain('    State:          Running\n      Started:      ');
    expect(text).toMatch(/Normal {2}Scheduled/);
    expect(text).toMatch(/Error from server \(NotFound\): pods "web-9" not found\n$/);
  });
});

describe('rollout', () => {
  test('of a set that is done says so, of other kinds that there is none', () => {
    expect(show('rollout status sts/web')).toBe('partitioned roll out complete: 2 new pods have been updated...\n');
    expect(show('rollout status pod/web-0')).toBe('error: no status viewer has been implemented for Pod\n');
    expect(show('rollout history sts/web')).toBe('statefulset.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n\n');
    expect(show('rollout history sts/web --revision=7')).toBe('error: unable to find the specified revision\n');
    expect(show('rollout status sts/other')).toBe(
      'Error from server (NotFound): statefulsets.apps "other" not found\n',
    );
  });
});
