import { expect, test } from 'vitest';

import { bare, bindOnly, codesOf } from './bound-step.ts';

test('a rejection is matched by its members, of one object where it says so', () => {
  const { expect: expectation } = bindOnly(
    'scale: { target: sts/web, to: -1 }\nexpect: { rejected: { of: sts/web, code: 422, causes: { has: [ { field: spec.replicas } ] } } }',
  );

  expect(bare(expectation?.rejected)).toEqual([
    {
      of: { of: 'statefulset.apps', name: 'web' },
      matcher: {
        kind: 'members',
        members: [
          ['code', { kind: 'equals', operand: { kind: 'value', value: 422 } }],
          [
            'causes',
            {
              kind: 'has',
              items: [
                {
                  kind: 'members',
                  members: [['field', { kind: 'equals', operand: { kind: 'value', value: 'spec.replicas' } }]],
                },
              ],
            },
          ],
        ],
      },
    },
  ]);
});

test.each([
  ['resolve: { name: web, type: A }', 'records: { count: 3 }', []],
  ['resolve: { name: web, type: A }', 'record: {}', ['unknown-member']],
  ['exec: { target: pod/a, command: [id] }', 'exitCode: 0, stdout: { contains: root }', []],
  ['get: { target: sts/a }', 'status: { replicas: 3 }', []],
  ['get: { target: sts/a, list: true }', 'items: { count: 1 }', []],
  ['get: { target: sts/a, list: true }', 'status: {}', ['unknown-member']],
  ['scale: { target: sts/a, to: 1 }', 'code: 200, object: { kind: Scale }', []],
  ['scale: { target: sts/a, to: 1 }', 'items: []', ['unknown-member']],
  ['recover: { target: pod/a }', 'code: 200', ['answer-without-request']],
])('%s may be answered { %s }: %j', (action, answered, codes) => {
  expect(codesOf(`${action}\nexpect: { answered: { ${answered} } }`)).toEqual(codes);
});
