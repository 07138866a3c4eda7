import { describe, expect, test } from 'vitest';
import { createJsonReporter } from '../../reporters/json.ts';
import { orderViolated, streamOf } from './stored-run.ts';
import type { JsonReport } from '../../reporters/json.ts';

function report(messages: ReturnType<typeof streamOf>): JsonReport | undefined {
  let text = '';
  const reporter = createJsonReporter((piece) => void (text += piece));
  for (const message of messages) reporter.on(message);
  void reporter.end?.();
  return text === '' ? undefined : (JSON.parse(text) as JsonReport);
}

describe('json reporter', () => {
  test('the document holds the run, its scenarios, their steps and verdicts', () => {
    const document = report(streamOf([orderViolated], { outcome: 'fail' }, 1));

    expect(document).toMatchObject({
      format: 1,
      exitCode: 1,
      counts: { fail: 1, pass: 0 },
      scenarios: [
        {
          id: 'scale-out-in-order',
          seed: 7,
          tags: ['scaling'],
          outcome: 'fail',
          steps: [{ step: 0, startedMs: 10_000, endedMs: 13_100, verdicts: [{ word: 'order', outcome: 'fail' }] }],
        },
      ],
    });
  });

  test('a step that was broken off has no end', () => {
    const messages = streamOf([], { outcome: 'interrupted' }, 130).filter(({ kind }) => kind !== 'stepFinished');

    const document = report(messages);

    expect(document?.scenarios[0]?.steps[0]).not.toHaveProperty('endedMs');
    expect(document?.exitCode).toBe(130);
  });

  test('a run that could not be made still gives a document, with the reason', () => {
    const [started, ...rest] = streamOf([], {});
    const ended = { ...rest.at(-1), exitCode: 2, reason: 'nowhere does not exist' };

    const document = report([started, ended] as ReturnType<typeof streamOf>);

    expect(document).toMatchObject({ exitCode: 2, reason: 'nowhere does not exist', scenarios: [] });
  });
});
