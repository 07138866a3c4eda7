import { describe, expect, test } from 'vitest';
import { admitCommand } from '../../../src/lessons/check/admit/admit-command.ts';
import { runKubectl } from '../../../src/lessons/kubectl/run-kubectl.ts';
import { composeKindKey } from '../../../src/kubernetes/kind.ts';
import { KubectlSession } from '../../../src/lessons/kubectl/session.ts';
import { webSet } from '../web-set.ts';
import type { KubectlOutcome } from '../../../src/lessons/kubectl/run-kubectl.ts';

const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 2, selector: { matchLabels: { app: nginx } } }
`;
const held = `apiVersion: v1
kind: ConfigMap
metadata: { name: held, finalizers: [example.com/hold] }
`;

const nodes = composeKindKey('', 'Node');

interface Desk {
  readonly session: KubectlSession;
  readonly say: (line: string, ...contents: readonly string[]) => Promise<KubectlOutcome>;
}

function desk(nodes = 1): Desk {
  const session = new KubectlSession({ seed: 1, nodes });
  return {
    session,
    say: async (line, ...contents) => {
      const admission = admitCommand(`kubectl ${line}`);
      if (admission.kind === 'refused') throw new Error(admission.reason);
      const { invocation, temper } = admission;
      const files = invocation.files.map((name, at) => ({ name, content: contents[at] ?? '' }));
      const outcome = await runKubectl(invocation, { session, files, flowing: temper.waiting });
      await session.settle();
      return outcome;
    },
  };
}

async function output(said: Promise<KubectlOutcome>): Promise<string> {
  const outcome = await said;
  return outcome.kind === 'ran' ? outcome.output : `beyond: ${outcome.reason}`;
}

describe('a write', () => {
  test('is told in kubectl’s words', async () => {
    const { say } = desk();

    expect(await output(say('apply -f web.yaml', webSet))).toBe(
      'service/nginx created\nstatefulset.apps/web created\n',
    );
    expect(await output(say('apply -f web.yaml', webSet))).toBe(
      'service/nginx unchanged\nstatefulset.apps/web unchanged\n',
    );
    expect(await output(say('apply -f web.yaml', webSet.replace('1.24', '1.25')))).toBe(
      'service/nginx unchanged\nstatefulset.apps/web configured\n',
    );
    expect(await output(say('scale sts web --replicas=3'))).toBe('statefulset.apps/web scaled\n');
    expect(await output(say('set image sts/web nginx=nginx:1.26'))).toBe('statefulset.apps/web image updated\n');
    expect(await output(say('rollout undo sts web'))).toBe('statefulset.apps/web rolled back\n');
    expect(await output(say('delete sts web -o name'))).toBe('statefulset.apps/web\n');
    expect(await output(say('delete svc nginx'))).toBe('service "nginx" deleted\n');
  });

  test('does to the cluster what it says', async () => {
    const { say } = desk();
    await say('apply -f web.yaml', webSet);

    await say('scale sts web --replicas=3');
    await say('set image sts/web nginx=nginx:1.25');

    expect(await output(say("get pods -o custom-columns='NAME:.metadata.name,IMAGE:.spec.containers[0].image'"))).toBe(
      'NAME    IMAGE\nweb-0   nginx:1.25\nweb-1   nginx:1.25\nweb-2   nginx:1.25\n',
    );
  });

  test('a manifest without what the last one had loses it, and keeps what others set', async () => {
    const { say } = desk();
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: "1", b: "2" }\n';
    await say('apply -f c.yaml', config);
    await say(`patch cm c --type=merge -p '{"data":{"other":"3"}}'`);

    await say('apply -f c.yaml', config.replace(', b: "2"', ''));

    expect(await output(say('get cm c -o jsonpath={.data}'))).toBe('{"a":"1","other":"3"}');
  });

  test('an object that is held stays, and the deletion never ends', async () => {
    const { say } = desk();
    await say('apply -f held.yaml', held);

    expect(await say('delete cm held')).toEqual({
      kind: 'ran',
      output: 'configmap "held" deleted\n',
      code: undefined,
    });
    expect(await say('delete cm held --wait=false')).toMatchObject({ code: 0 });
  });
});

describe('a drain', () => {
  test('cordons, evicts, and is over when the pods are gone', async () => {
    const { say } = desk(2);
    await say('apply -f web.yaml', webSet);

    const text = await output(say('drain kind-worker --ignore-daemonsets'));

    expect(text).toMatch(
      /^node\/kind-worker cordoned\n(?:evicting pod default\/web-\d\n)+(?:pod\/web-\d evicted\n)+node\/kind-worker drained\n$/u,
    );
    expect(await output(say('get pods -o wide'))).not.toMatch(/kind-worker\s/u);
  });

  test('a budget that never allows it holds it up for ever', async () => {
    const { say, session } = desk();
    await say('apply -f web.yaml -f budget.yaml', webSet, budget);
    const node = session.view('default').objects(nodes)[0]?.metadata.name ?? '';

    const outcome = await say(`drain ${node} --ignore-daemonsets`);

    expect(outcome).toMatchObject({ kind: 'ran', code: undefined });
    expect(outcome.kind === 'ran' ? outcome.output : '').toContain(
      'error when evicting pods/"web-0" -n "default" (will retry after 5s): Cannot evict pod as it would violate the pod\'s disruption budget.',
    );
  });
});

describe('a wait', () => {
  test('ends when the condition holds, or with its time', async () => {
    const { say, session } = desk();
    await say('apply -f web.yaml', webSet);
    const before = session.simulator.clock.now;

    expect(await output(say('wait --for=condition=Ready pod/web-0'))).toBe('pod/web-0 condition met\n');
    expect(await say('wait --for=condition=Nothing pod/web-0 --timeout=5s')).toEqual({
      kind: 'ran',
      output: 'error: timed out waiting for the condition on pods/web-0\n',
      code: 1,
    });
    expect(session.simulator.clock.now - before).toBe(5_000_000);
  });
});

describe('a new pod at a terminal', () => {
  test('shows what its command printed, and is gone with --rm', async () => {
    const { say } = desk();
    await say('apply -f web.yaml', webSet);

    const text = await output(say('run -it --rm --restart=Never dns --image=busybox:1.28 -- nslookup web-0.nginx'));

    expect(text).toMatch(/^Server:[^]*Name:\tweb-0\.nginx\nAddress: 10\.[\d.]+\n\npod "dns" deleted\n$/u);
    expect(await output(say('get pods -o name'))).toBe('pod/web-0\npod/web-1\n');
  });

  test('a command that goes on is beyond us, and leaves nothing behind', async () => {
    const { say } = desk();

    const text = await output(say('run -it --rm --restart=Never long --image=nginx -- sleep 1'));

    expect(text).toMatch(/^beyond: the terminal of a new pod/u);
    expect(await output(say('get pods'))).toBe('No resources found in default namespace.\n');
  });
});

describe('what is beyond us', () => {
  test.each([
    ['autoscale deploy web --max=3', '`kubectl autoscale` needs the real kubectl'],
    ['get pods -A', '`--all-namespaces` needs the real kubectl'],
    ['get pods -o go-template={{.}}', 'only the real kubectl can show it: `-o go-template={{.}}` cannot be shown'],
    ['describe node kind-worker', 'only the real kubectl can show it: the description of `node` cannot be shown'],
    ['create configmap c --from-literal=a=b', '`kubectl create configmap` needs the real kubectl'],
    ['scale sts web --replicas=1 --dry-run=client', '`kubectl scale` with `--dry-run` needs the real kubectl'],
    [
      'create deployment d --image=a --dry-run=client -o yaml',
      '`kubectl create` with `--dry-run` needs the real kubectl',
    ],
    ['patch sts web -p "spec: {}"', 'a patch that is not JSON needs the real kubectl'],
  ])('%s says so, and nothing is done', async (line, reason) => {
    const { say, session } = desk();
    const { revision } = session.simulator.store;

    const outcome = await say(line);

    expect(outcome).toEqual({ kind: 'beyond', reason: expect.stringContaining(reason) });
    expect(session.simulator.store.revision).toBe(revision);
  });
});

describe('a file that is no good', () => {
  test.each([
    ['', 'error: no objects passed to apply\n'],
    ['\u0000\u0001', /^error: error parsing x\.yaml: /u],
    ['a: [', /^error: error parsing x\.yaml: error converting YAML to JSON: yaml: line \d+: /u],
    ['just text', /^error: error parsing x\.yaml: /u],
    ['kind: Pod\n', /^error: error validating "x\.yaml": error validating data: apiVersion not set/u],
    [`data: ${'['.repeat(5000)}`, /^error: error parsing x\.yaml: /u],
  ])('%j is refused', async (content, told) => {
    const outcome = await desk().say('apply -f x.yaml', content);

    expect(outcome).toMatchObject({ kind: 'ran', code: 1, output: expect.stringMatching(told) });
  });

  test('what stands before the mistake is applied', async () => {
    const text = await output(desk().say('apply -f x.yaml', `${held}---\na: [\n`));

    expect(text).toMatch(/^configmap\/held created\nerror: error parsing x\.yaml: /u);
  });
});
