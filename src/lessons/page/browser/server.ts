// The page's way to its server. Every request bears the token; what is refused is thrown with the server's own words.

import { tokenHeader } from '../wire.ts';
import type {
  CheckedAnswer,
  ExerciseDetail,
  ExerciseList,
  FileEdit,
  HintWanted,
  LearnerFile,
  LearnerFiles,
  Refusal,
  Solution,
  Texts,
} from '../wire.ts';
import type { Descriptions } from './editor/field-at.ts';

/** What became of an edit. */
export type Written =
  | { readonly kind: 'written'; readonly file: LearnerFile }
  /** Somebody else changed the file: `file` is what is on disk. */
  | { readonly kind: 'conflict'; readonly file: LearnerFile };

/** All requests. They reject with an `Error` whose message can be shown, or with a `TypeError` when nobody answers. */
export class PageServer {
  readonly #token: string;
  #descriptions: Promise<Descriptions> | undefined;

  constructor(token: string) {
    this.#token = token;
  }

  list(): Promise<ExerciseList> {
    return this.#ask('GET', '');
  }

  exercise(id: string): Promise<ExerciseDetail> {
    return this.#ask('GET', `/${encodeURIComponent(id)}`);
  }

  /** Hands out the files that are not there yet. */
  start(id: string): Promise<LearnerFiles> {
    return this.#ask('POST', `/${encodeURIComponent(id)}/start`, {});
  }

  files(id: string): Promise<LearnerFiles> {
    return this.#ask('GET', `/${encodeURIComponent(id)}/files`);
  }

  async write(id: string, edit: FileEdit | { readonly path: string; readonly start: true }): Promise<Written> {
    const response = await this.#send('PUT', `/${encodeURIComponent(id)}/files`, edit);
    if (response.status === 409) {
      const file = (await response.json()) as LearnerFile & Partial<Refusal>;
      if (file.error !== undefined) throw new Error(file.error);
      return { kind: 'conflict', file };
    }
    return { kind: 'written', file: await read(response) };
  }

  check(id: string, language: string): Promise<CheckedAnswer> {
    return this.#ask('POST', `/${encodeURIComponent(id)}/check`, { language });
  }

  hint(id: string, wanted: HintWanted): Promise<{ readonly hint: Texts }> {
    return this.#ask('POST', `/${encodeURIComponent(id)}/hint`, wanted);
  }

  solution(id: string): Promise<Solution> {
    return this.#ask('POST', `/${encodeURIComponent(id)}/solution`, {});
  }

  /** What the fields are for; large, and asked for once. Nothing, where nobody answers. */
  descriptions(): Promise<Descriptions> {
    this.#descriptions ??= this.#readDescriptions();
    return this.#descriptions;
  }

  async #readDescriptions(): Promise<Descriptions> {
    try {
      return (await (await fetch('/descriptions.json')).json()) as Descriptions;
    } catch {
      // Fields are completed without; the next time it is tried again.
      this.#descriptions = undefined;
      return { types: {} };
    }
  }

  async #ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    return read(await this.#send(method, path, body));
  }

  #send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`/api/exercises${path}`, {
      method,
      headers: { [tokenHeader]: this.#token, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

async function read<T>(response: Response): Promise<T> {
  const value = (await response.json()) as T & Partial<Refusal>;
  if (!response.ok) throw new Error(value.error ?? `${response.status}`);
  return value;
}
