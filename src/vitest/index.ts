// `setpiece/vitest`: scenario files as tests of a vitest project.
//
//   import { setpiece } from 'setpiece/vitest';
//   export default defineConfig({ plugins: [setpiece()] });

import { relative, resolve } from 'node:path';
import { loadFile } from '../runner/load-file.ts';
import { writeModule } from './write-module.ts';
import type { Plugin } from 'vitest/config';
import type { RehearsalOptions } from './rehearse.ts';

/** How scenario files become tests. */
export interface SetpieceOptions extends RehearsalOptions {
  /** Globs of the scenario files, relative to the project. Default: every `*.scenario.yaml`. */
  readonly include?: readonly string[];
}

const scenarioFile = /\.scenario\.ya?ml$/;

/**
 * A plugin of Vite. Each run of a scenario (each row of its matrix) is a test, at its line of the file; a file that cannot be
 * read is a failed suite with every problem at its place. Runs on the simulator unless `backend` says otherwise.
 */
export function setpiece(options: SetpieceOptions = {}): Plugin {
  const { include = ['**/*.scenario.{yaml,yml}'], ...rehearsal } = options;
  return {
    name: 'setpiece',
    enforce: 'pre',
    // Without it vitest would look for its own kinds of files only.
    config: () => ({ test: { include: [...include] } }),
    transform(code, id) {
      if (!scenarioFile.test(id)) return undefined;
      const file = shortPath(id);
      const read = loadFile(file);
      if (read.kind === 'invalid') {
        const [first] = read.problems;
        const message = `${file} cannot be run:\n\n${read.frames.join('\n')}\n`;
        const place =
          first === undefined
            ? {}
            : { loc: { file: first.span.file, line: first.span.line, column: first.span.column } };
        return this.error({ message, id, ...place });
      }
      // A change of a manifest runs the tests again that apply it.
      for (const used of read.loaded.sources.keys()) this.addWatchFile(resolve(used));
      return writeModule(code, { loaded: read.loaded, options: rehearsal, id, file });
    },
  };
}

/** As a user would name it: replay lines and frames show it. */
function shortPath(path: string): string {
  const way = relative(process.cwd(), path);
  return way.startsWith('..') ? path : way;
}

export { ExpectationError } from './expectation-error.ts';
export type { RehearsalOptions } from './rehearse.ts';
