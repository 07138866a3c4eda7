import { describe, expect, test } from 'vitest';
import { barAt, buildLanes } from '../../../../../reporters/html/page/timeline/lane-model.ts';
import { Stage } from '../../../../expectations/stage.ts';
import type { Lane, LaneModel } from '../../../../../reporters/html/page/timeline/lane-model.ts';

function lanesOf(stage: Stage, endMs = 1000): LaneModel {
  return buildLanes(stage.records, [{ step: 0, name: 'a step', startMs: 0, endMs }]);
}

function laneOf(model: LaneModel, key: string): Lane {
  const lane = model.lanes.get(key);
  if (lane === undefined) throw new Error(`there is no lane ${key}, but ${[...model.lanes.keys()].join(', ')}`);
  return lane;
}

describe('the lane of a pod', () => {
  const stage = new Stage();
  stage.step = 0;
  stage.pod('web-0').wait(100).pod('web-0', { phase: 'Pending', node: 'n' }).wait(100);
  stage
    .ready('web-0')
    .wait(300)
    .ready('web-0')
    .wait(200)
    .terminating('web-0')
    .wait(100)
    .gone('web-0')
    .wait(50)
    .pod('web-0');
  const model = lanesOf(stage);
  const lane = laneOf(model, 'pod/web-0');

  test('has a bar for each state, from the record that began it to the one that ended it', () => {
    expect(lane.bars.map(({ word, startMs, endMs }) => [word, startMs, endMs])).toEqual([
      ['Pending', 0, 100],
      ['Pending', 100, 200],
      ['Ready', 200, 700],
      ['Terminating', 700, 800],
      ['Pending', 850, 1000],
    ]);
  });

  test('has a tick for each record, with its milestones', () => {
    expect(lane.ticks.map(({ milestones }) => milestones)).toEqual([
      ['Created'],
      ['Scheduled'],
      ['Running', 'Ready'],
      [],
      ['Terminating'],
      ['Deleted'],
      ['Created'],
    ]);
  });

  test.each([
    [-1, undefined],
    [0, 'Pending'],
    [200, 'Ready'],
    [699, 'Ready'],
    [700, 'Terminating'],
    [800, undefined],
    [849, undefined],
    [1000, 'Pending'],
  ])('at %d ms it is %s', (atMs, word) => {
    expect(barAt(lane, atMs)?.word).toBe(word);
  });
});

test('a pod whose container waits in trouble says so', () => {
  const stage = new Stage();
  const waiting = { name: 'web', state: { waiting: { reason: 'ImagePullBackOff' } } };
  stage.put('Pod', 'web-0', { status: { phase: 'Pending', containerStatuses: [waiting] } });

  expect(laneOf(lanesOf(stage), 'pod/web-0').bars).toMatchObject([{ word: 'ImagePullBackOff', tone: 'bad' }]);
});

test('claims, sets and custom kinds have their own states', () => {
  const stage = new Stage();
  stage.claim('data', 'Pending').wait(10).claim('data', 'Bound', 'v');
  stage.set('web', { spec: 3, replicas: 3, ready: 2 });
  stage.put('MongoCluster', 'rs0', { status: { phase: 'Electing' } });
  const model = lanesOf(stage);

  expect(laneOf(model, 'persistentvolumeclaim/data').bars.map(({ word }) => word)).toEqual(['Pending', 'Bound']);
  expect(laneOf(model, 'statefulset.apps/web').bars).toMatchObject([{ word: 'NotReady', detail: '2/3' }]);
  expect(laneOf(model, 'mongocluster.db.example.com/rs0').bars).toMatchObject([{ word: 'Electing' }]);
});

test('an Event is a tick of the object that it is about', () => {
  const stage = new Stage();
  stage.pod('web-0').put('Event', 'web-0.1', {
    involvedObject: { kind: 'Pod', name: 'web-0', apiVersion: 'v1' },
    reason: 'FailedScheduling',
  });
  const model = lanesOf(stage);

  expect([...model.lanes.keys()]).toEqual(['pod/web-0']);
  expect(laneOf(model, 'pod/web-0').ticks.at(-1)).toMatchObject({ event: true, milestones: ['FailedScheduling'] });
});

test('what belongs to a set stands with it, in natural order; storage has its own heading', () => {
  const stage = new Stage();
  stage.set('web').claim('data-web-0', 'Bound');
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    name: 'web',
    uid: stage.uidOf('StatefulSet', 'web'),
    controller: true,
  };
  for (const name of ['web-10', 'web-2']) stage.put('Pod', name, { metadata: { ownerReferences: [owner] } });
  stage.pod('stray');

  const groups = lanesOf(stage).groups.map(({ title, lanes }) => [title, lanes.map(({ name }) => name)]);

  expect(groups).toEqual([
    ['statefulset/web', ['web', 'web-2', 'web-10']],
    ['pods of no controller', ['stray']],
    ['storage', ['data-web-0']],
  ]);
});

test('owners in a circle end', () => {
  const stage = new Stage();
  stage.pod('a').pod('b');
  const ownedBy = (name: string) => ({
    metadata: {
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid: stage.uidOf('Pod', name), controller: true }],
    },
  });
  stage.put('Pod', 'a', ownedBy('b')).put('Pod', 'b', ownedBy('a'));

  expect(lanesOf(stage).groups.flatMap(({ lanes }) => lanes)).toHaveLength(2);
});

test('lanes that only the beginning shows are unchanged', () => {
  const stage = new Stage();
  stage.pod('before');
  stage.step = 0;
  stage.pod('later');
  const model = lanesOf(stage);

  expect([laneOf(model, 'pod/before').changed, laneOf(model, 'pod/later').changed]).toEqual([false, true]);
});

test('a gap, a fault, a request and its refusal stand across', () => {
  const stage = new Stage();
  stage.gap();
  const moment = { at: 5, step: 0 };
  const patch = { verb: 'patch', target: 'statefulset/web', subresource: 'scale', body: { spec: { replicas: 5 } } };
  const model = buildLanes(
    [
      ...stage.records,
      { ...moment, kind: 'request', request: patch, response: { code: 200, resourceVersion: '7' } },
      { ...moment, kind: 'request', request: { verb: 'delete', target: 'pod/x' }, response: { code: 404 } },
      { ...moment, kind: 'fault', fault: { how: 'stop', targets: ['node/n 123'] } },
      { ...moment, kind: 'window', window: 'opened' },
    ],
    [],
  );

  expect(model.marks.map(({ kind, label }) => [kind, label])).toEqual([
    ['gap', 'watch gap on pod'],
    ['request', 'scale statefulset/web to 5'],
    ['refused', 'delete pod/x'],
    ['fault', 'stop node/n'],
  ]);
});
