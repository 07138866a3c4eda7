import { describe, expect, test } from 'vitest';
import { createListReporter } from '../../reporters/list.ts';
import { explanationOf, finished, orderViolated, spanAt, streamOf, verdictOf } from './stored-run.ts';
import type { Message } from '../../src/runner/messages.ts';

function render(
  messages: readonly Message[],
  given: { colours?: boolean; interactive?: boolean; columns?: number } = {},
): string {
  let text = '';
  const output = { columns: 110, colours: false, interactive: false, ...given };
  const reporter = createListReporter({ ...output, write: (piece) => void (text += piece) });
  for (const message of messages) reporter.on(message);
  return text;
}

describe('list reporter', () => {
  test('a green scenario is one line with its backend, its times and its trace', () => {
    const text = render(streamOf([verdictOf({})], {}), { columns: 120 });

    expect(text).toMatchInlineSnapshot(`
      "✓ scale-out-in-order                           simulator seed 7   t=13.1s       4 ms     57 records   trace 0123456789ab

      1 passed   5 ms, exit code 0
      "
    `);
  });

  test.each([110, 80, 60, 40])('%d columns: a green line fits, and loses what stands on the right first', (columns) => {
    const [line = ''] = render(streamOf([verdictOf({})], {}), { columns }).split('\n');

    expect(line.length).toBeLessThanOrEqual(columns);
    expect(line).toMatch(/^✓ scale-out-in-order/);
    expect(line.includes('trace')).toBe(columns >= 110);
    expect(line.includes('t=13.1s')).toBe(columns >= 60);
  });

  test('a name that is too long is cut last of all', () => {
    const id = { scenario: 'a'.repeat(60), backend: 'simulator', seed: 7 } as const;

    expect(render([finished({ id })], { columns: 40 })).toBe(`✓ ${'a'.repeat(37)}…\n`);
  });

  test('the columns behind the seed stand below each other', () => {
    const text = render([finished({}), finished({ virtualMs: 102_000, realMs: 1300, records: 1204 })], {
      columns: 120,
    });
    const [first = '', second = ''] = text.split('\n');

    expect(first.indexOf('trace')).toBe(second.indexOf('trace'));
    expect(first.indexOf(' records')).toBe(second.indexOf(' records'));
  });

  test.each(['inconclusive', 'invalid'] as const)(
    'a scenario that is %s without a verdict gives its reason',
    (outcome) => {
      expect(render([finished({ outcome, reason: 'the trace ends at 3s' })])).toMatch(
        new RegExp(`scale-out-in-order   ${outcome}\\n  the trace ends at 3s\\n`),
      );
    },
  );

  test('a violated order shows the rule, the lines, the history and the replay', () => {
    const text = render(
      streamOf([orderViolated], { outcome: 'fail', tracePath: 'out/scale.jsonl', notRun: ['scale in'] }, 1),
    );

    expect(text).toMatchInlineSnapshot(`
      "✗ scale-out-in-order › scale out one member at a time                   simulator seed 7   t=+3.1s (4 ms real)

        order violated: pod/web-3 must be Ready before pod/web-4 is Created
          scenarios/scale.scenario.yaml:18:11   - pod/web-3: Ready
          scenarios/scale.scenario.yaml:19:11   - pod/web-4: Created   ← happened first

                t   rv    web-3     web-4
           +10.0s   812   · scale 3→5 requested
           +10.0s   814   Created
           +10.6s   821   Running
           +13.1s   826             Created  ✗

        seen: pod/web-4 was Created 0.9s before pod/web-3 became Ready
        hint: podManagementPolicy is OrderedReady

        not run: scale in
        replay: setpiece run scenarios/scale.scenario.yaml --seed 7      trace: out/scale.jsonl

      1 failed   5 ms, exit code 1
      "
    `);
  });

  test('values that were compared stand side by side, with what was awaited', () => {
    const verdict = verdictOf({
      word: 'eventually',
      text: 'statefulset/web ready',
      outcome: 'fail',
      explanation: explanationOf({
        rule: 'statefulset/web must be ready within 3m',
        seen: 'readyReplicas 2 of 3 at +41s, unchanged since',
        compared: [{ field: 'status.readyReplicas', expected: '3', received: '2' }],
        waitingOn: ['pod/web-2  Pending since +42s', 'pvc/data-web-2  Pending since +42s'],
      }),
    });

    const text = render(streamOf([verdict], { outcome: 'fail' }, 1));

    expect(text).toContain(`eventually not reached: statefulset/web must be ready within 3m`);
    expect(text).toContain('- status.readyReplicas   expected 3   received 2');
    expect(text).toContain('waiting on: pod/web-2  Pending since +42s\n              pvc/data-web-2');
  });

  test('a vacuous pass is named, with the place in the file', () => {
    const text = render(
      streamOf([verdictOf({ word: 'never', text: 'pod/web-7: Terminating', vacuous: true })], { vacuous: 1 }),
    );

    expect(text).toContain('∅ scale-out-in-order');
    expect(text).toContain(
      '∅ vacuous  scale-out-in-order › scale out one member at a time › never pod/web-7: Terminating',
    );
    expect(text).toContain('scenarios/scale.scenario.yaml:18:11');
    expect(text).toContain('1 passed (∅ 1 vacuous)');
  });

  test('a skipped scenario gives its reason and is not called passed', () => {
    const [started] = streamOf([], {});
    const skipped = finished({ outcome: 'skipped', reason: 'needs capability `dns`' });

    const text = render([started as Message, skipped]);

    expect(text).toBe('- scale-out-in-order   skipped: needs capability `dns`\n');
  });

  test('an invalid file shows its frames as they are', () => {
    const [started] = streamOf([], {});
    const frame = 'scenarios/a.scenario.yaml:2:3  unknown-verb\n > 2 |   scal: 1\n';
    const invalid = finished({
      outcome: 'invalid',
      frames: [frame],
      problems: [{ code: 'unknown-verb', severity: 'error', message: 'm', span: spanAt(2) }],
    });

    const text = render([started as Message, invalid]);

    expect(text).toContain(frame);
  });

  test('foreign text cannot drive the terminal or break the table', () => {
    const verdict = verdictOf({
      outcome: 'fail',
      explanation: explanationOf({
        rule: 'r\u001B[2J\nx',
        history: [{ atMs: 0, object: 'pod/a', what: 'Created\nINJECTED \u001B[31m', decisive: true }],
      }),
    });

    const text = render(streamOf([verdict], { outcome: 'fail' }));

    expect(text).not.toContain('\u001B');
    expect(text).not.toMatch(/^INJECTED/m);
  });

  test('objects with names of wide characters keep their columns aligned', () => {
    const verdict = verdictOf({
      outcome: 'fail',
      explanation: explanationOf({
        history: [
          { atMs: 0, resourceVersion: '1', object: 'pod/网站-0', what: 'Created', decisive: false },
          { atMs: 100, resourceVersion: '2', object: 'pod/b', what: 'Ready', decisive: true },
        ],
      }),
    });

    const text = render(streamOf([verdict], { outcome: 'fail' }));
    const lines = text.split('\n').filter((line) => /网站-0|Ready {2}✗/.test(line));

    expect(lines.map((line) => line.indexOf(line.includes('Ready') ? 'Ready' : 'b'))).toHaveLength(2);
    expect(text).toMatch(/网站-0 {4}b/);
  });

  test('on a terminal the status line is taken away before anything else is written', () => {
    const text = render(streamOf([verdictOf({})], {}), { interactive: true });

    expect(text).toContain('0/1 scenarios · now: scale-out-in-order, step 1 of 1: scale out one member at a time');
    expect(text).toContain('\r\u001B[2K✓ scale-out-in-order');
  });

  test('without a terminal there is no status line', () => {
    expect(render(streamOf([verdictOf({})], {}))).not.toContain('now:');
  });

  test('colours are used only where they are wanted', () => {
    expect(render(streamOf([verdictOf({})], {}), { colours: true })).toContain('\u001B[32m✓\u001B[39m');
  });
});
