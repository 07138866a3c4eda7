import { expect, test } from 'vitest';
import { createLineReporter } from '../../reporters/line.ts';
import { orderViolated, streamOf, verdictOf } from './stored-run.ts';

function render(messages: ReturnType<typeof streamOf>): readonly string[] {
  let text = '';
  const reporter = createLineReporter({
    write: (piece) => void (text += piece),
    columns: 80,
    colours: false,
    interactive: false,
  });
  for (const message of messages) reporter.on(message);
  return text.split('\n');
}

test('a scenario that passes is one line', () => {
  expect(render(streamOf([verdictOf({})], {}))).toEqual([
    'pass         scale-out-in-order  t=13.1s 4 ms',
    '1 passed   5 ms, exit code 0',
    '',
  ]);
});

test('each verdict that failed is one more line, with its place first', () => {
  const [head, verdict] = render(streamOf([orderViolated], { outcome: 'fail' }, 1));

  expect(head).toMatch(/^fail /);
  expect(verdict).toBe(
    '  scenarios/scale.scenario.yaml:18:11 order fail: pod/web-3 must be Ready before pod/web-4 is Created; pod/web-4 was Created 0.9s before pod/web-3 became Ready',
  );
});

test('a vacuous pass is not called a pass', () => {
  const [head, verdict] = render(streamOf([verdictOf({ vacuous: true })], { vacuous: 1 }));

  expect(head).toMatch(/^vacuous /);
  expect(verdict).toContain('order vacuous: pod/web-3..4');
});
