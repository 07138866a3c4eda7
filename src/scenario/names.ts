// The name space of a scenario: constants, rows, selections and remembered values, each name once.

import type { JsonObject } from '../kubernetes/object.ts';
import { describe, itemsOf, memberOf, quote, toPlainObject } from './located.ts';
import type { Located, LocatedEntry, LocatedMap } from './located.ts';
import type { Variables } from './model.ts';
import type { ProblemList } from './problem-list.ts';
import { variableName } from './variables.ts';

/** Every name of a scenario, by where it comes from. */
export interface Names {
  readonly constants: Variables;
  /** Rows of `matrix`; one empty row without one. */
  readonly rows: readonly Variables[];
  /** Rows of `each`, by position of the step. */
  readonly each: readonly (readonly Variables[])[];
  /** Names that each step remembers, by position. */
  readonly remembered: readonly (readonly string[])[];
}

/** Collects the names, reporting those that cannot be written and those that are taken. */
export function collectNames(tree: LocatedMap, problems: ProblemList): Names {
  const taken = new Map<string, LocatedEntry>();
  const steps = itemsOf(memberOf(tree, 'steps'));
  const constants = memberOf(tree, 'with');
  claim(constants, { taken, problems });
  claim(memberOf(tree, 'objects'), { taken, problems });
  const rows = rowsOf(memberOf(tree, 'matrix'), { taken, problems });
  const each = steps.map((step) => rowsOf(memberOf(step, 'each'), { taken, problems }));
  const remembered = steps.map((step) => {
    const node = memberOf(step, 'remember');
    claim(node, { taken, problems });
    return node?.kind === 'map' ? node.entries.map(({ key }) => key) : [];
  });
  return { constants: valuesOf(constants, problems), rows: rows.length === 0 ? [{}] : rows, each, remembered };
}

interface Register {
  readonly taken: Map<string, LocatedEntry>;
  readonly problems: ProblemList;
}

/** Takes names for good; rows may redefine constants and names of other rows, nothing else may. */
function claim(node: Located | undefined, { taken, problems }: Register, rows = false): void {
  if (node?.kind !== 'map') return;
  for (const entry of node.entries) {
    if (!variableName.test(entry.key)) {
      problems.add(
        'bad-variable-name',
        { keyOf: entry },
        `${quote(entry.key)} cannot be written behind \`$\``,
        'letters, digits and `_`, not beginning with a digit',
      );
    }
    const first = taken.get(entry.key);
    if (first !== undefined && !rows) {
      problems.add(
        'redefined-variable',
        { keyOf: entry },
        `\`${entry.key}\` is taken already (line ${first.keySpan.line})`,
        'all names of a scenario are in one space; only rows may redefine',
      );
    }
    if (first === undefined) taken.set(entry.key, entry);
  }
}

function rowsOf(node: Located | undefined, register: Register): readonly Variables[] {
  if (node?.kind !== 'list') {
    if (node !== undefined)
      register.problems.add('wrong-type', node, `a list of rows is wanted, found ${describe(node)}`);
    return [];
  }
  // The names of one block may repeat from row to row; those of selections and of other blocks are checked by the first.
  return node.items.flatMap((item) => {
    if (item.kind !== 'map') {
      register.problems.add('wrong-type', item, `a row is a map of values, found ${describe(item)}`);
      return [];
    }
    claim(item, register, true);
    return [valuesOf(item, register.problems)];
  });
}

function valuesOf(node: Located | undefined, problems: ProblemList): JsonObject & Variables {
  if (node?.kind !== 'map') return {};
  for (const { value } of node.entries) {
    if (value.kind !== 'scalar' || typeof value.value !== 'string' || !/^\$(\w+|\(\w+\))$/.test(value.value)) continue;
    problems.add(
      'undefined-variable',
      value,
      `values of variables are taken as they stand, and ${quote(value.value)} names another`,
      'write the value itself',
    );
  }
  return toPlainObject(node) as JsonObject & Variables;
}
