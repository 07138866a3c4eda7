// The list of known divergences: where two backends are known to part, and why. A divergence that is not in the list is a
// finding, and so is an entry that no longer occurs.

import { memberOf, textOf } from './located.ts';
import { ProblemList } from './problem-list.ts';
import { closest } from '../kubernetes/did-you-mean.ts';
import { readTree } from './yaml/read-tree.ts';
import type { Located } from './located.ts';
import type { Span } from './model.ts';
import type { Problem } from './problem.ts';
import type { SourceText } from './yaml/read-tree.ts';

/** One entry of the list. */
export interface KnownDivergence {
  /** Id of a scenario; `*` stands for any text. */
  readonly scenario: string;
  /** The two backends, as `simulator, kind`; any two without it. */
  readonly backends?: string;
  /** As a comparison prints it (`pod/web-1 Deleted`); `*` stands for any text. */
  readonly divergence: string;
  readonly reason: string;
  readonly span: Span;
}

/** What was read; entries with problems are left out. */
export interface ReadDivergences {
  readonly entries: readonly KnownDivergence[];
  readonly problems: readonly Problem[];
}

const members = ['scenario', 'backends', 'divergence', 'reason'] as const;

/** Reads the list: YAML, one map an entry. */
export function readKnownDivergences(source: SourceText): ReadDivergences {
  const problems = new ProblemList();
  const tree = readTree(source, problems);
  if (tree === undefined || (tree.kind === 'scalar' && tree.value === null)) {
    return { entries: [], problems: problems.sorted };
  }
  if (tree.kind !== 'list') {
    problems.add('wrong-type', tree, 'a list of known divergences is wanted', '- scenario: …');
    return { entries: [], problems: problems.sorted };
  }
  const entries = tree.items.flatMap((item) => readEntry(item, problems) ?? []);
  return { entries, problems: problems.sorted };
}

function readEntry(node: Located, problems: ProblemList): KnownDivergence | undefined {
  if (node.kind !== 'map') {
    problems.add('wrong-type', node, 'an entry is a map with scenario, divergence and reason');
    return undefined;
  }
  for (const entry of node.entries) {
    if (members.some((name) => name === entry.key)) continue;
    const near = closest(entry.key, members);
    const hint = near === undefined ? `members: ${members.join(', ')}` : `did you mean \`${near}\`?`;
    problems.add('unknown-member', { keyOf: entry }, `an entry has no member \`${entry.key}\``, hint);
  }
  const textAt = (name: (typeof members)[number]): string | undefined => {
    const value = memberOf(node, name);
    const text = textOf(value)?.trim();
    if (value === undefined && name !== 'backends') problems.add('missing-member', node, `an entry needs \`${name}\``);
    else if (value !== undefined && (text === undefined || text === ''))
      problems.add('wrong-type', value, `\`${name}\` is a text`);
    return text === '' ? undefined : text;
  };
  const [scenario, backends, divergence, reason] = members.map(textAt);
  if (scenario === undefined || divergence === undefined || reason === undefined) return undefined;
  return { scenario, ...(backends === undefined ? {} : { backends }), divergence, reason, span: node.span };
}
