// Which catalogue of guarantees a scenario has: the nearest `guarantees.yaml` upwards in its project. Looked for only when the
// scenario names a guarantee, so that nobody else pays for it.

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { closest } from '../kubernetes/did-you-mean.ts';
import { readCatalogue } from './guarantees.ts';
import type { Catalogue, Guarantee } from './guarantees.ts';
import { itemsOf, memberOf, quote, textOf } from './located.ts';
import type { Located } from './located.ts';
import type { Scenario } from './model.ts';
import { ProblemList } from './problem-list.ts';
import type { Problem } from './problem.ts';
import { isInside, readProjectFile } from './project-files.ts';

const name = 'guarantees.yaml';

/** Finds catalogues and reads each once: the scenarios of a suite share them. */
export class Catalogues {
  readonly #read = new Map<string, Catalogue>();

  /** The catalogue of a scenario file; undefined when there is none up to the root. One that cannot be read has a problem. */
  of(file: string, root: string): Catalogue | undefined {
    const top = resolve(root);
    for (let folder = dirname(file); isInside(top, resolve(folder)); folder = join(folder, '..')) {
      const path = join(folder, name);
      if (existsSync(path)) return this.#at(path, root);
      if (resolve(folder) === top) return undefined;
    }
    return undefined;
  }

  #at(path: string, root: string): Catalogue {
    const key = resolve(path);
    const known = this.#read.get(key) ?? load(path, root);
    this.#read.set(key, known);
    return known;
  }
}

function load(path: string, root: string): Catalogue {
  const read = readProjectFile(path, root);
  if (read.kind === 'text') return readCatalogue({ file: path, text: read.text });
  const span = { file: path, line: 1, column: 1, start: 0, end: 0 };
  const problem = { code: read.code, severity: 'error', message: read.message, span } as const;
  return { file: path, guarantees: new Map(), problems: [problem], text: '' };
}

/** Whether a scenario or one of its steps names a guarantee. */
export function namesGuarantees({ guarantees, steps }: Scenario): boolean {
  return guarantees.length > 0 || steps.some((step) => step.guarantees.length > 0);
}

/** The guarantees that a scenario and its steps name, as far as the catalogue explains them, in its order. */
export function guaranteesOf(scenario: Scenario, catalogue: Catalogue): readonly Guarantee[] {
  const named = new Set([...scenario.guarantees, ...scenario.steps.flatMap((step) => step.guarantees)]);
  return [...catalogue.guarantees.values()].filter(({ id }) => named.has(id));
}

/** Guarantees that a scenario names and its catalogue does not know, each at its place. */
export function findUnknownGuarantees(scenario: Scenario, catalogue: Catalogue): readonly Problem[] {
  const problems = new ProblemList();
  const lists = [scenario.tree, ...itemsOf(memberOf(scenario.tree, 'steps'))].map((node) =>
    memberOf(node, 'guarantees'),
  );
  for (const item of lists.flatMap((list): readonly Located[] => itemsOf(list))) {
    const id = textOf(item);
    // What a variable stands for is known in a run only.
    if (id === undefined || id.includes('$') || catalogue.guarantees.has(id)) continue;
    const near = closest(id, catalogue.guarantees.keys());
    problems.add(
      'unknown-guarantee',
      item,
      `${catalogue.file} has no guarantee ${quote(id)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    );
  }
  return problems.sorted;
}
