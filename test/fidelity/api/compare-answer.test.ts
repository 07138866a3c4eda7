import { describe, expect, test } from 'vitest';
import { compareAnswer } from '../../../fidelity/api/compare-answer.ts';
import { unexpectedOf } from '../../../fidelity/api/expected-differences.ts';
import { answersTable, pageWithAnswers } from '../../../fidelity/api/report.ts';
import type { GivenAnswer } from '../../../fidelity/api/ask-questions.ts';
import type { ComparedAnswer } from '../../../fidelity/api/compare-answer.ts';

const request = { method: 'GET', path: '/api/v1/namespaces' };
const json = { 'content-type': 'application/json' };

function compare(recorded: GivenAnswer, given: GivenAnswer): ComparedAnswer {
  return compareAnswer({ name: 'question', request, response: recorded }, given);
}

const refusal = (message: string, causes: readonly object[] = [{ field: 'spec' }]): GivenAnswer => ({
  code: 422,
  headers: json,
  body: { kind: 'Status', status: 'Failure', message, reason: 'Invalid', details: { name: 'web', causes }, code: 422 },
});

describe('answers that are compared', () => {
  test('a refusal differs in what it says, and only there', () => {
    const { kind, outcomes } = compare(refusal('no'), refusal('No'));

    expect(kind).toBe('refusal');
    expect([...outcomes].filter(([, told]) => told !== undefined)).toEqual([
      ['message', 'recorded "no", simulated "No"'],
    ]);
  });

  test('a refusal differs in its causes', () => {
    const { outcomes } = compare(refusal('no'), refusal('no', []));

    expect(outcomes.get('causes')).toBe('recorded [{"field":"spec"}], simulated []');
  });

  test('a member that one side lacks is named with its path', () => {
    const object = (data: object): GivenAnswer => ({ code: 200, headers: json, body: { kind: 'ConfigMap', data } });

    const { outcomes } = compare(object({ a: { b: 1 } }), object({ a: {} }));

    expect(outcomes.get('body')).toBe('data.a.b: recorded 1, simulated nothing');
  });

  test('codes and headers are compared', () => {
    const text: GivenAnswer = { code: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };

    const { outcomes } = compare(text, { ...text, code: 404, headers: { ...text.headers, warning: '299 - "w"' } });

    expect(outcomes.get('code')).toBe('recorded 200, simulated 404');
    expect(outcomes.get('headers')).toBe(`warning: recorded null, simulated ${JSON.stringify('299 - "w"')}`);
  });
});

describe('the list of differences', () => {
  const differing = compare(refusal('no'), refusal('No'));
  const agreeing = compare(refusal('no'), refusal('no'));
  const entry = { request: 'question', facets: ['message'], cause: 'words' } as const;

  test('a difference must be listed', () => {
    expect(unexpectedOf([differing], [])).toEqual(['question: message: recorded "no", simulated "No"']);
    expect(unexpectedOf([differing], [entry])).toEqual([]);
  });

  test('what is listed must differ', () => {
    expect(unexpectedOf([agreeing], [entry])).toEqual([
      'question: message: listed as a difference, but it agrees now; take it off the list',
    ]);
  });

  test('what is listed must be asked', () => {
    expect(unexpectedOf([], [entry])).toEqual(['question: listed as a difference, but it is not asked']);
  });
});

test('the page keeps what others wrote, and its block is written anew', () => {
  const compared = [compare(refusal('no'), refusal('No'))];
  const page = '# Fidelity\n\n<!-- fidelity: begin; x -->\n\ntheirs\n\n<!-- fidelity: end -->\n';

  const once = pageWithAnswers(page, { compared, expected: [] });
  const twice = pageWithAnswers(once, { compared, expected: [] });

  expect(once.startsWith(page)).toBe(true);
  expect(once).toContain(answersTable(compared));
  expect(twice).toBe(once);
});
