import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goJsonError } from '../../../src/simulator/api/go-json-error.ts';

describe('an error of JSON', () => {
  // Answers of Go's json.Unmarshal.
  test.each([
    ['', 'unexpected end of JSON input'],
    ['{"apiVersion": ', 'unexpected end of JSON input'],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
    ['[1 2]', "invalid character '2' after array element"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['apiVersion: v1', "invalid character 'a' looking for beginning of value"],
    ['nul', 'unexpected end of JSON input'],
    ['nulx', "invalid character 'x' in literal null (expecting 'l')"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ["'a'", `invalid character '\\'' looking for beginning of value`],
  ])('in %j is told as Go tells it', (text, message) => {
    expect(goJsonError(text)).toBe(message);
  });

  test('is found in what JSON.parse refuses, and nowhere else', () => {
    const alphabet = '{}[]:,"\\ 0-1.5etrufalsn\n'.split('');
    const text = fc.oneof(
      fc.json(),
      fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }).map((characters) => characters.join('')),
    );

    fc.assert(
      fc.property(text, (sent) => {
        expect(goJsonError(sent) === undefined).toBe(isJson(sent));
      }),
      { numRuns: 3000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
