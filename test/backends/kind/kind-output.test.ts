// What is made of kind's output. The lines are those of kind v0.32.0 (pkg/internal/cli/status.go) without a terminal.

import { describe, expect, test } from 'vitest';
import { kindFailure } from '../../../src/backends/kind/kind-failure.ts';
import { LineSplitter } from '../../../src/backends/kind/line-splitter.ts';
import { progressOf } from '../../../src/backends/kind/progress-line.ts';

describe('progress', () => {
  test.each([
    [' • Ensuring node image (kindest/node:v1.36.1) 🖼  ...', 'ensuring node image (kindest/node:v1.36.1)'],
    [' • Preparing nodes 📦 📦 📦   ...', 'preparing nodes'],
    [' • Starting control-plane 🕹️  ...', 'starting control-plane'],
    [' • Ready after 17s 💚', 'ready after 17s'],
  ])('%s', (line, told) => {
    expect(progressOf(line)).toBe(told);
  });

  test.each([' ✓ Preparing nodes 📦', 'Creating cluster "a" ...', ''])('nothing is told of %j', (line) => {
    expect(progressOf(line)).toBeUndefined();
  });
});

test('a failure is the error of kind, with the end of its log and of its nodes below', () => {
  const output = `Creating cluster "a" ...\n${'x\n'.repeat(50)}ERROR: failed to create cluster: boom\nCommand Output: bang\n`;

  const { message } = kindFailure('make the cluster', output, ['the node n has ended:', 'systemd: no']);

  const lines = message.split('\n');
  expect(lines[0]).toBe('kind could not make the cluster: failed to create cluster: boom');
  expect(lines.slice(-3)).toEqual(['  Command Output: bang', '  the node n has ended:', '  systemd: no']);
  expect(lines).toHaveLength(15);
});

test('lines come whole, however they were cut, and the last one without an end as well', () => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  const bytes = Buffer.from(' • ä\r\n\nb\nc');

  for (const byte of bytes) splitter.take(Buffer.from([byte]));

  expect(splitter.end()).toBe(' • ä\r\n\nb\nc');
  expect(lines).toEqual([' • ä', 'b', 'c']);
});
