import { describe, expect, it } from 'vitest';
import { compareTranscript } from '../../../src/kubernetes/transcript/compare-transcript.ts';

const pods = [
  'NAME    READY   STATUS    RESTARTS   AGE',
  'web-0   1/1     Running   0          65s',
  'web-1   1/1     Running   0          63s',
].join('\n');

function compare(expected: string, actual: string) {
  return compareTranscript({ expected, actual });
}

describe('a table', () => {
  it('is the same when only ages and blanks differ', () => {
    const actual = 'NAME  READY  STATUS  RESTARTS  AGE\nweb-0  1/1  Running  0  3m\nweb-1  1/1  Running  0  2m59s\n';

    expect(compare(pods, actual)).toEqual({ kind: 'same', rows: 2 });
  });

  it('differs in one cell, which the diff names at the line of the author', () => {
    const result = compare(pods, pods.replace('web-1   1/1     Running', 'web-1   0/1     Pending'));

    expect(result).toMatchObject({
      kind: 'different',
      reason: 'line 3 differs: READY is 0/1, STATUS is Pending',
      onlyColumns: false,
      diff: [
        { kind: 'same', expectedLine: 1 },
        { kind: 'same', expectedLine: 2, actualLine: 2 },
        { kind: 'missing', expectedLine: 3, remark: 'READY is 0/1, STATUS is Pending' },
        { kind: 'extra', actualLine: 3 },
      ],
    });
  });

  it('differs in a row too many and in a row too few', () => {
    const more = `${pods}\nweb-2   1/1     Running   0          5s`;

    expect(compare(pods, more)).toMatchObject({ reason: 'printed, but not in the transcript: web-2 1/1 Running 0 5s' });
    expect(compare(more, pods)).toMatchObject({ reason: 'line 4 is not printed there: web-2 1/1 Running 0 5s' });
  });

  it('differs in the order of its rows', () => {
    const [header = '', first = '', second = ''] = pods.split('\n');

    expect(compare(pods, [header, second, first].join('\n')).kind).toBe('different');
  });

  it('skips rows where … stands, and only there', () => {
    const short = 'NAME READY STATUS RESTARTS AGE\n…\nweb-1   1/1     Running   0          63s';

    expect(compare(short, pods)).toEqual({ kind: 'same', rows: 1 });
    expect(compare(short.replace('…', '...'), pods).kind).toBe('same');
    expect(compare(`${short}\n…\nweb-2   1/1     Running   0          63s`, pods).kind).toBe('different');
  });

  it('needs no header', () => {
    const bare = pods.slice(pods.indexOf('\n') + 1);

    expect(compare(bare, pods)).toEqual({ kind: 'same', rows: 2 });
    expect(compare(bare.replace('Running', 'Pending'), pods).kind).toBe('different');
  });

  it('leaves a hole where a cell is empty', () => {
    const claims = [
      'NAME                 STATUS   VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   AGE',
      'mongo-data-mongo-0   Bound    pv001    100Mi      RWX                           19m',
    ].join('\n');

    expect(compare(claims, claims.replace('19m', '2m ').trimEnd()).kind).toBe('same');
    expect(
      compare(claims, claims.replace('RWX                           ', 'RWX            fast           ')).kind,
    ).toBe('different');
  });
});

describe('what chance and the clock decide', () => {
  it('does not count: addresses, nodes, ports of nodes, generated suffixes, uids, restart ages', () => {
    const text = (pod: string, ip: string, node: string, restarts: string) =>
      `NAME  READY  STATUS  RESTARTS  AGE  IP  NODE\n${pod}  1/1  Running  ${restarts}  5s  ${ip}  ${node}`;

    const result = compare(
      text('mynginx-756fb84d84-25vgx', '10.1.2.3', 'node-1', '2 (15s ago)'),
      text('mynginx-5d59d67564-x8k2p', '192.168.0.9', 'worker', '2 (3m ago)'),
    );

    expect(result.kind).toBe('same');
  });

  it('counts where there is no address, and how many there are', () => {
    const text = (endpoints: string) => `NAME  ENDPOINTS  AGE\nweb  ${endpoints}  5s`;

    expect(compare(text('10.0.0.1:80,10.0.0.2:80'), text('10.9.0.7:80,10.9.0.9:80')).kind).toBe('same');
    expect(compare(text('10.0.0.1:80,10.0.0.2:80'), text('10.9.0.7:80')).kind).toBe('different');
    expect(compare(text('10.0.0.1:80'), text('<none>')).kind).toBe('different');
  });

  it('keeps ordinals and chosen names apart', () => {
    expect(compare('NAME\nweb-2', 'NAME\nweb-4').kind).toBe('different');
    expect(compare('NAME\nmy-shop', 'NAME\nmy-cart').kind).toBe('different');
  });

  it('takes another hash for a revision, but the same one for the same revision', () => {
    const text = (first: string, second: string) =>
      `NAME  READY  STATUS  RESTARTS  AGE  CONTROLLER-REVISION-HASH\nweb-0  1/1  Running  0  5s  ${first}\nweb-1  1/1  Running  0  5s  ${second}`;

    expect(compare(text('web-69fb488c4', 'web-7466694c86'), text('web-5d59d67564', 'web-c77c64d75')).kind).toBe('same');
    expect(compare(text('web-69fb488c4', 'web-7466694c86'), text('web-5d59d67564', 'web-5d59d67564'))).toMatchObject({
      kind: 'different',
      reason: 'web-5d59d67564 stood for web-69fb488c4 above'.replaceAll('web-', ''),
    });
  });

  it('orders neighbours with generated names as it likes', () => {
    const header = 'NAME  READY  STATUS  RESTARTS  AGE';
    const [running, pending] = ['1/1  Running  0  5s', '0/1  Pending  0  5s'];

    const result = compare(
      `${header}\nshop-756fb84d84-25vgx  ${running}\nshop-756fb84d84-zzkkp  ${pending}`,
      `${header}\nshop-5d59d67564-b8k2p  ${pending}\nshop-5d59d67564-x8k2p  ${running}`,
    );

    expect(result.kind).toBe('same');
  });
});

describe('a watch', () => {
  const watch = [
    'NAME    READY   STATUS    RESTARTS   AGE',
    'web-2   0/1     Pending   0          0s',
    'web-2   0/1     Pending   0          1s',
    'web-2   0/1     ContainerCreating   0          1s',
    'web-2   1/1     Running             0          4s',
  ];

  it('shows a repeated row once, on both sides', () => {
    const once = watch.filter((_, at) => at !== 2);

    expect(compare(watch.join('\n'), once.join('\n'))).toEqual({ kind: 'same', rows: 3 });
    expect(compare(once.join('\n'), watch.join('\n')).kind).toBe('same');
  });

  it('takes a row for a repetition also when another object came in between', () => {
    const mixed = [...watch.slice(0, 2), 'web-3   0/1     Pending   0          0s', ...watch.slice(2)];
    const once = mixed.filter((_, at) => at !== 3);

    expect(compare(once.join('\n'), mixed.join('\n')).kind).toBe('same');
  });

  it('does not take a state that came back for a repetition', () => {
    const back = [...watch, 'web-2   0/1     Pending   0          9s'];

    expect(compare(watch.join('\n'), back.join('\n')).kind).toBe('different');
  });
});

describe('columns', () => {
  const old = 'NAME   DESIRED   CURRENT   AGE\nweb    2         2         24s';
  const now = 'NAME   READY   AGE\nweb    2/2     24s';

  it('are named where an older kubectl had others', () => {
    expect(compare(old, now)).toMatchObject({
      kind: 'different',
      onlyColumns: true,
      columns: { missing: ['DESIRED', 'CURRENT'], extra: ['READY'] },
      reason: 'line 1 differs: columns differ: DESIRED, CURRENT not printed; READY not in the transcript',
    });
  });

  it('that both have are compared on demand', () => {
    const common = (actual: string) => compareTranscript({ expected: old, actual, columnRule: 'common' });

    expect(common(now)).toMatchObject({ kind: 'same', rows: 1 });
    expect(common(now.replace('web    2/2', 'db     2/2'))).toMatchObject({ kind: 'different', onlyColumns: false });
  });

  it('in another order differ', () => {
    expect(compare('NAME  AGE  READY\nweb  5s  2/2', now)).toMatchObject({ kind: 'different' });
  });
});

describe('lines', () => {
  it('are compared as they are, with runs of blanks as one', () => {
    expect(compare('statefulset.apps/web   scaled', 'statefulset.apps/web scaled\n').kind).toBe('same');
    expect(compare('statefulset.apps/web scaled', 'statefulset.apps/web patched').kind).toBe('different');
  });

  it('need no namespace of what was deleted', () => {
    expect(compare('pod "web-0" deleted', 'pod "web-0" deleted from default namespace').kind).toBe('same');
    expect(compare('pod "web-0" deleted', 'pod "web-1" deleted').kind).toBe('different');
  });

  it('repeated by a waiting command count once', () => {
    const wait = 'Waiting for 1 pods to be ready...';

    expect(
      compare(
        `${wait}\n${wait}\npartitioned roll out complete: 2 new pods have been updated...`,
        `${wait}\npartitioned roll out complete: 2 new pods have been updated...`,
      ).kind,
    ).toBe('same');
  });

  it('of a description lose ages, dates, addresses and the node', () => {
    const text = (date: string, ip: string, age: string) =>
      `Name:         web-0\nNode:         ${ip.startsWith('10') ? 'a/1.2.3.4' : 'b/5.6.7.8'}\nStart Time:   ${date}\nIP:           ${ip}\nEvents:\n  Type    Reason     Age  From               Message\n  ----    ------     ---  ----               -------\n  Normal  Scheduled  ${age}  default-scheduler  Successfully assigned`;

    const result = compare(
      text('Mon, 05 Jan 2026 10:00:00 +0000', '10.0.0.1', '5s'),
      text('Tue, 06 Jan 2026 11:11:11 +0000', '192.168.4.4', '2m (x3 over 5m)'),
    );

    expect(result).toMatchObject({ kind: 'same' });
  });

  it('of nothing are nothing', () => {
    expect(compare('', '\n\n')).toEqual({ kind: 'same', rows: 0 });
    expect(compare('…', pods)).toEqual({ kind: 'same', rows: 0 });
    expect(compare('', pods).kind).toBe('different');
  });

  it.each(['-b', '1.', 'f:', 'a  ', 'A ', '(', '\u0000', '- 3d '])('of a long run of %j end in time', (piece) => {
    const long = piece.repeat(100_000);

    expect(compare(long, `${long}\nx`).kind).toBe('different');
  });

  it('in great numbers end in time', () => {
    const many = Array.from({ length: 6000 }, (_, at) => `line ${at}`).join('\n');
    const others = Array.from({ length: 6000 }, (_, at) => `row ${at}`).join('\r\n');

    expect(compare(many, others).kind).toBe('different');
    expect(compare(many, many)).toMatchObject({ kind: 'same', rows: 6000 });
  });
});
