import { expect, test } from 'vitest';
import { podManifest, second, startCluster } from '../cluster.ts';
import type { KindKey } from '../../../src/kubernetes/kind.ts';
import type { Loose, TestCluster } from '../cluster.ts';

const labels = { app: 'web' };
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'nginx' },
  spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'web', port: 80 }] },
};

/** Two pods with claims under `/data`. */
function createSet(cluster: TestCluster): void {
  const container = { name: 'c', image: 'nginx:1.24', volumeMounts: [{ name: 'data', mountPath: '/data' }] };
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  cluster.create(service);
  cluster.create({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: {
      serviceName: 'nginx',
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 5, containers: [container] } },
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }],
    },
  });
  cluster.run();
}

function exec(cluster: TestCluster, pod: string, ...command: readonly string[]): Loose {
  return cluster.simulator.exec({ namespace: 'default', pod, command });
}

function sh(cluster: TestCluster, pod: string, script: string): string {
  const ran = exec(cluster, pod, 'sh', '-c', script);
  return ran.kind === 'ran' ? `${ran.stdout}${ran.stderr}` : `refused: ${ran.status.message}`;
}

test('a pod knows its own names, and finds the others by DNS', () => {
  const cluster = startCluster();
  createSet(cluster);

  expect(exec(cluster, 'web-1', 'hostname')).toEqual({ kind: 'ran', stdout: 'web-1\n', stderr: '', exitCode: 0 });
  expect(sh(cluster, 'web-1', 'hostname -f')).toBe('web-1.nginx.default.svc.cluster.local\n');
  expect(sh(cluster, 'web-1', 'cat /etc/hosts | grep web-1')).toContain('web-1.nginx.default.svc.cluster.local');
  const { podIP } = cluster.get('pod', 'web-0').status;
  expect(sh(cluster, 'web-1', 'nslookup web-0.nginx | grep Address')).toContain(`Address: ${podIP}\n`);
  expect(exec(cluster, 'web-1', 'nslookup', 'web-7.nginx').exitCode).toBe(1);
});

test('what is written to a claim outlasts the pod; the rest of the container does not', () => {
  const cluster = startCluster();
  createSet(cluster);
  sh(cluster, 'web-0', 'echo $(hostname) > /data/name; echo x > /tmp/lost');

  cluster.remove('pod', 'web-0');
  cluster.run();

  expect(sh(cluster, 'web-0', 'cat /data/name /tmp/lost')).toBe('web-0\ncat: /tmp/lost: No such file or directory\n');
  expect(sh(cluster, 'web-1', 'ls /data')).toBe('');
});

test('a restarted container keeps its emptyDir and loses its own files', () => {
  const cluster = startCluster();
  const volumeMounts = [{ name: 'scratch', mountPath: '/scratch' }];
  cluster.create(
    podManifest('a', { container: { volumeMounts }, spec: { volumes: [{ name: 'scratch', emptyDir: {} }] } }),
  );
  cluster.run();

  expect(sh(cluster, 'a', 'touch /scratch/kept /lost; kill 1')).toBe('');
  cluster.run();

  expect(cluster.get('pod', 'a').status.containerStatuses[0]).toMatchObject({
    restartCount: 1,
    lastState: { terminated: { exitCode: 0, reason: 'Completed' } },
  });
  expect(sh(cluster, 'a', 'ls /scratch; test -e /lost || echo lost')).toBe('kept\nlost\n');
});

test('a hostPath is a directory of its node', () => {
  const cluster = startCluster({ nodes: 2 });
  const spec = (nodeName: string): object => ({ nodeName, volumes: [{ name: 'h', hostPath: { path: '/srv/x' } }] });
  const container = { volumeMounts: [{ name: 'h', mountPath: '/h' }] };
  for (const [name, node] of [
    ['a', 'kind-worker'],
    ['b', 'kind-worker'],
    ['c', 'kind-worker2'],
  ] as const) {
    cluster.create(podManifest(name, { container, spec: spec(node) }));
  }
  cluster.run();
  sh(cluster, 'a', 'echo 1 > /h/f');

  expect(sh(cluster, 'b', 'cat /h/f')).toBe('1\n');
  expect(sh(cluster, 'c', 'cat /h/f')).toBe('cat: /h/f: No such file or directory\n');
});

test('ConfigMaps, Secrets and fields are in the environment and in read-only files', () => {
  const cluster = startCluster();
  cluster.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf' }, data: { mode: 'fast' } });
  cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' }, data: { word: 'w6TDtg==' } });
  const env = [
    { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'WORD', valueFrom: { secretKeyRef: { name: 'key', key: 'word' } } },
    { name: 'BOTH', value: '$(POD)-$(MODE_mode) $(NOPE)' },
  ];
  cluster.create(
    podManifest('a', {
      container: {
        env,
        envFrom: [{ prefix: 'MODE_', configMapRef: { name: 'conf' } }],
        volumeMounts: [{ name: 'conf', mountPath: '/conf' }],
      },
      spec: { volumes: [{ name: 'conf', configMap: { name: 'conf' } }] },
    }),
  );
  cluster.run();

  expect(sh(cluster, 'a', 'echo $BOTH $WORD; cat /conf/mode; echo; touch /conf/x')).toBe(
    "a-fast $(NOPE) äö\nfast\ntouch: cannot touch '/conf/x': Read-only file system\n",
  );
  expect(sh(cluster, 'a', 'echo $KUBERNETES_SERVICE_HOST')).toBe('10.96.0.1\n');
});

test('a command that sleeps takes its time', () => {
  const cluster = startCluster();
  cluster.create(podManifest('a'));
  cluster.run();
  const { now } = cluster.simulator.clock;

  exec(cluster, 'a', 'sleep', '3');

  expect(cluster.simulator.clock.now).toBe(now + 3 * second);
});

test.each([
  [['mongosh', '--eval', '1'], 127, 'exec: "mongosh": executable file not found in $PATH'],
  [['sh', '-c', 'mongosh'], 127, 'sh: 1: mongosh: not found'],
  [['sh', '-c', 'while true; do :; done'], 2, 'while is not known'],
])('%j is not pretended to work', (command, exitCode, told) => {
  const cluster = startCluster();
  cluster.create(podManifest('a'));
  cluster.run();

  const ran = exec(cluster, 'a', ...command);

  expect(ran).toMatchObject({ kind: 'ran', exitCode });
  expect(ran.stderr).toContain(told);
});

test('what cannot be entered says why', () => {
  const cluster = startCluster();
  cluster.create(podManifest('a'));
  cluster.create(podManifest('early', { spec: { nodeSelector: { no: 'where' } } }));
  cluster.run();
  const { simulator } = cluster;
  const refused = (pod: string, container?: string): Loose =>
    simulator.exec({ namespace: 'default', pod, command: ['true'], ...(container !== undefined && { container }) });

  expect(refused('nope').status).toMatchObject({ code: 404, message: 'pods "nope" not found' });
  expect(refused('a', 'x').status).toMatchObject({ code: 400, message: 'container x is not valid for pod a' });
  expect(refused('early').status.message).toBe('pod early does not have a host assigned');
  expect(exec(cluster, 'a', 'tail', '-f', '/dev/null').status.code).toBe(504);
  simulator.inject({ how: 'stop', targets: [{ kind: 'node' as KindKey, name: 'kind-control-plane' }] }, 'default');
  expect(refused('a').status.message).toContain('error dialing backend');
});
