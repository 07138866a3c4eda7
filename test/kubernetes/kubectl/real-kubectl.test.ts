// Our printer against the machine's real kubectl, on one state of a served simulator. Where there is none, the tests are
// skipped and say so.

import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { composeKindKey } from '../../../src/kubernetes/kind.ts';
import { readCommand } from '../../../src/kubernetes/kubectl/read-command.ts';
import { showCommand } from '../../../src/kubernetes/kubectl/show-command.ts';
import { showWrite } from '../../../src/kubernetes/kubectl/show-write.ts';
import { showWatch } from '../../../src/kubernetes/kubectl/show-watch.ts';
import { compareTranscript } from '../../../src/kubernetes/transcript/compare-transcript.ts';
import { kubeconfigFor } from '../../../src/simulator/http/kubeconfig.ts';
import { serveForTest } from '../../simulator/http/client.ts';
import type { ClusterView } from '../../../src/kubernetes/kubectl/cluster-view.ts';
import type { ViewEvent } from '../../../src/kubernetes/kubectl/show-watch.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import type { Client } from '../../simulator/http/client.ts';

/** `KUBECTL` names another binary. */
const program = process.env['KUBECTL'] ?? 'kubectl';
const found = spawnSync(program, ['version', '--client'], { encoding: 'utf8' });
const missing = found.error !== undefined || found.status !== 0;
if (missing) console.warn('skipped: there is no kubectl to compare our printer with');

const manifest = fileURLToPath(new URL('../../fixtures/recordings/web.yaml', import.meta.url));
let client: Client;
let folder: string;

function kubectl(...words: readonly string[]): Promise<string> {
  const env = { ...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder };
  return new Promise((resolve) => {
    execFile(program, [...words], { env, timeout: 20_000 }, (_error, stdout, stderr) => {
      // What kubectl says of its own age, and servers of kinds to come, is no part of what is shown.
      resolve(stdout + stderr.replaceAll(/^(?:WARNING: version difference|Warning: v1 Endpoints).*\n/gm, ''));
    });
  });
}

const podKind = composeKindKey('', 'Pod');

function podsNow(): readonly KubernetesObject[] {
  return [...client.served.simulator.store.list(podKind).values()];
}

function ours(line: string): string {
  const read = readCommand(line);
  if (!read.ok) throw new Error(read.message);
  const { store, clock } = client.served.simulator;
  const view: ClusterView = {
    now: clock.timestamp,
    namespace: 'default',
    objects: (kind) =>
      [...store.list(kind).values()].filter(({ metadata }) => (metadata.namespace ?? 'default') === 'default'),
  };
  return showCommand(read.request, {
    start: view,
    opened: view,
    end: view,
    events: [],
    eventsSinceOpened: [],
    answers: [],
  });
}

/** Ages and blanks at line ends aside. */
function bare(text: string): string {
  return text
    .replaceAll(/\b(?:\d+[smhdy])+\b/g, 'AGE')
    .replaceAll(/(?<=AGE) +/g, ' ')
    .replaceAll(/ +(?=AGE)/g, ' ')
    .replaceAll(/-{3,} +-{3,} +-{3,}.*$/gm, '---')
    .replaceAll(/^( {2}(?:Type .*Age|Normal|Warning).*)$/gm, (line) => line.replaceAll(/ +/g, ' '))
    .replaceAll(/ +$/gm, '');
}

const commands = [
  'get pods',
  'get pods -o wide',
  'get pods --no-headers',
  'get pods --show-labels',
  'get pods -L app,controller-revision-hash',
  'get pods -l app=nginx',
  'get pods -l app=other',
  'get pods web-1',
  'get pods web-1 web-7',
  'get pod/web-0 sts/web',
  'get sts,svc,pvc',
  'get all',
  'get pvc',
  'get pv',
  'get svc nginx -o wide',
  'get ep nginx',
  'get endpointslices',
  'get controllerrevision',
  'get sts -o wide',
  'get nodes',
  'get sc',
  'get pods -o name',
  'get sts -o name',
  'get pods --field-selector=metadata.name=web-2',
  'get pods --field-selector status.phase!=Running',
  'get pods --sort-by=.metadata.name',
  'get pods --sort-by=.spec.nodeName',
  'get pods -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[*].image,NO:.spec.nothing',
  "get pods -o jsonpath='{.items[*].metadata.name}'",
  `get pods -o jsonpath='{range .items[*]}{.metadata.name}{"\\t"}{.status.phase}{"\\n"}{end}'`,
  "get sts web -o jsonpath='{.spec.replicas}'",
  `get pods -o jsonpath='{.items[?(@.metadata.name=="web-1")].status.phase}'`,
  'get sts web -o yaml',
  'get sts web -o json',
  'get pods -o yaml',
  'get svc nginx -o yaml',
  'get deploy',
  'get nothings',
  'get pods --ignore-not-found web-8',
  'get events',
  'rollout status sts/web',
  'rollout status pod/web-0',
  'rollout history pod/web-0',
  'rollout history sts/web',
  'get cm,sa,secrets',
  'get pods -o wide --show-labels',
  'get ns',
  'get pods -l app!=nginx -o name',
  'get pods,sts -o name',
  'get pods,sts -o custom-columns=KIND:.kind,NAME:.metadata.name',
  'describe pods -l app=nginx',
  'describe svc nothing',
  'rollout history sts web --revision=1',
  'rollout history sts web --revision=9',
  'describe sts web',
  'describe svc nginx',
  'describe pvc www-web-0',
  'describe pv',
  'describe pod web-0',
  'describe pod web-9',
];

describe.skipIf(missing)('what our printer shows is what kubectl shows', () => {
  beforeAll(async () => {
    client = await serveForTest({ nodes: 2 });
    folder = mkdtempSync(join(tmpdir(), 'setpiece-prints-'));
    writeFileSync(join(folder, 'config'), kubeconfigFor(client.served.access));
    await kubectl('apply', '-f', manifest);
    await kubectl('rollout', 'status', 'sts/web', '--timeout=20s');
  });
  afterAll(async () => {
    await client.served.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(commands)('%s', async (line) => {
    const words = [...line.matchAll(/'([^']*)'|(\S+?)(?='|\s|$)/g)];
    const joined: string[] = [];
    let end = -1;
    for (const word of words) {
      const text = word[1] ?? word[2] ?? '';
      if (word.index === end) joined[joined.length - 1] += text;
      else joined.push(text);
      end = word.index + word[0].length;
    }

    const theirs = await kubectl(...joined);

    expect(bare(ours(line))).toBe(bare(theirs));
    expect(compareTranscript({ expected: theirs, actual: ours(line) }).kind).toBe('same');
  });

  test('get pods -w, row by row, while the set scales out and in', async () => {
    const { store, clock } = client.served.simulator;
    const start = podsNow();
    const events: ViewEvent[] = [];
    const end = client.served.simulator.subscribe(({ type, object }) => {
      events.push({ type, object, now: clock.timestamp });
    });
    const env = { ...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder };
    const watching = spawn(program, ['get', 'pods', '-w'], { env });
    let theirs = '';
    watching.stdout.on('data', (data: Buffer) => (theirs += data.toString()));
    const shown = (pattern: RegExp): Promise<void> =>
      vi.waitFor(() => expect(theirs).toMatch(pattern), { timeout: 10_000, interval: 20 });
    try {
      await shown(/web-2/);
      await kubectl('scale', 'sts', 'web', '--replicas=4');
      await shown(/web-3 +1\/1 +Running/);
      await kubectl('scale', 'sts', 'web', '--replicas=3');
      await vi.waitFor(() => expect(store.list(podKind).size).toBe(3), { timeout: 10_000, interval: 20 });
      await shown(/(?:web-3 +0\/1 +Completed.*\n){3}/);
    } finally {
      watching.kill();
      end();
    }

    const request = readCommand('get pods -w');
    if (!request.ok || request.request.verb !== 'get') throw new Error('not read');
    const view: ClusterView = { now: clock.timestamp, namespace: 'default', objects: () => start };
    const pods = events.filter(({ object }) => object.kind === 'Pod');
    expect(bare(showWatch(request.request, view, pods))).toBe(bare(theirs));
  });

  test.each([
    ['patch sts web', { spec: { serviceName: 'other' } }],
    ['patch sts web', { spec: { replicas: -1, minReadySeconds: -1 } }],
    ['patch sts nothing', { spec: { replicas: 1 } }],
    ['patch sts web', { metadata: { labels: { a: 'b' } } }],
    ['patch sts web', {}],
  ])('%s with %j, and what it says', async (line, body) => {
    const path = `/apis/apps/v1/namespaces/default/statefulsets/${line.split(' ').at(-1) ?? ''}`;
    const patch = JSON.stringify(body);
    const theirs = await kubectl(...line.split(' '), '--type=merge', '-p', patch);
    const after = await client.ask('PATCH', path, patch, { 'Content-Type': 'application/merge-patch+json' });

    const refused = after.code >= 400;
    const shown = showWrite({ verb: 'patch', force: false, serverSide: false }, [
      {
        target: line.replace('patch sts ', 'statefulset/'),
        code: after.code,
        refused,
        unchanged: patch === '{}',
        warnings: [],
        ...(refused
          ? { reason: after.body.reason, message: after.body.message, causes: after.body.details?.causes }
          : {}),
      },
    ]);
    expect(shown).toBe(theirs);
  });
});
