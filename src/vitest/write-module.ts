// The module that vitest runs instead of a scenario file: one test a run, mapped to its line of the file, so that test
// names, locations, line filters and watch mode are those of the scenario.

import MagicString from 'magic-string';
import { expandRuns } from '../scenario/expand.ts';
import { itemsOf, memberOf } from '../scenario/located.ts';
import type { LoadedScenario } from '../runner/load-file.ts';
import type { Span } from '../scenario/model.ts';
import type { RehearsalOptions } from './rehearse.ts';

/** What the module is made of. */
export interface ModuleParts {
  readonly loaded: LoadedScenario;
  readonly options: RehearsalOptions;
  /** Path of the file, as Vite knows it. */
  readonly id: string;
  /** The same as a user would name it. */
  readonly file: string;
}

/** Writes the module and its source map. */
export function writeModule(
  source: string,
  { loaded, options, id, file }: ModuleParts,
): { readonly code: string; readonly map: ReturnType<MagicString['generateMap']> } {
  const { scenario } = loaded;
  const text = new MagicString(source);
  const runs = expandRuns(scenario);
  const places = placesOf(loaded, runs.length);
  let end = 0;
  for (const [position, { row }] of runs.entries()) {
    const place = places[position] ?? scenario.span;
    const name = row === undefined ? scenario.id : `${scenario.id}#${row}`;
    const call = `rehearse(context, ${JSON.stringify({ file, position, options })})`;
    const test = `test(${JSON.stringify(`${name}: ${scenario.title}`)}, (context) => ${call});\n`;
    const start = Math.max(place.start, end);
    if (start > end) text.remove(end, start);
    end = Math.min(source.length, start + 1);
    // Every place of the file is used once, since a map has one origin for each.
    text.overwrite(start, end, test);
  }
  if (end < source.length) text.remove(end, source.length);
  const runtime = new URL(import.meta.url.endsWith('.ts') ? 'rehearse.ts' : 'rehearse.js', import.meta.url);
  text.prepend(
    `import { test } from 'vitest';\nimport { rehearse } from ${JSON.stringify(decodeURI(runtime.pathname))};\n`,
  );
  return { code: text.toString(), map: text.generateMap({ source: id, hires: false, includeContent: true }) };
}

/** Where each run stands: its row of the matrix, else the file's first line. */
function placesOf({ scenario }: LoadedScenario, count: number): readonly Span[] {
  const matrix = memberOf(scenario.tree, 'matrix');
  const rows = matrix?.kind === 'list' ? itemsOf(matrix).map(({ span }) => span) : [];
  return rows.length === count ? rows : [];
}
