// What is asked of the Docker daemon itself, over its socket: containers by label, their life, images. The same few requests
// whether kind comes from PATH or in a container, and without a docker command on this machine.

import { request as httpRequest } from 'node:http';
import { BackendError } from '../cluster.ts';
import { dockerError } from './docker-error.ts';
import type { IncomingMessage } from 'node:http';

/** A container as the daemon lists it. */
export interface ListedContainer {
  readonly id: string;
  /** Without the leading slash. */
  readonly name: string;
  /** `running`, `paused`, `exited`, … */
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The daemon: its version and the platform of its containers. */
export interface DaemonVersion {
  readonly version: string;
  /** `linux`, `windows`. */
  readonly os: string;
  /** `amd64`, `arm64`, … */
  readonly architecture: string;
}

interface Answer {
  readonly code: number;
  readonly text: string;
}

/** Longest wait for an answer that is not a stream, milliseconds: a daemon under load removes containers slowly. */
const answerTimeoutMs = 60_000;

/** A Docker daemon. Everything rejects with `BackendError`. */
export class DockerEngine {
  readonly socket: string;

  constructor(socket: string) {
    this.socket = socket;
  }

  /** Asks who answers: the first thing to do, since it tells a missing daemon from a missing permission. */
  async version(): Promise<DaemonVersion> {
    const { Version, Os, Arch } = JSON.parse(await this.#ask('GET', '/version')) as Record<string, string>;
    return { version: Version ?? '', os: Os ?? '', architecture: Arch ?? '' };
  }

  /** Containers with a label (`key=value`), also stopped ones. */
  async containers(label: string): Promise<readonly ListedContainer[]> {
    const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
    const listed = JSON.parse(await this.#ask('GET', `/containers/json?all=1&filters=${filters}`)) as readonly Listed[];
    return listed.map(({ Id, Names, State, Labels }) => ({
      id: Id,
      name: (Names?.[0] ?? '').replace(/^\//, ''),
      state: State,
      labels: Labels ?? {},
    }));
  }

  /** Removes a container as `docker rm -f -v` does. One that is gone, or going, is no failure. */
  async remove(id: string): Promise<void> {
    await this.#ask('DELETE', `/containers/${id}?force=1&v=1`, [404, 409]);
  }

  /** Stops (at once, like a power failure), starts, pauses or unpauses a container; one that is so already is left so. */
  async turn(id: string, how: 'stop' | 'start' | 'pause' | 'unpause'): Promise<void> {
    await this.#ask('POST', `/containers/${id}/${how}${how === 'stop' ? '?t=0' : ''}`, [304]);
  }

  /** The last lines that a container wrote. */
  async logTail(id: string, lines: number): Promise<readonly string[]> {
    const text = await this.#ask('GET', `/containers/${id}/logs?stdout=1&stderr=1&tail=${lines}`);
    return text.split('\n').filter((line) => line.trim() !== '');
  }

  /** Whether an image is there. */
  async hasImage(image: string): Promise<boolean> {
    const { code } = await this.#answer('GET', `/images/${image}/json`, [404]);
    return code !== 404;
  }

  /** Names (`repository:tag`) under which images of a repository are there. */
  async imageNames(repository: string): Promise<readonly string[]> {
    const filters = encodeURIComponent(JSON.stringify({ reference: [repository] }));
    const listed = JSON.parse(await this.#ask('GET', `/images/json?filters=${filters}`)) as readonly {
      readonly RepoTags?: readonly string[] | null;
    }[];
    return listed.flatMap(({ RepoTags }) => RepoTags ?? []).filter((name) => !name.endsWith(':<none>'));
  }

  /** Opens the stream of a long request. */
  async stream(method: 'POST', path: string, signal?: AbortSignal): Promise<IncomingMessage> {
    const message = await this.#send(method, path, signal);
    if ((message.statusCode ?? 0) < 400) return message;
    throw new BackendError(messageOf(await readText(message)));
  }

  async #ask(method: string, path: string, expected: readonly number[] = []): Promise<string> {
    const { text } = await this.#answer(method, path, expected);
    return text;
  }

  async #answer(method: string, path: string, expected: readonly number[]): Promise<Answer> {
    const message = await this.#send(method, path, AbortSignal.timeout(answerTimeoutMs));
    const code = message.statusCode ?? 0;
    const text = await readText(message);
    if (code < 300 || expected.includes(code)) return { code, text };
    throw new BackendError(`Docker: ${messageOf(text)}`);
  }

  #send(method: string, path: string, signal?: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { socketPath: this.socket, method, path, ...(signal === undefined ? {} : { signal }) };
      httpRequest(options, resolve)
        .on('error', (error) => reject(dockerError(error, this.socket)))
        .end();
    });
  }
}

interface Listed {
  readonly Id: string;
  readonly Names?: readonly string[] | null;
  readonly State: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/** The daemon answers errors as `{"message"}`. */
function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { readonly message?: string }).message ?? text;
  } catch {
    return text.trim();
  }
}

async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
