import { expect, test } from 'vitest';
import { mainCommand } from '../../../../src/simulator/kubelet/shell/main-command.ts';

test('a command stands before its arguments', () => {
  expect(mainCommand({ name: 'a', image: 'nginx', command: ['sh', '-c'], args: ['exit'] })).toEqual([
    'sh',
    '-c',
    'exit',
  ]);
});

test.each(['busybox', 'busybox:1.28', 'docker.io/library/alpine:3', 'ubuntu@sha256:abc'])(
  'the arguments alone are the command of %s, which has no entrypoint',
  (image) => {
    expect(mainCommand({ name: 'a', image, args: ['date'] })).toEqual(['date']);
  },
);

test.each(['nginx', 'example.com/busybox', 'localhost:5000/busybox:1'])('what %s starts is not known', (image) => {
  expect(mainCommand({ name: 'a', image, args: ['date'] })).toBeUndefined();
});

test('an image without arguments decides by itself', () => {
  expect(mainCommand({ name: 'a', image: 'busybox' })).toBeUndefined();
});
