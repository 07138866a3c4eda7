import { expect, test } from 'vitest';
import { chooseBackend } from '../../src/cli/backend-flags.ts';

test.each([
  [{ kubernetes: 'v1.36' }, '--kubernetes'],
  [{ nodeImage: 'kindest/node:v1.36.1' }, '--node-image'],
  [{ kindConfig: 'kind.yaml' }, '--kind-config'],
])('a cluster that is reused is not also made (%o)', (flags, named) => {
  const choose = () => chooseBackend({ backend: 'kind', nodes: 1, reuse: 'mine', ...flags });

  expect(choose).toThrow(`${named} is for a new cluster; --reuse mine takes one as it is`);
});
