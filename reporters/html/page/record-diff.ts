// An object before and after as lines of YAML with what was added and removed. Pure.

import { diffLines } from 'diff';
import { stringify } from 'yaml';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';

/** One line; `skip` stands for unchanged lines that are not shown. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'skip';
  readonly text: string;
  /** Number of lines that a `skip` stands for; 1 for others. */
  readonly count: number;
}

/** So many unchanged lines are shown around a change. */
const context = 2;

/** The difference; without `before`, the object as it is. `whole`: unchanged lines are not left out. */
export function diffObjects(
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
  { whole }: { readonly whole: boolean },
): readonly DiffLine[] {
  // What was not there before is new as a whole: to mark every line would say nothing.
  if (before === undefined)
    return yamlOf(after)
      .trimEnd()
      .split('\n')
      .map((text) => ({ kind: 'same', text, count: 1 }));
  const lines = diffLines(yamlOf(before), yamlOf(after)).flatMap((part): DiffLine[] =>
    part.value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ kind: part.added ? 'added' : part.removed ? 'removed' : 'same', text, count: 1 })),
  );
  return whole || after === undefined ? lines : folded(lines);
}

/** Any value as YAML; nothing is an empty text. */
export function yamlOf(value: unknown): string {
  // Anchors would be right YAML, but nobody reads `*a1` in a difference.
  return value === undefined ? '' : stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 });
}

function folded(lines: readonly DiffLine[]): readonly DiffLine[] {
  const near = new Set<number>();
  for (const [at, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    for (let line = at - context; line <= at + context; line += 1) near.add(line);
  }
  const parents = parentsOf(lines, near);
  const result: DiffLine[] = [];
  let skipped: DiffLine[] = [];
  const flush = (): void => {
    // One line takes no more room than the remark that it is missing.
    if (skipped.length === 1) result.push(...skipped);
    else if (skipped.length > 1) result.push({ kind: 'skip', text: '', count: skipped.length });
    skipped = [];
  };
  for (const [at, line] of lines.entries()) {
    if (!near.has(at) && !parents.has(at)) {
      skipped.push(line);
      continue;
    }
    flush();
    result.push(line);
  }
  flush();
  return result;
}

/** The lines under which a shown line stands (`status:`, `conditions:`): without them nobody knows what changed. */
function parentsOf(lines: readonly DiffLine[], near: ReadonlySet<number>): ReadonlySet<number> {
  const parents = new Set<number>();
  const open: { readonly at: number; readonly indent: number }[] = [];
  for (const [at, { text }] of lines.entries()) {
    const indent = /^ */.exec(text)?.[0].length ?? 0;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    if (near.has(at)) for (const parent of open) parents.add(parent.at);
    open.push({ at, indent });
  }
  return parents;
}
