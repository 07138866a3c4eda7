// `exec`: a command in a container, over the WebSocket that client-node opens.

import { Writable } from 'node:stream';
import { BackendError } from '../cluster.ts';
import { connectionError } from './connection-error.ts';
import { loadClient } from './load-client.ts';
import { restPath } from './rest-path.ts';
import type { V1Status } from '@kubernetes/client-node';
import type { Answer } from '../cluster.ts';
import type { Connection } from './connection.ts';

/** Which command, and where. */
export interface Command {
  readonly namespace: string;
  readonly pod: string;
  /** Default: the first. */
  readonly container?: string;
  readonly command: readonly string[];
}

/** Runs a command; the answer is its output and exit code, or the API server's refusal. */
export async function runInContainer(connection: Connection, wish: Command): Promise<Answer> {
  const { namespace, pod: name } = wish;
  const found = await connection.request({
    method: 'GET',
    path: restPath({ group: '', version: 'v1', resource: 'pods', namespace, name }),
  });
  if (found.code !== 200) return found;
  const { spec } = found.body as unknown as {
    readonly spec: { readonly containers: readonly { readonly name: string }[] };
  };
  const { Exec } = await loadClient();
  const [out, error] = [new Collector(), new Collector()];
  const container = wish.container ?? spec.containers[0]?.name ?? '';
  let status: V1Status | undefined;
  try {
    status = await new Promise<V1Status | undefined>((resolve, reject) => {
      new Exec(connection.config)
        .exec(namespace, name, container, [...wish.command], out, error, null, false, resolve)
        .then((socket) => socket.addEventListener('close', () => resolve(undefined)), reject);
    });
  } catch (failure) {
    return refusal(failure, connection, name);
  }
  if (status === undefined) throw new BackendError(`the stream of a command in pod/${name} was cut off`);
  return { code: 200, body: { stdout: out.text, stderr: error.text, exitCode: exitCodeOf(status) }, warnings: [] };
}

/** Keeps what is written to it. */
class Collector extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/** A WebSocket tells of a refusal only its code. */
function refusal(failure: unknown, { server }: Connection, pod: string): Answer {
  const { message = '', error } = failure as { readonly message?: string; readonly error?: unknown };
  const code = Number(/Unexpected server response: (\d{3})/.exec(message)?.[1]);
  if (Number.isNaN(code)) throw connectionError(error ?? failure, server);
  const reason = code === 403 ? 'Forbidden' : code === 404 ? 'NotFound' : 'BadRequest';
  const said = `the API server refused to run a command in pod ${pod} with code ${code}`;
  return {
    code,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason, message: said, code },
    warnings: [],
  };
}

function exitCodeOf({ status, details }: V1Status): number {
  if (status === 'Success') return 0;
  const cause = details?.causes?.find(({ reason }) => reason === 'ExitCode');
  // What could not even be started has no code of its own; shells say 126.
  return cause?.message === undefined ? 126 : Number(cause.message);
}
