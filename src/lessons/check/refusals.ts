// Manifests that the API did not take, and what is missing because of it.

import { declaredObjects } from './manifest-facts.ts';
import type { FileItem } from '../markdown/lesson.ts';
import type { DeclaredObject } from './manifest-facts.ts';
import type { Said } from './executor.ts';
import type { RunStep } from './plan-lesson.ts';

interface Missing extends DeclaredObject {
  readonly line: number;
}

/** The refusals of a lesson so far. */
export class Refusals {
  #missing: Missing[] = [];
  readonly #files = new Map<FileItem, string>();
  #leftOut: number | undefined;

  /** Line of the first command that would have changed something and was not run. */
  get leftOut(): number | undefined {
    return this.#leftOut;
  }

  /** Takes note of what a command with files came to. `lost`: nothing was done about a refusal. */
  note({ invocation, sources, files, item, temper }: RunStep, said: Said, lost: boolean): void {
    if (said.beyond !== undefined) {
      // A pod that was only to be shown at a terminal is gone again.
      if (temper.changing && invocation.verb !== 'run') this.#leftOut ??= item.lines.first;
      return;
    }
    if (!/^(?:apply|create|replace)$/.test(invocation.verb) || files.length === 0) return;
    const declared = files.flatMap(({ content }) => declaredObjects(content));
    const done = new Set(
      [
        ...said.output.matchAll(
          /^([\w.-]+?)(?:\.[\w.-]+)?\/([\w.-]+) (?:created|configured|unchanged|serverside-applied|replaced)/gm,
        ),
      ].map(([, kind, name]) => `${kind} ${name}`),
    );
    const isDone = ({ kind, name }: DeclaredObject): boolean => done.has(`${kind} ${name}`);
    this.#missing = this.#missing.filter((object) => !isDone(object));
    if (said.code === 0 || refusesState(said.output)) return;
    const answer = answerOf(said.output);
    for (const source of sources)
      if (!this.#files.has(source)) this.#files.set(source, `the API refuses it: ${answer}`);
    if (!lost) return;
    const line = sources[0]?.lines.first ?? item.lines.first;
    for (const object of declared) if (!isDone(object)) this.#missing.push({ ...object, line });
    // The longest name first: `nginx` is in `nginx-web`.
    this.#missing.sort((a, b) => b.name.length - a.name.length);
  }

  /** Why a file was refused, if it was. */
  ofFile(item: FileItem): string | undefined {
    return this.#files.get(item);
  }

  /** What a text speaks of that is missing because its manifest was refused: `statefulset web, refused at line 61`. */
  missingIn(text: string): string | undefined {
    const found = this.#missing.find(({ name }) => {
      const escaped = name.replaceAll('.', '\\.');
      return new RegExp(`(?<![\\w.])${escaped}(?:-[\\w-]+)?(?![\\w.])|-${escaped}-\\d+(?![\\w.])`).test(text);
    });
    return found === undefined
      ? undefined
      : `${found.kind} ${found.name}, whose manifest is refused at line ${found.line}`;
  }
}

/** Whether a refusal is about what there is (an object that exists already), not about the manifest. */
export function refusesState(output: string): boolean {
  const errors = output.split('\n').filter((line) => /^(?:Error|error)\b/.test(line));
  return errors.length > 0 && errors.every((line) => /\((?:AlreadyExists|Conflict)\)/.test(line));
}

/** The API's answer in one line: what kubectl says beside what it did. */
export function answerOf(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const first = lines.findIndex((line) =>
    /error|invalid|refused|not found|denied|forbidden|unknown|unable/i.test(line),
  );
  const told = (first < 0 ? lines : lines.slice(first)).join(' ').replaceAll(/\s+/g, ' ').trim();
  return told.length > 400 ? `${told.slice(0, 399)}…` : told;
}
