// `test`, `[` and, as far as it asks the same, `[[`: questions about files, texts and numbers.

import { absolute } from '../state.ts';
import { complain } from './command.ts';
import type { Call, ShellCommand } from './command.ts';

/** `test EXPRESSION`, `[ EXPRESSION ]`, `[[ EXPRESSION ]]`: 0 when it holds, 1 when not, 2 when it cannot be read. */
export const test: ShellCommand = (call) => {
  const words = [...call.args];
  const closing = call.name === '[' ? ']' : call.name === '[[' ? ']]' : undefined;
  if (closing !== undefined && words.pop() !== closing) return complain(call, `missing '${closing}'`) + 1;
  const holds = evaluate(call, words);
  if (holds === undefined) return complain(call, `${words.join(' ')}: unexpected operator`) + 1;
  return holds ? 0 : 1;
};

function evaluate(call: Call, words: readonly string[]): boolean | undefined {
  for (const [operator, all] of [
    ['-o', false],
    ['-a', true],
  ] as const) {
    const place = words.indexOf(operator);
    if (place <= 0) continue;
    const left = evaluate(call, words.slice(0, place));
    const right = evaluate(call, words.slice(place + 1));
    if (left === undefined || right === undefined) return undefined;
    return all ? left && right : left || right;
  }
  const [first = '', second = '', third = ''] = words;
  if (words.length === 0) return false;
  if (first === '!') {
    const inner = evaluate(call, words.slice(1));
    return inner === undefined ? undefined : !inner;
  }
  if (words.length === 1) return first !== '';
  if (words.length === 2) return unary(call, first, second);
  return words.length === 3 ? binary(first, second, third) : undefined;
}

function unary({ shell }: Call, operator: string, operand: string): boolean | undefined {
  const { files } = shell.world;
  const path = absolute(shell, operand);
  switch (operator) {
    case '-e':
      return files.read(path) !== undefined || files.isDirectory(path);
    case '-f':
      return files.read(path) !== undefined;
    case '-d':
      return files.isDirectory(path);
    case '-s':
      return (files.read(path) ?? '') !== '';
    case '-r':
    case '-w':
      return files.read(path) !== undefined || files.isDirectory(path);
    case '-z':
      return operand === '';
    case '-n':
      return operand !== '';
    default:
      return undefined;
  }
}

function binary(left: string, operator: string, right: string): boolean | undefined {
  if (operator === '=' || operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (!/^-?\d+$/.test(left) || !/^-?\d+$/.test(right)) return undefined;
  const difference = Number(left) - Number(right);
  switch (operator) {
    case '-eq':
      return difference === 0;
    case '-ne':
      return difference !== 0;
    case '-lt':
      return difference < 0;
    case '-le':
      return difference <= 0;
    case '-gt':
      return difference > 0;
    case '-ge':
      return difference >= 0;
    default:
      return undefined;
  }
}
