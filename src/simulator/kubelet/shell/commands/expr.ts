// `expr`: one operation on two numbers.

import { complain } from './command.ts';
import type { ShellCommand } from './command.ts';

const operations: ReadonlyMap<string, (left: bigint, right: bigint) => bigint> = new Map([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
  ['/', (left, right) => left / right],
  ['%', (left, right) => left % right],
]);

/** `expr A OPERATOR B`: prints the result; 0, or 1 when the result is 0, or 2 when it cannot be read. */
export const expr: ShellCommand = (call) => {
  const [left = '', operator = '', right = ''] = call.args;
  const operation = operations.get(operator);
  if (call.args.length !== 3 || operation === undefined) return complain(call, 'syntax error') + 1;
  if (!isInteger(left) || !isInteger(right)) return complain(call, 'non-integer argument') + 1;
  if (BigInt(right) === 0n && (operator === '/' || operator === '%')) return complain(call, 'division by zero') + 1;
  const result = operation(BigInt(left), BigInt(right));
  call.streams.out(`${result}\n`);
  return result === 0n ? 1 : 0;
};

function isInteger(text: string): boolean {
  return /^-?\d{1,18}$/.test(text);
}
