// The contract on the kubeconfig backend: against a simulator that is served over HTTP, with real sockets and real watches;
// and against a real cluster where SETPIECE_KUBECONFIG (and SETPIECE_CONTEXT) name one.

import { readFileSync } from 'node:fs';
import { createKubeconfigBackend } from '../../src/backends/kubeconfig/create-backend.ts';
import { kubeconfigFor } from '../../src/simulator/http/kubeconfig.ts';
import { serveSimulator } from '../../src/simulator/http/serve.ts';
import { describeBackendContract } from './contract.ts';
import type { Backend } from '../../src/backends/cluster.ts';

const skip = [
  {
    reason: 'nobody knows the future of a real cluster',
    cases: ['a backend that knows its future says when nothing can happen any more'],
  },
];

/** Each case has a server of its own, which goes when the backend goes. */
async function served(): Promise<Backend> {
  const server = await serveSimulator({ port: 0, speed: 20, seed: 1, nodes: 2 });
  return createKubeconfigBackend({
    name: 'cluster',
    kubeconfig: kubeconfigFor(server.access),
    context: 'setpiece',
    disposable: true,
    setup: {},
    onDispose: () => server.close(),
  });
}

describeBackendContract({
  name: 'the kubeconfig backend on a served simulator',
  open: served,
  skip,
  timeoutMs: 60_000,
});

const { SETPIECE_KUBECONFIG: file, SETPIECE_CONTEXT: context = 'kind-setpiece' } = process.env;

if (file !== undefined) {
  describeBackendContract({
    name: `the kubeconfig backend on ${context}`,
    open: () =>
      createKubeconfigBackend({
        name: 'cluster',
        kubeconfig: readFileSync(file, 'utf8'),
        context,
        disposable: process.env['SETPIECE_DISPOSABLE'] === '1',
        setup: {},
      }),
    skip,
    timeoutMs: 300_000,
  });
}
