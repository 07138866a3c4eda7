// kind in a container that has the Docker socket, one container a call: what kind makes then are siblings of it on the same
// daemon. It shares the host's network, because kind looks for a free port itself and tells Docker to publish it on the host.

import { BackendError } from '../cluster.ts';
import { knownCause } from './docker-error.ts';
import { kindContainerLabel } from './labels.ts';
import { LineSplitter } from './line-splitter.ts';
import { removeContainers } from './remove-containers.ts';
import type { Readable } from 'node:stream';
import type { StartedTestContainer } from 'testcontainers';
import type { DockerEngine } from './docker-engine.ts';
import type { KindCall, KindResult, KindTool } from './kind-tool.ts';
import type { Testcontainers } from './load-testcontainers.ts';

/** What the container is made of. */
export interface ContainerKindInput {
  readonly testcontainers: Testcontainers;
  readonly engine: DockerEngine;
  readonly image: string;
  /** Name of the cluster: containers bear it in a label. */
  readonly cluster: string;
}

const configFile = '/setpiece-kind-config.yaml';
/** kind ends by itself; whoever waits can press Ctrl-C. */
const callMaxMs = 3_600_000;
/** What kind reads of its environment (pkg/cluster/internal/providers). */
const passedOn = [
  'KIND_EXPERIMENTAL_DOCKER_NETWORK',
  'KIND_EXPERIMENTAL_CONTAINERD_SNAPSHOTTER',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** Makes the tool. The kubeconfig that kind writes stays in the container, and goes with it. */
export function createContainerKind(input: ContainerKindInput): KindTool {
  return {
    whence: `the image ${input.image}`,
    kubeconfig: '/setpiece-kubeconfig',
    run: (call) => runContainer(call, input),
    dispose: () => removeContainers(input.engine, kindContainerLabel(input.cluster)),
  };
}

async function runContainer(call: KindCall, input: ContainerKindInput): Promise<KindResult> {
  const { signal, onLine } = call;
  signal.throwIfAborted();
  const splitter = new LineSplitter(onLine);
  let written: Promise<void> | undefined;
  const onLog = (stream: Readable): void => {
    stream.on('data', (chunk: Buffer | string) => splitter.take(chunk));
    written = new Promise(
      (resolve) =>
        void stream
          .once('close', resolve)
          .once('end', resolve)
          .once('error', () => resolve()),
    );
  };
  let code = 0;
  try {
    await untilAborted(start(call, input, onLog), signal);
  } catch (error) {
    signal.throwIfAborted();
    if (written === undefined) throw startError(error, input.image);
    code = 1;
  }
  await written;
  await removeContainers(input.engine, kindContainerLabel(input.cluster));
  return { code, output: splitter.end() };
}

async function start(
  { args, config }: KindCall,
  { testcontainers, engine, image, cluster }: ContainerKindInput,
  onLog: (stream: Readable) => void,
): Promise<StartedTestContainer> {
  const { GenericContainer, Wait } = testcontainers;
  const [key = '', value = ''] = kindContainerLabel(cluster).split('=');
  const container = new GenericContainer(image)
    .withEntrypoint(['kind'])
    .withCommand([...args, ...(config === undefined ? [] : ['--config', configFile])])
    .withUser('0')
    .withLabels({ [key]: value })
    .withNetworkMode('host')
    .withEnvironment(environment())
    // Relative paths of a config (extraMounts) are the host's; kind makes them absolute by its own folder.
    .withWorkingDir(process.cwd())
    .withSecurityOpt('label=disable')
    .withBindMounts([{ source: daemonSocket(engine.socket), target: '/var/run/docker.sock', mode: 'rw' }])
    .withLogConsumer(onLog)
    .withWaitStrategy(Wait.forOneShotStartup())
    .withStartupTimeout(callMaxMs)
    // Our own reaper is there for what kind makes, too; Ryuk would be one more image to pull.
    .withAutoCleanup(false);
  if (config !== undefined) container.withCopyContentToContainer([{ content: config, target: configFile }]);
  return container.start();
}

/** The socket where the daemon runs: on macOS that is a virtual machine, where our path leads nowhere. */
function daemonSocket(socket: string): string {
  const usual = process.platform === 'darwin' ? '/var/run/docker.sock' : socket;
  return process.env['TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE'] ?? usual;
}

function environment(): Record<string, string> {
  const given = passedOn.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]] as const],
  );
  return Object.fromEntries(given) as Record<string, string>;
}

/** Gives the result, or rejects as aborted, whichever is first. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function startError(error: unknown, image: string): BackendError {
  const message = error instanceof Error ? error.message : String(error);
  const cause = knownCause(message);
  if (cause !== undefined) return new BackendError(`kind could not be started: ${cause}`, { cause: error });
  if (/executable file not found|no such file or directory.*kind/i.test(message)) {
    return new BackendError(
      `the image ${image} holds no \`kind\` on its PATH; --kind-image wants kind and docker in it`,
      { cause: error },
    );
  }
  if (/no such image|not found|pull access denied|manifest unknown|dial tcp|lookup /i.test(message)) {
    return new BackendError(`the image ${image} is not there and could not be pulled: ${oneLine(message)}`, {
      cause: error,
    });
  }
  return new BackendError(`kind could not be started from the image ${image}: ${oneLine(message)}`, { cause: error });
}

function oneLine(text: string): string {
  return text
    .replace(/^\(HTTP code \d+\) [\w ]+ - /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ');
}
