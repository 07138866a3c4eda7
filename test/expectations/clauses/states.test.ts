import { describe, expect, test } from 'vitest';
import { outcome, play } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** Whether `reference: state` holds at the quiet point. */
function is(
  reference: string,
  state: string,
  setup: (stage: Stage) => void,
  request?: (stage: Stage) => void,
): boolean {
  return (
    outcome({
      expect: `{ settled: { ${reference}: ${state} } }`,
      setup,
      ...(request === undefined ? {} : { request }),
    }) === 'pass'
  );
}

describe('words of any kind (table S)', () => {
  const setup = (stage: Stage): void => void stage.ready('web-0', { labels: { role: 'primary' } });

  test('exists', () => {
    expect(is('pod/web-0', '{ exists: true }', setup)).toBe(true);
    expect(is('pod/web-0', '{ exists: false }', setup)).toBe(false);
    expect(is('pod/web-1', '{ exists: false }', setup)).toBe(true);
    expect(is('pod/web-1', '{ exists: true }', setup)).toBe(false);
  });

  test('terminating', () => {
    expect(is('pod/web-0', '{ terminating: false }', setup)).toBe(true);
    expect(is('pod/web-1', '{ terminating: false }', setup)).toBe(false);
    expect(
      is('pvc/www-0', 'Terminating', (stage) =>
        stage.put('PersistentVolumeClaim', 'www-0', { metadata: { deletionTimestamp: 'now' } }),
      ),
    ).toBe(true);
  });

  test('observed', () => {
    const cluster = (observed: number) => (stage: Stage) =>
      void stage.put('MongoCluster', 'rs0', { metadata: { generation: 2 }, status: { observedGeneration: observed } });

    expect(is('mongocluster.db.example.com/rs0', '{ observed: true }', cluster(2))).toBe(true);
    expect(
      outcome({
        expect: '{ eventually: { mongocluster.db.example.com/rs0: { observed: false } } }',
        script: cluster(1),
      }),
    ).toBe('pass');
  });

  test('sinceStepStart', () => {
    const replace = (stage: Stage): void => void stage.gone('web-0').ready('web-0');

    expect(is('pod/web-0', '{ sinceStepStart: same }', setup)).toBe(true);
    expect(is('pod/web-0', '{ sinceStepStart: same }', setup, replace)).toBe(false);
    expect(is('pod/web-0', '{ sinceStepStart: replaced }', setup, replace)).toBe(true);
    expect(is('pod/web-0', '{ sinceStepStart: replaced }', setup)).toBe(false);
  });

  test('sinceStepStart of a name that nothing bore when the step began is replaced, not the same', () => {
    const nothing = (): void => undefined;
    const created = (stage: Stage): void => void stage.ready('web-2');

    expect(is('pod/web-2', '{ ready: true, sinceStepStart: replaced }', nothing, created)).toBe(true);
    expect(is('pod/web-2', '{ sinceStepStart: same }', nothing, created)).toBe(false);
    expect(is('pod/web-2', '{ sinceStepStart: replaced }', nothing, nothing)).toBe(false);
  });

  test('labels and annotations', () => {
    expect(is('pod/web-0', '{ labels: { role: primary } }', setup)).toBe(true);
    expect(is('pod/web-0', '{ labels: { role: { absent: true } } }', setup)).toBe(false);
    expect(is('pod/web-0', '{ annotations: { note: { absent: true } } }', setup)).toBe(true);
  });

  test('ownedBy', () => {
    const owned = (stage: Stage): void => void stage.set('web').ready('web-0', { owner: 'StatefulSet/web' });

    expect(is('pod/web-0', '{ ownedBy: sts/web }', owned)).toBe(true);
    expect(is('pod/web-0', '{ ownedBy: sts/db }', owned)).toBe(false);
    expect(is('pod/web-0', '{ ownedBy: none }', setup)).toBe(true);
    expect(is('pod/web-0', '{ ownedBy: none }', owned)).toBe(false);
    expect(
      is('pod/web-0', '{ ownedBy: sts/web }', owned, (stage) => stage.remove('StatefulSet', 'web').set('web')),
    ).toBe(false);
    expect(
      outcome({
        expect: '{ eventually: { pod/web-0: { ownedBy: sts/web } } }',
        setup,
        script: owned,
      }),
    ).toBe('pass');
  });

  test('conditions', () => {
    const cluster = (status: string) => (stage: Stage) =>
      void stage.put('MongoCluster', 'rs0', { status: { conditions: [{ type: 'Available', status }] } });

    expect(is('mongocluster.db.example.com/rs0', '{ conditions: { Available: true } }', cluster('True'))).toBe(true);
    expect(is('mongocluster.db.example.com/rs0', '{ conditions: { Available: false } }', cluster('False'))).toBe(true);
    expect(is('mongocluster.db.example.com/rs0', '{ conditions: { Available: Unknown } }', cluster('Unknown'))).toBe(
      true,
    );
    expect(is('mongocluster.db.example.com/rs0', '{ conditions: { Available: false } }', cluster('Unknown'))).toBe(
      false,
    );
    expect(
      is('mongocluster.db.example.com/rs0', '{ conditions: { Degraded: { absent: true } } }', cluster('True')),
    ).toBe(true);
  });

  test('fields', () => {
    expect(is('pod/web-0', '{ fields: { spec: { containers: [ { name: main, image: "nginx:1" } ] } } }', setup)).toBe(
      true,
    );
    expect(is('pod/web-0', '{ fields: { spec: { containers: [ { name: other } ] } } }', setup)).toBe(false);
    expect(is('pod/web-0', '{ fields: { spec: { containers: [] } } }', setup)).toBe(false);
  });

  test('all words of a map hold together', () => {
    expect(is('pod/web-0', '{ phase: Running, ready: true, node: node-1 }', setup)).toBe(true);
    expect(is('pod/web-0', '{ phase: Running, ready: false }', setup)).toBe(false);
  });
});

describe('words of pods', () => {
  const setup = (stage: Stage): void => void stage.ready('web-3', { ip: '10.0.0.3', restarts: 2, image: 'nginx:1.27' });

  test('ready, and NotReady needs the object', () => {
    expect(is('pod/web-3', 'Ready', setup)).toBe(true);
    expect(is('pod/web-3', 'NotReady', setup)).toBe(false);
    expect(is('pod/web-4', 'NotReady', setup)).toBe(false);
    expect(is('pod/web-4', 'NotReady', (stage) => stage.pod('web-4'))).toBe(true);
  });

  test('phase, node, ip, restarts, ordinal', () => {
    expect(is('pod/web-3', 'Running', setup)).toBe(true);
    expect(is('pod/web-3', '{ node: { not: node-2 }, ip: 10.0.0.3, restarts: { gte: 2 }, ordinal: 3 }', setup)).toBe(
      true,
    );
    expect(is('pod/web-3', '{ node: node-2 }', setup)).toBe(false);
    expect(is('pod/web-3', '{ ip: 10.0.0.4 }', setup)).toBe(false);
    expect(is('pod/web-3', '{ restarts: 0 }', setup)).toBe(false);
    expect(is('pod/web-3', '{ ordinal: { lt: 3 } }', setup)).toBe(false);
  });

  test('image of every container, or by container', () => {
    const twoContainers = (stage: Stage): void =>
      void stage.put('Pod', 'web-0', {
        spec: {
          containers: [
            { name: 'a', image: 'x:1' },
            { name: 'b', image: 'x:2' },
          ],
        },
      });

    expect(is('pod/web-3', '{ image: "nginx:1.27" }', setup)).toBe(true);
    expect(is('pod/web-3', '{ image: { main: "nginx:1.27" } }', setup)).toBe(true);
    expect(is('pod/web-3', '{ image: { sidecar: "nginx:1.27" } }', setup)).toBe(false);
    expect(is('pod/web-0', '{ image: "x:1" }', twoContainers)).toBe(false);
    expect(is('pod/web-0', '{ image: { startsWith: "x:" } }', twoContainers)).toBe(true);
    expect(is('pod/web-0', '{ image: { b: "x:2" } }', twoContainers)).toBe(true);
  });

  test('containers', () => {
    expect(
      is(
        'pod/web-3',
        '{ containers: { main: { ready: true, restarts: 2, image: "nginx:1.27", waiting: { absent: true } } } }',
        setup,
      ),
    ).toBe(true);
    expect(
      is('pod/web-3', '{ containers: { main: { waiting: ImagePullBackOff } } }', (stage) =>
        stage.pod('web-3', { node: 'n', waiting: 'ImagePullBackOff' }),
      ),
    ).toBe(true);
  });

  describe('revision', () => {
    const rolled =
      (label: string, observed = 2) =>
      (stage: Stage) =>
        void stage
          .set('web', { generation: 2, observed, status: { currentRevision: 'web-a', updateRevision: 'web-b' } })
          .ready('web-0', { owner: 'StatefulSet/web', labels: { 'controller-revision-hash': label } });

    test('compares the label with the status of the owner', () => {
      expect(is('pod/web-0', '{ revision: update }', rolled('web-b'))).toBe(true);
      expect(is('pod/web-0', '{ revision: current }', rolled('web-b'))).toBe(false);
      expect(is('pod/web-0', '{ revision: current }', rolled('web-a'))).toBe(true);
      expect(is('pod/web-0', '{ revision: update }', rolled('web-old'))).toBe(false);
    });

    test('is both when both are one', () => {
      const same = (stage: Stage): void =>
        void stage
          .set('web', { status: { currentRevision: 'web-a', updateRevision: 'web-a' } })
          .ready('web-0', { owner: 'StatefulSet/web', labels: { 'controller-revision-hash': 'web-a' } });

      expect(is('pod/web-0', '{ revision: update }', same)).toBe(true);
      expect(is('pod/web-0', '{ revision: current }', same)).toBe(true);
    });

    test('is none as long as the owner has not observed its spec', () => {
      const { verdicts } = play({
        expect: '{ eventually: { pod/web-0: { revision: current } } }',
        setup: rolled('web-a', 1),
        script: (stage) =>
          stage.wait(500).set('web', { generation: 2, status: { currentRevision: 'web-a', updateRevision: 'web-b' } }),
      });

      expect(verdicts).toMatchObject([{ outcome: 'pass', atMs: 1500 }]);
    });
  });
});

describe('words of sets', () => {
  test('ready: observed, and readyReplicas = spec.replicas = status.replicas', () => {
    const ready = (counts: Parameters<Stage['set']>[1]) =>
      outcome({ expect: '{ within: 1s, eventually: { sts/web: Ready } }', setup: (stage) => stage.set('web', counts) });

    expect(ready({ spec: 3 })).toBe('pass');
    expect(ready({ spec: 3, replicas: 3, ready: 2 })).toBe('fail');
    expect(ready({ spec: 3, replicas: 4, ready: 3 })).toBe('fail');
    expect(ready({ spec: 3, generation: 2, observed: 1 })).toBe('fail');
    expect(ready({ spec: 0 })).toBe('pass');
  });

  test('updated, and counters that are 0 when absent', () => {
    const setup = (updated: number) => (stage: Stage) =>
      void stage.set('web', { spec: 3, status: { updatedReplicas: updated, currentReplicas: 1 } });

    expect(is('sts/web', '{ updated: true }', setup(3))).toBe(true);
    expect(is('sts/web', '{ updated: true }', setup(2))).toBe(false);
    expect(
      is(
        'sts/web',
        '{ replicas: 3, readyReplicas: 3, updatedReplicas: 2, availableReplicas: 0, currentReplicas: 1 }',
        setup(2),
      ),
    ).toBe(true);
  });
});

describe('words of other kinds', () => {
  test('of claims and volumes', () => {
    const setup = (stage: Stage): void => {
      stage.put('PersistentVolumeClaim', 'www-0', {
        spec: { volumeName: 'pv-0', storageClassName: 'standard' },
        status: { phase: 'Bound', capacity: { storage: '1Gi' } },
      });
      stage.put('PersistentVolume', 'pv-0', { spec: { claimRef: { name: 'www-0' } }, status: { phase: 'Bound' } });
    };

    expect(is('pvc/www-0', '{ phase: Bound, volume: pv-0, capacity: 1024Mi, class: standard }', setup)).toBe(true);
    expect(is('pvc/www-0', '{ capacity: 2Gi }', setup)).toBe(false);
    expect(is('pv/pv-0', '{ phase: Bound, claim: www-0 }', setup)).toBe(true);
    expect(is('pv/pv-0', 'Released', setup)).toBe(false);
  });

  test('endpoints of a service are its ready pods', () => {
    const slice = (stage: Stage, ...ready: (boolean | undefined)[]): Stage =>
      stage.put('EndpointSlice', 'nginx-x', {
        metadata: { labels: { 'kubernetes.io/service-name': 'nginx' } },
        endpoints: ready.map((value, at) => ({
          conditions: value === undefined ? {} : { ready: value },
          targetRef: { kind: 'Pod', name: `web-${at}` },
        })),
      });
    const setup = (stage: Stage): void => void slice(stage.put('Service', 'nginx'), true, false, undefined);

    expect(is('service/nginx', '{ endpoints: { exactly: [ web-0, web-2 ] } }', setup)).toBe(true);
    expect(
      outcome({
        expect:
          '{ order: [ { of: service/nginx, changes: { field: endpoints, to: { exactly: [ web-0, web-1, web-2 ] } } } ] }',
        setup,
        script: (stage) => slice(stage, true, true, true),
      }),
    ).toBe('pass');
    expect(
      outcome({
        expect: '{ eventually: { service/nginx: { endpoints: { has: [ web-1 ] } } } }',
        setup,
        script: (stage) => slice(stage, false, true),
      }),
    ).toBe('pass');
  });

  test('of nodes, revisions and events', () => {
    const setup = (stage: Stage): void => {
      stage.put('Node', 'node-1', {
        spec: { unschedulable: true },
        status: { conditions: [{ type: 'Ready', status: 'Unknown' }] },
      });
      stage.put('ControllerRevision', 'web-a', { revision: 3 });
      stage.put('Event', 'e.1', {
        reason: 'MemberAdded',
        message: 'added rs0-3',
        involvedObject: { apiVersion: 'db.example.com/v1', kind: 'MongoCluster', name: 'rs0' },
      });
    };

    expect(is('node/node-1', '{ ready: false, schedulable: false }', setup)).toBe(true);
    expect(is('controllerrevision/web-a', '{ revision: { gte: 3 } }', setup)).toBe(true);
    expect(
      outcome({
        expect:
          '{ eventually: [ { of: { kind: event, where: { about: mongocluster.db.example.com/rs0, reason: MemberAdded, message: { contains: rs0-3 } } }, count: 1 } ] }',
        setup,
      }),
    ).toBe('pass');
  });
});
