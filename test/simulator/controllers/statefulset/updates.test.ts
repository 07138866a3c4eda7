import { expect, test } from 'vitest';
import { controllerRevisionKind } from '../../../../src/simulator/controllers/history/controller-revision.ts';
import { setWorld, webSet } from './sets.ts';
import { statusInWords } from './story.ts';
import { must } from '../control-plane.ts';
import type { ControllerRevision } from '../../../../src/simulator/controllers/history/controller-revision.ts';
import type { SetWorld } from './sets.ts';

const old = 'web-5969c6696';
const updated = 'web-787744f97';

const revisionOf = (world: SetWorld, ordinal: number): string | undefined =>
  world.pod(ordinal)?.metadata.labels?.['controller-revision-hash'];

const revisions = (world: SetWorld): [string, number][] =>
  [...world.plant.api.store.by(controllerRevisionKind, 'namespace', 'ns').values()].map((revision) => [
    revision.metadata.name,
    (revision as ControllerRevision).revision,
  ]);

function breakImage(world: SetWorld, image: string): void {
  world.driver.becomesReady = (pod) =>
    (pod['spec'] as { readonly containers: readonly { readonly image: string }[] }).containers[0]?.image !== image;
}

test('an ordered rollout that is stuck stays stuck after the template is taken back, until the pod is deleted', () => {
  const world = setWorld(webSet());
  breakImage(world, 'nginx:1.25');

  world.setImage('nginx:1.25');
  const stuck = statusInWords(world.set().status!);
  world.setImage('nginx:1.24');
  const reverted = statusInWords(world.set().status!);
  const held = revisionOf(world, 2);
  world.deletePod(2);

  expect(stuck).toBe(`3/2/2/2/1 ${old} ${updated} 2`);
  expect(reverted).toBe(`3/2/2/2/2 ${old} ${old} 3`);
  expect(held).toBe(updated);
  expect(statusInWords(world.set().status!)).toBe(`3/3/3/3/3 ${old} ${old} 3`);
});

test('a parallel rollout that is stuck is freed by taking the template back', () => {
  const world = setWorld(webSet({ podManagementPolicy: 'Parallel' }));
  breakImage(world, 'nginx:1.25');

  world.setImage('nginx:1.25');
  const stuck = revisionOf(world, 2);
  world.setImage('nginx:1.24');

  expect(stuck).toBe(updated);
  expect([0, 1, 2].map((ordinal) => revisionOf(world, ordinal))).toEqual([old, old, old]);
});

test('a rollout does not start while a pod is unready, but its revision appears', () => {
  const world = setWorld(webSet());
  world.driver.setPhase('ns/web-0', 'Running', false);
  world.run();

  world.setImage('nginx:1.25');

  expect(revisions(world)).toEqual([
    [old, 1],
    [updated, 2],
  ]);
  expect(statusInWords(world.set().status!)).toBe(`3/2/2/3/0 ${old} ${updated} 2`);
});

test('OnDelete never completes a rollout', () => {
  const world = setWorld(webSet({ updateStrategy: { type: 'OnDelete' } }));
  world.setImage('nginx:1.25');
  for (const ordinal of [0, 1, 2]) world.deletePod(ordinal);

  expect(statusInWords(world.set().status!)).toBe(`3/3/3/0/3 ${old} ${updated} 2`);
  expect(world.set().status).not.toHaveProperty('currentReplicas');
});

test('taking a template back renumbers its revision', () => {
  const world = setWorld(webSet());
  world.setImage('nginx:1.25');
  world.setImage('nginx:1.24');

  expect(revisions(world)).toEqual([
    [old, 3],
    [updated, 2],
  ]);
});

test('history beyond the limit is deleted, oldest first', () => {
  const world = setWorld(webSet({ replicas: 1, revisionHistoryLimit: 1 }));
  for (const tag of ['1.25', '1.26', '1.27']) world.setImage(`nginx:${tag}`);

  expect(revisions(world).map(([, number]) => number)).toEqual([3, 4]);
});

test('a name that is taken by another template is hashed anew', () => {
  const world = setWorld(webSet({ replicas: 0 }));
  must(
    world.plant.api.create({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: { name: updated, namespace: 'ns' },
      data: { other: true },
      revision: 1,
    }),
  );

  world.setImage('nginx:1.25');

  const { collisionCount, updateRevision } = world.set().status!;
  expect(collisionCount).toBe(1);
  expect(updateRevision).toMatch(/^web-/);
  expect(updateRevision).not.toBe(updated);
  expect(
    world.get('controllerrevision.apps', updateRevision ?? '')?.metadata.labels?.['controller.kubernetes.io/hash'],
  ).toBe('787744f97');
});

test('a revision of an older server that differs only in a null is used as it is', () => {
  const first = setWorld(webSet({ replicas: 1 }));
  const recorded = first.get('controllerrevision.apps', old) as ControllerRevision;
  const { template } = (recorded.data as { readonly spec: { readonly template: { readonly metadata: object } } }).spec;
  const data = { spec: { template: { ...template, metadata: { ...template.metadata, creationTimestamp: null } } } };

  must(first.plant.api.delete(controllerRevisionKind, `ns/${old}`));
  must(
    first.plant.api.create({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: 'web-older',
        namespace: 'ns',
        labels: recorded.metadata.labels ?? {},
        ownerReferences: recorded.metadata.ownerReferences ?? [],
      },
      data,
      revision: 1,
    }),
  );
  first.run();
  first.scale(0);

  expect(first.set().status?.updateRevision).toBe('web-older');
});

test('without a rollingUpdate object, deleting what is outdated can count below nothing for a moment', () => {
  // STS-ROLL-09: every pod is at B, the set still comes from A, and then C is rolled out at once.
  const world = setWorld(webSet({ updateStrategy: { type: 'OnDelete' } }));
  world.setImage('nginx:1.25');
  for (const ordinal of [0, 1, 2]) world.deletePod(ordinal);

  world.change(({ template }) => ({
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    template: { ...template, metadata: { ...template.metadata, annotations: { c: '' } } },
  }));

  const { currentRevision, updateRevision } = world.set().status!;
  expect(currentRevision).toBe(updateRevision);
  expect([0, 1, 2].map((ordinal) => revisionOf(world, ordinal))).toEqual([
    updateRevision,
    updateRevision,
    updateRevision,
  ]);
});
