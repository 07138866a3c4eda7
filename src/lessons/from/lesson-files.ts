// The files that a lesson shows before it uses them: the author's manifests as they stand, and what was changed or written in
// place as YAML of our own.

import { posix } from 'node:path';
import { kindKey } from '../../kubernetes/kind.ts';
import { manifestsOf } from '../../runner/load-file.ts';
import { readProjectFile } from '../../scenario/project-files.ts';
import { writeYaml } from '../../scenario/yaml/write-yaml.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { LoadedScenario } from '../../runner/load-file.ts';
import type { Action } from '../../scenario/model.ts';

/** A file, and whether the lesson must show it before the command. */
export interface ShownFile {
  readonly name: string;
  readonly content: string;
  /** False when the reader has it already, with this content. */
  readonly isNew: boolean;
  /** Whether it replaces one of the same name. */
  readonly changed: boolean;
}

/** Names and remembers the files of a lesson. */
export class LessonFiles {
  readonly #loaded: LoadedScenario;
  readonly #contents = new Map<string, string>();

  constructor(loaded: LoadedScenario) {
    this.#loaded = loaded;
  }

  /** The files that an action sends; none for actions that send no manifest. */
  filesOf(action: Action): readonly ShownFile[] {
    if (action.verb === 'replace')
      return [this.#show(`${action.target.text.replaceAll('/', '-')}.yaml`, writeYaml([action.object]))];
    if (action.verb !== 'apply' && action.verb !== 'create') return [];
    const paths = action.sources.map((source) => (source.kind === 'file' ? source.path : undefined));
    const whole = action.changes.length === 0 && paths.every((path) => path !== undefined);
    if (whole) return paths.map((path) => this.#show(posix.basename(path), this.#textOf(path)));
    const objects = manifestsOf(action, this.#loaded);
    const first = objects[0];
    const kind = first === undefined ? 'objects' : kindKey(first).split('.')[0]!;
    const name = paths[0] === undefined ? `${kind}-${first?.metadata?.name ?? 'new'}.yaml` : posix.basename(paths[0]);
    return [this.#show(name, writeYaml(objects as unknown as readonly Json[]))];
  }

  #textOf(path: string): string {
    const read = readProjectFile(path, this.#loaded.root);
    if (read.kind !== 'text') throw new Error(read.message);
    return read.text.endsWith('\n') ? read.text : `${read.text}\n`;
  }

  #show(name: string, content: string): ShownFile {
    const before = this.#contents.get(name);
    this.#contents.set(name, content);
    return { name, content, isNew: before !== content, changed: before !== undefined };
  }
}
