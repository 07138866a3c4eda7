import { expect, test } from 'vitest';
import { must, second } from '../control-plane.ts';
import { deploymentWorld, mynginx, podKind } from './deployments.ts';
import type { KindKey } from '../../../../src/kubernetes/kind.ts';
import type { Deployment } from '../../../../src/simulator/controllers/deployment/types.ts';
import type { DeploymentWorld } from './deployments.ts';

const old = 'mynginx-575cd94449';
const updated = 'mynginx-fcf7cb49d';

const conditions = (world: DeploymentWorld): string[] =>
  (world.deployment().status?.conditions ?? []).map(({ type, status, reason }) => `${type}=${status} ${reason}`);

function breakImage(world: DeploymentWorld, image: string): void {
  world.driver.becomesReady = (pod) =>
    (pod['spec'] as { readonly containers: readonly { readonly image: string }[] }).containers[0]?.image !== image;
}

test('a rolling update takes the recorded steps, under the recorded names', () => {
  for (const seed of [1, 2, 3]) {
    const world = deploymentWorld(mynginx(), seed);
    world.setImage('nginx:1.25');

    expect(world.replicaSets().map(({ metadata }) => metadata.name)).toEqual([old, updated]);
    expect(world.sizes()).toEqual(['3', '3/1', '2/1', '2/2', '1/2', '1/3', '0/3']);
    expect(world.messages('ScalingReplicaSet')).toEqual([
      `Scaled up replica set ${old} from 0 to 3`,
      `Scaled up replica set ${updated} from 0 to 1`,
      `Scaled down replica set ${old} from 3 to 2`,
      `Scaled up replica set ${updated} from 1 to 2`,
      `Scaled down replica set ${old} from 2 to 1`,
      `Scaled up replica set ${updated} from 2 to 3`,
      `Scaled down replica set ${old} from 1 to 0`,
    ]);
    expect(conditions(world)).toEqual([
      'Available=True MinimumReplicasAvailable',
      'Progressing=True NewReplicaSetAvailable',
    ]);
    expect(world.deployment().status).toMatchObject({
      availableReplicas: 3,
      observedGeneration: 2,
      readyReplicas: 3,
      replicas: 3,
      terminatingReplicas: 0,
      updatedReplicas: 3,
    });
  }
});

test('the first writes of a new Deployment come in the recorded order', () => {
  const world = deploymentWorld(mynginx());

  const written = world.changes
    .filter(({ kind }) => kind === 'deployment.apps')
    .slice(0, 3)
    .map(({ object }) => {
      const { observedGeneration, conditions = [] } = (object as Deployment).status ?? {};
      const annotated = object.metadata.annotations?.['deployment.kubernetes.io/revision'];
      return { observedGeneration, annotated, reasons: conditions.map(({ reason }) => reason) };
    });
  expect(written).toEqual([
    { observedGeneration: undefined, annotated: undefined, reasons: [] },
    { observedGeneration: undefined, annotated: '1', reasons: ['NewReplicaSetCreated'] },
    { observedGeneration: 1, annotated: '1', reasons: ['NewReplicaSetCreated', 'MinimumReplicasUnavailable'] },
  ]);
});

test.each([
  [1, '25%', '25%', '1 1/1 0/1'],
  [1, 0, 1, '1 1/0 0/0 0/1'],
  [2, '25%', '25%', '2 2/1 1/1 1/2 0/2'],
  [10, '100%', 0, '10 10/10 0/10'],
])('%i replicas, surge %s, unavailable %s: sizes go %s', (replicas, maxSurge, maxUnavailable, sizes) => {
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
  const world = deploymentWorld(mynginx({ replicas, strategy }));
  world.setImage('nginx:1.25');

  const seen = world.sizes().filter((_, place, all) => !isBetween(all, place));
  expect(seen.join(' ')).toBe(sizes);
});

test('sizes never leave the limits of surge and unavailability', () => {
  for (const seed of [1, 2, 3, 4]) {
    const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };
    const world = deploymentWorld(mynginx({ replicas: 10, strategy }), seed);
    world.setImage('nginx:1.25');

    const totals = world.sizes().map((line) => line.split('/').reduce((sum, size) => sum + Number(size), 0));
    expect(Math.max(...totals)).toBeLessThanOrEqual(13);
    const available = world.changes
      .filter(({ kind }) => kind === 'deployment.apps')
      .map(({ object }) => (object['status'] as { readonly availableReplicas?: number }).availableReplicas ?? 0);
    expect(Math.min(...available.slice(available.indexOf(10)))).toBeGreaterThanOrEqual(8);
    expect(world.sizes().at(-1)).toBe('0/10');
  }
});

test('the revision is on the Deployment and moves on when an old template comes back', () => {
  const world = deploymentWorld(mynginx());
  world.setImage('nginx:1.25');
  world.setImage('nginx:1.24');

  const annotation = 'deployment.kubernetes.io/revision';
  expect(world.deployment().metadata.annotations?.[annotation]).toBe('3');
  expect(world.replicaSets().map(({ metadata }) => metadata.annotations)).toEqual([
    expect.objectContaining({ [annotation]: '2' }),
    {
      [annotation]: '3',
      'deployment.kubernetes.io/revision-history': '1',
      'deployment.kubernetes.io/desired-replicas': '3',
      'deployment.kubernetes.io/max-replicas': '4',
    },
  ]);
});

test('revisions are whole numbers of 64 bits, as those of an adopted ReplicaSet may be', () => {
  const world = deploymentWorld(mynginx());
  const [set] = world.replicaSets();
  const annotation = 'deployment.kubernetes.io/revision';
  world.plant.api.update(
    'replicaset.apps' as KindKey,
    `${set?.metadata.namespace}/${set?.metadata.name}`,
    (stored) => ({
      ...stored,
      metadata: {
        ...stored.metadata,
        annotations: { ...stored.metadata.annotations, [annotation]: '3546343826724305832' },
      },
    }),
  );

  world.setImage('nginx:1.25');

  expect(world.deployment().metadata.annotations?.[annotation]).toBe('3546343826724305833');
});

test('a broken template stops at the surge, and times out', () => {
  const world = deploymentWorld(mynginx());
  breakImage(world, 'nginx:broken');

  world.setImage('nginx:broken');

  expect(world.sizes().at(-1)).toBe('3/1');
  expect(conditions(world)).toContain('Progressing=False ProgressDeadlineExceeded');
  expect(world.plant.clock.now).toBeGreaterThan(600 * second);
  world.setImage('nginx:1.24');
  expect(world.sizes().at(-1)).toBe('3/0');
});

test('a paused Deployment scales but rolls nothing out until it is resumed', () => {
  const world = deploymentWorld(mynginx());
  world.change(() => ({ paused: true }));
  world.setImage('nginx:1.25');
  world.change(() => ({ replicas: 4 }));
  const paused = [...world.sizes()];
  const told = conditions(world);

  world.change(() => ({ paused: false }));

  expect(paused).toEqual(['3', '4']);
  expect(told).toContain('Progressing=Unknown DeploymentPaused');
  expect(world.sizes().at(-1)).toBe('0/4');
});

test('scaling during a rollout is spread in proportion', () => {
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } };
  const world = deploymentWorld(mynginx({ replicas: 10, strategy }));
  breakImage(world, 'nginx:1.25');
  world.setImage('nginx:1.25');
  const before = world.sizes().at(-1);

  world.change(() => ({ replicas: 15 }));

  expect(before).toBe('8/5');
  // 18 are allowed now: 8 x 18/13 is 11, 5 x 18/13 is 7.
  expect(world.sizes()).toContain('11/7');
});

test('Recreate takes every old pod away before it makes a new one', () => {
  const world = deploymentWorld(mynginx({ strategy: { type: 'Recreate' } }));
  world.setImage('nginx:1.25');

  const running = new Set<string>();
  let most = 0;
  for (const { kind, type, object } of world.changes) {
    if (kind !== podKind) continue;
    const { phase } = object['status'] as { readonly phase: string };
    if (type === 'DELETED' || phase === 'Succeeded') running.delete(object.metadata.name);
    else running.add(object.metadata.name);
    most = Math.max(most, new Set([...running].map((name) => name.slice(0, name.lastIndexOf('-')))).size);
  }
  expect(world.sizes()).toEqual(['3', '0', '0/3']);
  expect(most).toBe(1);
});

test('old ReplicaSets beyond the history limit are deleted when a rollout is through', () => {
  const world = deploymentWorld(mynginx({ replicas: 1, revisionHistoryLimit: 1 }));
  for (const tag of ['1.25', '1.26', '1.27']) world.setImage(`nginx:${tag}`);

  expect(
    world.replicaSets().map(({ metadata }) => metadata.annotations?.['deployment.kubernetes.io/revision']),
  ).toEqual(['3', '4']);
});

test('a pod that is being deleted is replaced at once', () => {
  const world = deploymentWorld(mynginx());
  const pods = [...world.plant.api.store.list(podKind).values()];
  const start = world.changes.length;

  must(world.plant.api.delete(podKind, `ns/${pods[0]?.metadata.name}`));
  world.run();

  const seen = world.changes
    .slice(start)
    .filter(({ kind }) => kind === podKind)
    .map(({ type }) => type);
  expect(seen.indexOf('ADDED')).toBeLessThan(seen.indexOf('DELETED'));
  expect(world.deployment().status).toMatchObject({ replicas: 3, readyReplicas: 3 });
});

/** Pods of one step may become available one by one: sizes between two listed ones are left out. */
function isBetween(lines: readonly string[], place: number): boolean {
  const [before, here, after] = [lines[place - 1], lines[place], lines[place + 1]].map((line) =>
    line?.split('/').map(Number),
  );
  if (before?.length !== 2 || here?.length !== 2 || after?.length !== 2) return false;
  const same = (side: number): boolean => before[side] === here[side] && here[side] === after[side];
  return same(0) || same(1);
}

test('the deadline of progress is no longer waited for when the rollout is through', () => {
  const world = deploymentWorld(mynginx());
  const { clock } = world.plant;
  world.change(({ template }) => ({ template: withImage(template, 'nginx:1.25') }), false);

  world.run(second / 10);
  const during = clock.pending('deadline');
  world.run(60 * second);

  expect(during).toBe(1);
  expect(conditions(world)).toContain('Progressing=True NewReplicaSetAvailable');
  expect(clock.pending('deadline')).toBe(0);
});

function withImage(template: Deployment['spec']['template'], image: string): object {
  return { ...template, spec: { ...template.spec, containers: [{ name: 'nginx', image }] } };
}
