import { expect, test } from 'vitest';
import { createGithubReporter } from '../../reporters/github.ts';
import { orderViolated, spanAt, streamOf, verdictOf } from './stored-run.ts';
import type { Message } from '../../src/runner/messages.ts';

function report(messages: readonly Message[]): readonly string[] {
  let text = '';
  const reporter = createGithubReporter({
    write: (piece) => void (text += piece),
    columns: 80,
    colours: false,
    interactive: false,
  });
  for (const message of messages) reporter.on(message);
  return text.split('\n').slice(0, -1);
}

test('a failure is one command with its place in the scenario', () => {
  const [command = '', ...others] = report(streamOf([orderViolated, verdictOf({})], { outcome: 'fail' }, 1));

  expect(others).toEqual([]);
  expect(command).toMatch(
    /^::error file=scenarios\/scale\.scenario\.yaml,line=18,col=11,title=scale-out-in-order%3A order::order violated: /,
  );
  expect(command).toContain('%0A');
  expect(command).toContain('replay: setpiece run');
});

test('problems of a file, broken environments and flaky runs have one, passes and skips have none', () => {
  const problem = { code: 'unknown-verb', severity: 'error', message: 'a,b: 100%', span: spanAt(5) } as const;
  const flaky = { scenario: 's', backend: 'kind', seed: 1, attempt: 2 };

  expect(report(streamOf([], { outcome: 'invalid', problems: [problem] }))).toEqual([
    '::error file=scenarios/scale.scenario.yaml,line=5,col=11,title=unknown-verb::a,b: 100%25',
  ]);
  expect(report(streamOf([], { outcome: 'error', reason: 'no server' }))).toEqual([
    '::error file=scenarios/scale.scenario.yaml,line=1,col=1,title=scale-out-in-order%3A the environment failed::no server',
  ]);
  expect(report(streamOf([], { outcome: 'flaky', id: flaky }))).toEqual([
    '::warning file=scenarios/scale.scenario.yaml,line=1,col=1,title=s%3A flaky::passed on try 2 only',
  ]);
  expect(report(streamOf([verdictOf({})], {}))).toEqual([]);
  expect(report(streamOf([], { outcome: 'skipped', reason: 'no' }))).toEqual([]);
  expect(report(streamOf([orderViolated], { outcome: 'fail', retried: true }))).toEqual([]);
});

test('what is undecided is a warning', () => {
  expect(report(streamOf([verdictOf({ outcome: 'inconclusive' })], { outcome: 'inconclusive' }, 4))[0]).toMatch(
    /^::warning /,
  );
});
