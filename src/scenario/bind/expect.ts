// Reads `expect` and `invariants`: one function for each word.

import { closest } from '../../kubernetes/did-you-mean.ts';
import { addWrongType, checkMap } from '../check-shape.ts';
import type { ExpectName } from '../definition/language.ts';
import { isHolds, isWhenever } from '../generated/validators.js';
import { itemsOf, memberOf, quote } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap } from '../located.ts';
import type { Expect } from '../model.ts';
import { bindAnswered, bindRejected } from './answers.ts';
import type { Request } from './answers.ts';
import { bindGroup, bindGroups } from './clause.ts';
import type { BindContext } from './context.ts';
import { bindDuration } from './duration.ts';
import { bindEvent, bindNeverItem } from './event.ts';
import { bindOrder } from './order.ts';
import { bindPrints } from './prints.ts';

/** The budget of an `expect` that does not say `within` (W-4). */
export const withinDefaultMs = 120_000;

/** Words whose window can be the whole run. */
const invariantWords: readonly ExpectName[] = ['never', 'always', 'whenever'];

/** Reads the `expect` of a step. */
export function bindExpect(node: Located, request: Request, context: BindContext): Expect | undefined {
  if (node.kind !== 'map') {
    addWrongType(node, 'expect must be a map of words such as settled, order, never', context.problems);
    return undefined;
  }
  return bindWords(node, { request, words: Object.keys(wordBinders) as ExpectName[], block: 'expect' }, context);
}

/** Reads the scenario's `invariants`. */
export function bindInvariantWords(node: Located, context: BindContext): Expect | undefined {
  if (node.kind !== 'map') {
    addWrongType(node, 'invariants must be a map of never, always, whenever', context.problems);
    return undefined;
  }
  const request: Request = { verb: undefined, list: false };
  return bindWords(node, { request, words: invariantWords, block: 'invariants' }, context);
}

/** An `expect` that expects nothing. */
export function emptyExpect(span: Expect['span']): Expect {
  return {
    withinMs: withinDefaultMs,
    eventually: [],
    settled: [],
    order: [],
    never: [],
    always: [],
    whenever: [],
    holds: [],
    rejected: [],
    answered: [],
    prints: [],
    span,
  };
}

interface Block {
  readonly request: Request;
  readonly words: readonly ExpectName[];
  readonly block: 'expect' | 'invariants';
}

function bindWords(node: LocatedMap, { request, words, block }: Block, context: BindContext): Expect {
  const parts = node.entries.map((entry): Partial<Expect> => {
    const word = words.find((name) => name === entry.key);
    if (word !== undefined) return wordBinders[word](entry, context, request);
    addNoSuchWord(entry, { words, block }, context);
    return {};
  });
  return Object.assign(emptyExpect(node.span), ...parts) as Expect;
}

function addNoSuchWord(
  entry: LocatedEntry,
  { words, block }: Pick<Block, 'words' | 'block'>,
  { problems }: BindContext,
): void {
  const near = closest(entry.key, words);
  const reference = entry.key.includes('/');
  problems.add(
    'no-such-word',
    { keyOf: entry },
    `\`${block}\` has no word ${quote(entry.key)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    reference
      ? `objects and their states stand under a word: settled: { ${entry.key}: … }`
      : `words: ${words.join(', ')}`,
  );
}

type WordBinder = (entry: LocatedEntry, context: BindContext, request: Request) => Partial<Expect>;

/** One place for each word. */
const wordBinders: Readonly<Record<ExpectName, WordBinder>> = {
  within: ({ value }, context) => ({ withinMs: bindDuration(value, context) ?? withinDefaultMs }),
  eventually: ({ value }, context) => ({ eventually: bindGroups(value, context) }),
  settled: ({ value }, context) => ({ settled: bindGroups(value, context) }),
  order: ({ value }, context) => ({ order: bindOrder(value, context) }),
  never: ({ value }, context) => ({
    never: itemsOf(value)
      .map((item) => bindNeverItem(item, context))
      .filter((item) => item !== undefined),
  }),
  always: ({ value }, context) => ({ always: bindGroups(value, context) }),
  whenever: ({ value }, context) => ({ whenever: itemsOf(value).flatMap((item) => bindWhenever(item, context)) }),
  holds: ({ value }, context) => ({ holds: itemsOf(value).flatMap((item) => bindHolds(item, context)) }),
  until: ({ value }, context) => bindUntil(value, context),
  rejected: (entry, context, request) => ({ rejected: bindRejected(entry, request, context) }),
  answered: (entry, context, request) => ({ answered: bindAnswered(entry, request, context) }),
  prints: ({ value }, context, request) => ({ prints: bindPrints(value, request, context) }),
};

function bindWhenever(node: Located, context: BindContext): Expect['whenever'] {
  const map = checkMap({ node, name: 'whenever', validator: isWhenever }, context.problems);
  const whenNode = memberOf(map, 'when');
  const thenNode = memberOf(map, 'then');
  const when = whenNode && bindEvent(whenNode, context);
  const then = thenNode && bindGroup(thenNode, context);
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the language
  return when === undefined || then === undefined ? [] : [{ when, then, span: node.span }];
}

function bindHolds(node: Located, context: BindContext): Expect['holds'] {
  const map = checkMap({ node, name: 'holds', validator: isHolds }, context.problems);
  const forMs = bindDuration(memberOf(map, 'for'), context);
  const stateNode = memberOf(map, 'state');
  const group = stateNode && bindGroup(stateNode, context);
  return forMs === undefined || group === undefined ? [] : [{ forMs, group, span: node.span }];
}

function bindUntil(node: Located, context: BindContext): Partial<Expect> {
  if (node.kind === 'scalar') {
    const ms = bindDuration(node, context);
    return ms === undefined ? {} : { until: { kind: 'duration', ms, span: node.span } };
  }
  const groups = bindGroups(node, context);
  return groups.length === 0 ? {} : { until: { kind: 'reached', groups, span: node.span } };
}
