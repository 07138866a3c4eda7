// Rules about ids: they are the names of scenarios everywhere, and must never have a reason to change.

import { basename, dirname } from 'node:path';

import { memberOf } from '../located.ts';
import type { Scenario } from '../model.ts';
import { ProblemList } from '../problem-list.ts';
import type { Problem } from '../problem.ts';
import type { Rule } from './rule.ts';

// A date or time, a hash, or a word that says that the id is provisional.
const unstable = /\d{6,}|(?=[0-9a-f]*\d)[0-9a-f]{8,}|(?:^|-)(?:copy|tmp|temp|new|old|test\d+|untitled)(?:-|$)/;

/** An id that looks made up by a machine, or not meant to stay. */
export const unstableId: Rule = ({ scenario }, warnings) => {
  const part = unstable.exec(scenario.id)?.[0];
  if (part === undefined) return;
  warnings.add(
    'unstable-id',
    idNode(scenario),
    `\`${part}\` will have a reason to change, and an id never changes`,
    'say what the scenario shows',
  );
};

/** An id without a word in common with its file is likely a copy of another scenario's. */
export const idUnlikeFile: Rule = ({ scenario }, warnings) => {
  const path = `${basename(dirname(scenario.file))}-${basename(scenario.file).replace(/\.scenario\.ya?ml$|\.ya?ml$/, '')}`;
  const words = new Set(wordsOf(path));
  if (words.size === 0 || wordsOf(scenario.id).some((word) => words.has(word))) return;
  warnings.add(
    'id-unlike-file',
    idNode(scenario),
    `the id has no word in common with its file ${basename(scenario.file)}`,
    'is it a copy of another scenario’s?',
  );
};

/** Two files with one id; the later one is reported. */
export function findDuplicateIds(scenarios: readonly Scenario[]): readonly Problem[] {
  const problems = new ProblemList();
  const first = new Map<string, Scenario>();
  for (const scenario of scenarios) {
    const other = first.get(scenario.id);
    if (other === undefined) first.set(scenario.id, scenario);
    else
      problems.add(
        'duplicate-id',
        idNode(scenario),
        `\`${scenario.id}\` is the id of ${other.file}, too`,
        'ids are unique',
      );
  }
  return problems.sorted;
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2)
    .map((word) => word.replace(/s$/, ''));
}

function idNode({ tree }: Scenario) {
  return memberOf(tree, 'scenario') ?? tree;
}
