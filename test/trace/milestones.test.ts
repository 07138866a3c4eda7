import { describe, expect, test } from 'vitest';
import { observeChanges } from '../../src/trace/change.ts';
import { milestonesOf } from '../../src/trace/milestones.ts';
import { createWorld } from '../../src/trace/world.ts';
import { Stage } from '../expectations/stage.ts';

function life(script: (stage: Stage) => void): string[] {
  const world = createWorld();
  const seen: string[] = [];
  const stage = new Stage((record) => {
    if (record.kind === 'observation') observeChanges(world, record, (change) => seen.push(...milestonesOf(change)));
  });
  script(stage);
  return seen;
}

describe('milestones', () => {
  test('of a pod', () => {
    expect(
      life((stage) =>
        stage
          .pod('web-0')
          .pod('web-0', { node: 'n' })
          .pod('web-0', { node: 'n', phase: 'Running' })
          .ready('web-0')
          .pod('web-0', { node: 'node-1', phase: 'Running' })
          .ready('web-0')
          .terminating('web-0')
          .pod('web-0', { node: 'node-1', phase: 'Succeeded', terminating: true })
          .gone('web-0'),
      ),
    ).toEqual([
      'Created',
      'Scheduled',
      'Running',
      'Ready',
      'NotReady',
      'Ready',
      'Terminating',
      'Succeeded',
      'NotReady',
      'Deleted',
    ]);
  });

  test('of a pod that is deleted by force', () => {
    expect(life((stage) => stage.pod('web-0').gone('web-0').pod('web-0'))).toEqual([
      'Created',
      'Terminating',
      'Deleted',
      'Created',
    ]);
  });

  test('of a claim and a volume', () => {
    expect(
      life((stage) => stage.claim('www-0', 'Pending').claim('www-0', 'Bound', 'pv-0').claim('www-0', 'Lost')),
    ).toEqual(['Created', 'Bound', 'Lost']);
    expect(
      life((stage) => {
        for (const phase of ['Pending', 'Available', 'Bound', 'Released', 'Failed'])
          stage.put('PersistentVolume', 'pv-0', { status: { phase } });
      }),
    ).toEqual(['Created', 'Available', 'Bound', 'Released', 'Failed']);
  });

  test('of a set', () => {
    const status = { updatedReplicas: 2 };

    expect(
      life((stage) =>
        stage
          .set('web', { spec: 2, replicas: 0 })
          .set('web', { spec: 2, status })
          .set('web', { spec: 3, replicas: 2, generation: 2, observed: 1, status }),
      ),
    ).toEqual(['Created', 'Updated', 'Ready', 'NotReady']);
  });

  test('of a deployment, a node and a service', () => {
    const conditions = (type: string, status: string): object => ({ conditions: [{ type, status }] });

    expect(
      life((stage) =>
        stage
          .put('Deployment', 'x', { spec: { replicas: 1 } })
          .put('Deployment', 'x', { spec: { replicas: 1 }, status: conditions('Available', 'True') }),
      ),
    ).toEqual(['Created', 'Available']);
    expect(
      life((stage) => {
        for (const ready of ['False', 'True', 'Unknown', 'True'])
          stage.put('Node', 'n', { status: conditions('Ready', ready) });
      }),
    ).toEqual(['Created', 'Ready', 'NotReady', 'Ready']);
    expect(life((stage) => stage.put('Service', 'x').remove('Service', 'x'))).toEqual([
      'Created',
      'Terminating',
      'Deleted',
    ]);
  });
});
