import { describe, expect, test } from 'vitest';
import { outcome, play } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** Whether a clause holds at the quiet point. */
function holds(clause: string, setup: (stage: Stage) => void, objects?: string): boolean {
  const result = outcome({
    expect: `{ settled: [ ${clause} ] }`,
    setup,
    ...(objects === undefined ? {} : { objects }),
  });
  return result === 'pass';
}

/** Whether `never` is violated by a clause. */
function violates(clause: string, setup: (stage: Stage) => void): boolean {
  return outcome({ expect: `{ never: [ ${clause} ] }`, setup }) === 'fail';
}

const mixed = (stage: Stage): void => void stage.ready('web-0').ready('web-1').pod('web-10').ready('db-0');
const nothing = (): void => undefined;

describe('without a quantifier (C-2)', () => {
  test('each of a list of names must be in the state', () => {
    expect(holds('pod/web-0..1: Ready', mixed)).toBe(true);
    expect(holds('{ of: pod/web-0..2, is: Ready }', mixed)).toBe(false);
    expect(holds('{ of: pod/web-9..10, is: Ready }', mixed)).toBe(false);
    expect(holds('pod/web-3..5: { exists: false }', mixed)).toBe(true);
    expect(holds('pod/web-1..2: { exists: false }', mixed)).toBe(false);
  });

  test('of a pattern at least one must exist, and all that exist be in the state', () => {
    expect(holds('pod/db-*: Ready', mixed)).toBe(true);
    expect(holds('pod/web-*: Ready', mixed)).toBe(false);
    expect(holds('pod/cache-*: Ready', mixed)).toBe(false);
  });

  test('of a pattern with `exists: false` none may exist', () => {
    expect(holds('pod/cache-*: { exists: false }', mixed)).toBe(true);
    expect(holds('pod/db-*: { exists: false }', mixed)).toBe(false);
  });

  test('in `never` any is enough', () => {
    expect(violates('pod/web-*: NotReady', mixed)).toBe(true);
    expect(violates('pod/web-9..10: NotReady', mixed)).toBe(true);
    expect(violates('pod/db-*: NotReady', mixed)).toBe(false);
  });
});

describe('quantifiers (C-2)', () => {
  test('`count` is of those in the state; without a state, of those that exist; nothing counts 0', () => {
    expect(holds('{ of: pod/web-*, is: Ready, count: 2 }', mixed)).toBe(true);
    expect(holds('{ of: pod/web-*, count: 3 }', mixed)).toBe(true);
    expect(holds('{ of: pod/web-*, is: Ready, count: { gte: 3 } }', mixed)).toBe(false);
    expect(holds('{ of: pod/web-0..5, is: Ready, count: { lt: 3 } }', mixed)).toBe(true);
    expect(holds('{ of: pod/cache-*, count: 0 }', nothing)).toBe(true);
  });

  test('`names` is of the sorted names of those in the state', () => {
    expect(holds('{ of: pod/web-*, names: { inOrder: [ web-0, web-1, web-10 ] } }', mixed)).toBe(true);
    expect(holds('{ of: pod/web-*, names: { inOrder: [ web-0, web-10, web-1 ] } }', mixed)).toBe(false);
    expect(holds('{ of: pod/web-*, is: Ready, names: { exactly: [ web-1, web-0 ] } }', mixed)).toBe(true);
    expect(holds('{ of: pod/web-*, is: Ready, names: { has: [ web-10 ] } }', mixed)).toBe(false);
  });

  test('`values` is of a field over those in the state; who lacks it counts for `every` only', () => {
    const claims = (stage: Stage): void =>
      void stage.claim('www-0', 'Bound', 'a').claim('www-1', 'Bound', 'b').claim('www-2', 'Pending');

    expect(holds('{ of: pvc/www-*, field: spec.volumeName, values: { exactly: [ b, a ] } }', claims)).toBe(true);
    expect(holds('{ of: pvc/www-*, field: spec.volumeName, values: { count: 2 } }', claims)).toBe(true);
    expect(holds('{ of: pvc/www-*, field: spec.volumeName, values: { every: { matches: "^[ab]$" } } }', claims)).toBe(
      false,
    );
    expect(
      holds('{ of: pvc/www-*, is: Bound, field: spec.volumeName, values: { every: { matches: "^[ab]$" } } }', claims),
    ).toBe(true);
    expect(holds('{ of: pvc/www-*, field: phase, values: { distinct: true } }', claims)).toBe(false);
    expect(holds('{ of: pvc/www-*, field: volume, values: { distinct: true } }', claims)).toBe(true);
  });
});

test('values that were repeated are distinct again when one of them changes', () => {
  const script = (stage: Stage): void =>
    void stage
      .claim('www-0', 'Bound', 'a')
      .claim('www-1', 'Bound', 'a')
      .claim('www-2', 'Bound', 'a')
      .wait(10)
      .claim('www-1', 'Bound', 'b')
      .claim('www-2', 'Lost', 'c');
  expect(
    outcome({ expect: '{ settled: [ { of: pvc/www-*, field: volume, values: { distinct: true } } ] }', script }),
  ).toBe('pass');
  expect(
    play({
      expect: '{ order: [ pvc/www-2: Created, { of: pvc/www-*, field: volume, values: { distinct: true } } ] }',
      script,
    }).verdicts,
  ).toMatchObject([{ outcome: 'pass', atMs: 1010 }]);
});

describe('selections', () => {
  const deployment = (stage: Stage): void => {
    stage.put('Deployment', 'mynginx');
    const owner = (kind: string, name: string) => ({
      ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: stage.uidOf(kind, name), controller: true }],
    });
    stage.put('ReplicaSet', 'mynginx-1', { metadata: owner('Deployment', 'mynginx') });
    stage.ready('mynginx-1-abc', { owner: 'ReplicaSet/mynginx-1', labels: { app: 'nginx' } });
    stage.ready('mynginx-1-def', { owner: 'ReplicaSet/mynginx-1', labels: { app: 'nginx', role: 'old' } });
    stage.ready('loner-0', { labels: { app: 'nginx' } });
  };
  const names = (selection: string, expected: string, setup = deployment): boolean =>
    holds(`{ of: ${selection}, names: { exactly: [ ${expected} ] } }`, setup);

  test('`ownedBy` follows controller references by uid', () => {
    expect(names('{ kind: pod, ownedBy: deployment/mynginx }', 'mynginx-1-abc, mynginx-1-def')).toBe(true);
    expect(names('{ kind: pod, ownedBy: rs/mynginx-1 }', 'mynginx-1-abc, mynginx-1-def')).toBe(true);
    expect(names('{ kind: pod, ownedBy: deployment/other }', '')).toBe(true);
  });

  test('`ownedBy` keeps to those that outlive their owner, until another takes its name', () => {
    const orphaned = (stage: Stage): void => {
      deployment(stage);
      stage.remove('ReplicaSet', 'mynginx-1').remove('Deployment', 'mynginx');
    };

    expect(names('{ kind: pod, ownedBy: deployment/mynginx }', 'mynginx-1-abc, mynginx-1-def', orphaned)).toBe(true);
    expect(
      names('{ kind: pod, ownedBy: deployment/mynginx }', '', (stage) => {
        orphaned(stage);
        stage.put('Deployment', 'mynginx');
      }),
    ).toBe(true);
  });

  test('labels, name, ordinal and where are matched together', () => {
    expect(names('{ kind: pod, labels: { app: nginx } }', 'mynginx-1-abc, mynginx-1-def, loner-0')).toBe(true);
    expect(names('{ kind: pod, labels: { app: nginx, role: { absent: true } } }', 'mynginx-1-abc, loner-0')).toBe(true);
    expect(names('{ kind: pod, name: { startsWith: my }, labels: { role: old } }', 'mynginx-1-def')).toBe(true);
    expect(names('{ kind: pod, ordinal: { lt: 1 } }', 'loner-0')).toBe(true);
    expect(names('{ kind: pod, ordinal: { gte: 1 } }', 'web-1, web-10', mixed)).toBe(true);
    expect(names('{ kind: pod, name: web-*, where: Ready }', 'web-0, web-1', mixed)).toBe(true);
  });

  test('a named selection means what it says', () => {
    expect(holds('{ of: $front, is: Ready, count: 2 }', mixed, '{ front: { kind: pod, name: web-* } }')).toBe(true);
  });

  test('an object that joins or leaves by what it says is followed', () => {
    const expected =
      '{ eventually: [ { of: { kind: pod, labels: { role: primary } }, names: { exactly: [ web-1 ] } } ] }';
    const script = (stage: Stage): void =>
      void stage
        .ready('web-0', { labels: { role: 'primary' } })
        .ready('web-1')
        .ready('web-1', { labels: { role: 'primary' } })
        .ready('web-0');

    expect(outcome({ expect: expected, script })).toBe('pass');
  });

  test('a pod follows its ReplicaSet when that is adopted', () => {
    const expected =
      '{ eventually: [ { of: { kind: pod, ownedBy: deployment/late }, names: { exactly: [ rs-x ] } } ] }';

    expect(
      outcome({
        expect: expected,
        script: (stage) => {
          stage.put('ReplicaSet', 'rs').ready('rs-x', { owner: 'ReplicaSet/rs' }).put('Deployment', 'late');
          const reference = {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'late',
            uid: stage.uidOf('Deployment', 'late'),
            controller: true,
          };
          stage.put('ReplicaSet', 'rs', { metadata: { ownerReferences: [reference] } });
        },
      }),
    ).toBe('pass');
  });
});
