import { expect, test } from 'vitest';
import { beyondContainers } from '../../../src/lessons/check/beyond-containers.ts';

test.each([
  ['sh: 1: wget: not found\ncommand terminated with exit code 127\n', 'no program `wget`'],
  [
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "mongo": executable file not found in $PATH\n',
    'no program `mongo`',
  ],
  ['sh: 1: for is not known\ncommand terminated with exit code 2\n', 'does not know it all: for is not known'],
])('%j says nothing about a lesson', (output, reason) => {
  expect(beyondContainers(output)).toContain(reason);
});

test.each(['web-0\n', 'cat: /nofile: No such file or directory\n', ''])('%j does', (output) => {
  expect(beyondContainers(output)).toBeUndefined();
});
