// The operators of matchers. Plain data; the binder, the schema and the manual read it.

/** What an operator takes. */
export type OperatorOperand = 'value' | 'amount' | 'text' | 'pattern' | 'boolean' | 'matcher' | 'matchers' | 'reading';

/** One operator. */
export interface OperatorRow {
  readonly name: string;
  readonly operand: OperatorOperand;
  readonly meaning: string;
  readonly example: string;
}

/** Every operator. A literal needs none: a scalar is equal, a map matches partially, a list by merge key as a subset. */
export const operators = [
  { name: 'equals', operand: 'value', meaning: 'the whole value, nothing more', example: '{ equals: { app: web } }' },
  { name: 'not', operand: 'matcher', meaning: 'the matcher does not match', example: '{ not: $oldIP }' },
  { name: 'gt', operand: 'amount', meaning: 'greater; numbers, quantities, durations', example: '{ gt: 1 }' },
  { name: 'gte', operand: 'amount', meaning: 'at least', example: '{ gte: 280s }' },
  { name: 'lt', operand: 'amount', meaning: 'less', example: '{ lt: 1Gi }' },
  { name: 'lte', operand: 'amount', meaning: 'at most', example: '{ lte: 1 }' },
  { name: 'contains', operand: 'text', meaning: 'the text holds this text', example: '{ contains: Insufficient }' },
  { name: 'startsWith', operand: 'text', meaning: 'the text begins with this text', example: '{ startsWith: web- }' },
  {
    name: 'matches',
    operand: 'pattern',
    meaning: 'a regular expression finds something',
    example: '{ matches: "^web-[0-9]+$" }',
  },
  { name: 'anyOf', operand: 'matchers', meaning: 'at least one of these matches', example: '{ anyOf: [1, -1] }' },
  {
    name: 'allOf',
    operand: 'matchers',
    meaning: 'each of these matches',
    example: '{ allOf: [ { gte: 1 }, { lt: 5 } ] }',
  },
  {
    name: 'absent',
    operand: 'boolean',
    meaning: 'the field is not there (or, with false, is there)',
    example: '{ absent: true }',
  },
  {
    name: 'has',
    operand: 'matchers',
    meaning: 'the list has an element for each of these',
    example: '{ has: [ { port: 80 } ] }',
  },
  {
    name: 'exactly',
    operand: 'matchers',
    meaning: 'the list has these elements and no others, in any order',
    example: '{ exactly: [a, b] }',
  },
  {
    name: 'inOrder',
    operand: 'matchers',
    meaning: 'the list has these elements in this order, others may stand between',
    example: '{ inOrder: [a, b] }',
  },
  { name: 'count', operand: 'matcher', meaning: 'how many elements the list has', example: '{ count: 3 }' },
  {
    name: 'distinct',
    operand: 'boolean',
    meaning: 'no two elements of the list are equal',
    example: '{ distinct: true }',
  },
  {
    name: 'every',
    operand: 'matcher',
    meaning: 'each element of the list matches',
    example: '{ every: { startsWith: web- } }',
  },
  {
    name: 'valueOf',
    operand: 'reading',
    meaning: 'equal to a field of another object (or `it`), read at the same point, or as it was before the request',
    example: '{ valueOf: { of: pod/web-1, field: status.podIP, at: start } }',
  },
] as const satisfies readonly OperatorRow[];

/** The name of an operator. */
export type OperatorName = (typeof operators)[number]['name'];

/** Operators by name. */
export const operatorsByName: ReadonlyMap<string, OperatorRow & { readonly name: OperatorName }> = new Map(
  operators.map((operator) => [operator.name, operator]),
);
