import { describe, expect, test } from 'vitest';
import { chooseReporters, createReporters } from '../../src/cli/reporters.ts';
import { reporterTable } from '../../src/cli/reporter-table.ts';

describe('reporters as asked for', () => {
  test('without any, the list is shown', () => {
    expect(chooseReporters([])).toEqual([{ name: 'list' }]);
  });

  test('several go each to its place', () => {
    expect(chooseReporters(['line', 'json=a=b.json'])).toEqual([{ name: 'line' }, { name: 'json', file: 'a=b.json' }]);
  });

  test.each([
    ['jsn', 'there is no reporter `jsn`: did you mean json?'],
    ['zebra', 'there is no reporter `zebra`: one of list, line, json,'],
    ['json=', '--reporter json= names no file behind `=`'],
    ['html', 'the reporter `html` needs a file: --reporter html=report.html'],
  ])('%s is refused: %s', (value, message) => {
    expect(() => chooseReporters([value])).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message) as string, exitCode: 2 }) as Error,
    );
  });

  test('each name is there once', () => {
    const names = reporterTable.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });

  test('records are sent only when somebody wants them', async () => {
    const wanting = reporterTable.filter(({ wantsRecords }) => wantsRecords).map(({ name }) => name);

    expect(wanting).toContain('html');
    expect((await createReporters([{ name: 'json' }])).wantsRecords).toBe(false);
  });
});
