// The recorded questions to a real API server, asked of a served simulator in the same order, over HTTP. The comparison and the
// list of what is known to differ are those of `npm run fidelity:api`.

import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { askQuestions } from '../../../fidelity/api/ask-questions.ts';
import { compareAnswer } from '../../../fidelity/api/compare-answer.ts';
import { readExpectedDifferences, unexpectedOf } from '../../../fidelity/api/expected-differences.ts';
import { readRecordedAnswers } from '../../../fidelity/api/recorded-answer.ts';
import type { ComparedAnswer } from '../../../fidelity/api/compare-answer.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/recordings/${name}`, import.meta.url));
const recordings = readRecordedAnswers(fixture('api-answers.jsonl'));
const expected = readExpectedDifferences(fixture('expected-api-differences.yaml'));

describe('a served simulator answers as a real API server does, and otherwise as its list says', () => {
  let compared: readonly ComparedAnswer[];

  beforeAll(async () => {
    const given = await askQuestions(recordings);
    compared = recordings.map((recorded, index) => compareAnswer(recorded, given[index]!));
  }, 60_000);

  test.each(recordings.map(({ name }, index) => ({ name, index })))('$name', ({ name, index }) => {
    const listed = expected.filter(({ request }) => request === name);

    expect(unexpectedOf([compared[index]!], listed)).toEqual([]);
  });

  test('nothing is listed that is not asked', () => {
    expect(unexpectedOf(compared, expected)).toEqual([]);
  });
});
