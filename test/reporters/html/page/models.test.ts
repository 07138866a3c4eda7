import { beforeAll, describe, expect, test } from 'vitest';
import { firstDivergence } from '../../../../reporters/html/page/divergence.ts';
import { matrixOf } from '../../../../reporters/matrix/matrix.ts';
import { outlineOf } from '../../../../reporters/html/page/outline-model.ts';
import { diffObjects } from '../../../../reporters/html/page/record-diff.ts';
import { findRun, formatRoute, parseRoute } from '../../../../reporters/html/page/route.ts';
import { dataOf, gather, madeMessages } from '../made-report.ts';
import type { GatheredReport } from '../../../../reporters/html/gather-runs.ts';
import type { KubernetesObject } from '../../../../src/kubernetes/object.ts';

let report: GatheredReport;
beforeAll(async () => {
  report = gather(await madeMessages());
});

describe('judgements', () => {
  test('the record that broke the order is the one that the history shows', () => {
    const data = dataOf(report, 1);
    const [order] = data.judgements;
    const record = data.records[order?.record ?? -1]?.record;

    expect(order).toMatchObject({ by: 'decided', verdict: { outcome: 'fail', word: 'order' } });
    expect(record).toMatchObject({ kind: 'observation', object: { metadata: { name: 'web-1' } } });
    expect(data.decisive.get(order?.record ?? -1)).toBe('fail');
  });

  test('a pass has its record, too', () => {
    const data = dataOf(report, 0);
    const record = data.records[data.judgements[0]?.record ?? -1];

    expect(data.judgements[0]).toMatchObject({ by: 'decided', verdict: { outcome: 'pass' } });
    expect(data.model.laneOfRecord.get(record?.position ?? -1)?.name).toBe('web-1');
  });

  test('a refusal was decided by the request that was refused', () => {
    const data = dataOf(report, 0);
    const rejected = data.judgements.find(({ verdict }) => verdict.word === 'rejected');

    expect(data.records[rejected?.record ?? -1]?.record).toMatchObject({ kind: 'request', response: { code: 422 } });
  });
});

test('two runs part at the pod that did not wait', () => {
  const parting = firstDivergence(dataOf(report, 0), dataOf(report, 1));

  expect(parting).toMatchObject({ step: 0, right: { text: 'web-1 Created' } });
  expect(firstDivergence(dataOf(report, 0), dataOf(report, 0))).toBeUndefined();
});

describe('matrix', () => {
  test('the worst run makes the cell, and is the first that it leads to', () => {
    const { columns, chapters } = matrixOf(report.document);
    const cell = chapters[0]?.rows[0]?.cells.get(columns[0]?.key ?? '');

    expect(columns).toHaveLength(1);
    expect(cell).toMatchObject({ shade: 'fail', total: 2, ofShade: 1, runs: [1, 0] });
  });

  test('a try that was followed by another does not count', () => {
    const runs = report.document.runs.map((run, at) => ({ ...run, retried: at === 1 }));
    const { columns, chapters } = matrixOf({ ...report.document, runs });

    expect(chapters[0]?.rows[0]?.cells.get(columns[0]?.key ?? '')).toMatchObject({ shade: 'pass', total: 1 });
  });
});

describe('outline', () => {
  test('only the run that is shown has its steps', () => {
    const closed = outlineOf(report.document, { shown: -1, filter: '' });
    const open = outlineOf(report.document, { shown: 1, filter: '' });

    expect(closed.map(({ text }) => text)).toEqual(['Matrix', 'web-starts-in-order']);
    expect(open.filter(({ judgement }) => judgement !== undefined).map(({ judgement }) => judgement)).toEqual([
      '0.0',
      '0.1',
    ]);
    expect(open.filter(({ note }) => note === 'not run').map(({ text }) => text)).toEqual([
      'a third',
      'the service name stays',
    ]);
  });

  test('a filter leaves scenarios out', () => {
    expect(outlineOf(report.document, { shown: -1, filter: 'ORDER' })).toHaveLength(2);
    expect(outlineOf(report.document, { shown: -1, filter: 'zebra' })).toHaveLength(1);
  });
});

describe('addresses', () => {
  test.each([
    {},
    { scenario: 'a & b=c', backend: 'kind', seed: 3, row: 0, attempt: 2, verdict: 'i.0', record: 41 },
    { scenario: 'x', atMs: 12.5, compare: 1, beside: 1 },
  ])('%j comes back', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  test.each(['#record=-1&seed=x', '#%', '#scenario', '#__proto__=1'])('%s does no harm', (hash) => {
    expect(Object.keys(parseRoute(hash)).filter((name) => name !== 'scenario')).toEqual([]);
  });

  test('a scenario alone leads to its run that did not pass', () => {
    const { runs } = report.document;

    expect(findRun(runs, { scenario: 'web-starts-in-order' })).toBe(1);
    expect(findRun(runs, { scenario: 'web-starts-in-order', seed: 1 })).toBe(0);
    expect(findRun(runs, { scenario: 'web-starts-in-order', seed: 9 })).toBe(-1);
    expect(findRun(runs, {})).toBe(-1);
  });
});

describe('difference', () => {
  const pod = (ready: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-0', uid: 'u', resourceVersion: '1', creationTimestamp: '' },
    spec: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`field${at}`, at])),
    status: { conditions: [{ type: 'Ready', status: ready }] },
  });

  test('shows what changed, under its headings, and says how much is left out', () => {
    const lines = diffObjects(pod('False'), pod('True'), { whole: false }).map(({ kind, text, count }) =>
      kind === 'skip' ? `skip ${count}` : `${kind} ${text}`,
    );

    expect(lines).toMatchInlineSnapshot(`
      [
        "skip 28",
        "same status:",
        "same   conditions:",
        "same     - type: Ready",
        "removed       status: "False"",
        "added       status: "True"",
      ]
    `);
  });

  test('a new object is shown as it is', () => {
    expect(new Set(diffObjects(undefined, pod('True'), { whole: false }).map(({ kind }) => kind))).toEqual(
      new Set(['same']),
    );
  });

  test('parts that are shared are written out', () => {
    const labels = { app: 'web' };
    const object = { ...pod('True'), a: labels, b: labels };

    expect(diffObjects(undefined, object, { whole: true }).some(({ text }) => text.includes('*'))).toBe(false);
  });
});
