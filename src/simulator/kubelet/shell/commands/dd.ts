// `dd`: copies so many bytes from one file to another.

import { absolute } from '../state.ts';
import { complain } from './command.ts';
import type { Call, ShellCommand } from './command.ts';

const unknown = /^(?!(?:if|of|bs|count|conv|status)=)/;
const units: Readonly<Record<string, number>> = { '': 1, k: 1024, K: 1024, M: 1024 * 1024 };
/** More than fits into a file that is kept in memory. */
const bytesMax = 1024 * 1024;

/** `dd if=FILE of=FILE [bs=N] [count=N]`; `/dev/zero` has no end. */
export const dd: ShellCommand = (call) => {
  const { args, streams, shell } = call;
  const strange = args.find((arg) => unknown.test(arg));
  if (strange !== undefined) return complain(call, `unrecognized operand '${strange}'`);
  const operands = new Map(args.map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]));
  const size = bytesOf(operands.get('bs') ?? '512');
  const count = operands.has('count') ? bytesOf(operands.get('count') ?? '') : undefined;
  if (size === undefined || (operands.has('count') && count === undefined)) return complain(call, 'invalid number');
  const input = inputOf(call, operands.get('if'), count === undefined ? undefined : size * count);
  if (typeof input === 'number') return input;
  const text = count === undefined ? input : input.slice(0, size * count);
  const target = operands.get('of');
  if (target === undefined) streams.out(text);
  else {
    const error = shell.world.files.write(absolute(shell, target), text);
    if (error !== undefined) return complain(call, `failed to open '${target}': ${error}`);
  }
  const records = `${Math.floor(text.length / size)}+${text.length % size === 0 ? 0 : 1} records`;
  if (operands.get('status') !== 'none') streams.error(`${records} in\n${records} out\n`);
  return 0;
};

function inputOf(call: Call, source: string | undefined, wanted: number | undefined): string | number {
  const { shell, streams } = call;
  if (source === undefined) return streams.input;
  if (source === '/dev/null') return '';
  if (source === '/dev/zero') {
    if (wanted === undefined || wanted > bytesMax) return complain(call, 'error writing: No space left on device');
    return '\0'.repeat(wanted);
  }
  const text = shell.world.files.read(absolute(shell, source));
  return text ?? complain(call, `failed to open '${source}': No such file or directory`);
}

function bytesOf(text: string): number | undefined {
  const [, number = '', unit = ''] = /^(\d{1,9})([kKM]?)$/.exec(text) ?? [];
  const bytes = number === '' ? 0 : Number(number) * (units[unit] ?? 1);
  return bytes > 0 ? bytes : undefined;
}
