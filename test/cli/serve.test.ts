import { expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';

/** Runs `serve`, which is refused before it listens. */
function serve(...words: readonly string[]): Promise<unknown> {
  return createProgram().parseAsync(['serve', ...words], { from: 'user' });
}

test.each([
  [
    'an address that others reach, without https',
    ['--host', '0.0.0.0'],
    2,
    '--host 0.0.0.0: others reach 0.0.0.0, and over plain http anybody would be let in; add --tls',
  ],
  ['a speed that is none', ['--speed', 'fast'], 2, '--speed: wanted a speed such as 1x, 10x or max, found fast'],
  ['a port that is none', ['--port', '70000'], 2, '--port: wanted a port up to 65535, found 70000'],
  [
    'an address that this machine has not',
    ['--port', '0', '--host', '192.0.2.1', '--tls'],
    3,
    'cannot listen at 192.0.2.1',
  ],
  [
    'a kubeconfig that cannot be written',
    ['--port', '0', '--kubeconfig', '/nowhere/config'],
    3,
    'the kubeconfig cannot be written to /nowhere/config',
  ],
])('%s is refused', async (_what, words, exitCode, message) => {
  await expect(serve(...words)).rejects.toMatchObject({ exitCode, message: expect.stringContaining(message) });
});
