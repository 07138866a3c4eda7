// Reads what is expected of the request itself: `rejected`, `answered`.

import { closest } from '../../kubernetes/did-you-mean.ts';
import { addWrongType, checkMap } from '../check-shape.ts';
import type { VerbName } from '../definition/language.ts';
import { isRejectedCheck } from '../generated/validators.js';
import { itemsOf, memberOf, quote, shownOf, textOf } from '../located.ts';
import type { LocatedEntry, LocatedMap } from '../located.ts';
import type { AnswerCheck } from '../model.ts';
import type { BindContext } from './context.ts';
import { bindMembers } from './matcher.ts';
import { parseOneReference } from './reference.ts';

/** The request whose answer is checked. */
export interface Request {
  /** Undefined: the step only watches. */
  readonly verb: VerbName | undefined;
  /** A `get` of a list. */
  readonly list: boolean;
}

/** Verbs that send nothing, or nothing that is answered. */
const unanswered = new Set<VerbName | undefined>(['wait', 'advance', 'fail', 'recover', undefined]);

/** What matchers see of the answer, by verb; writes have code, warnings and object; a `get` has any field. */
const answerMembers: ReadonlyMap<VerbName, readonly string[] | 'any'> = new Map<VerbName, readonly string[] | 'any'>([
  ['get', 'any'],
  ['resolve', ['records']],
  ['exec', ['stdout', 'stderr', 'exitCode']],
]);
const writeMembers = ['code', 'warnings', 'object'];

/** Reads `rejected: …`. */
export function bindRejected(entry: LocatedEntry, request: Request, context: BindContext): readonly AnswerCheck[] {
  if (!hasAnswer(entry, request, context)) return [];
  return itemsOf(entry.value).flatMap((node) => {
    const map = checkMap({ node, name: 'rejected', validator: isRejectedCheck }, context.problems);
    return map === undefined ? [] : bindCheck(map, context);
  });
}

/** Reads `answered: …`. */
export function bindAnswered(entry: LocatedEntry, request: Request, context: BindContext): readonly AnswerCheck[] {
  if (!hasAnswer(entry, request, context)) return [];
  return itemsOf(entry.value).flatMap((node) => {
    if (node.kind !== 'map') {
      addWrongType(node, 'answered must be a map', context.problems);
      return [];
    }
    checkAnswerMembers(node, request, context);
    return bindCheck(node, context);
  });
}

function bindCheck(map: LocatedMap, context: BindContext): readonly AnswerCheck[] {
  const ofNode = memberOf(map, 'of');
  const ofText = textOf(ofNode);
  const of =
    ofNode !== undefined && ofText !== undefined ? parseOneReference(ofText, ofNode, context.problems) : undefined;
  const fields: LocatedMap = { ...map, entries: map.entries.filter(({ key }) => key !== 'of') };
  const matcher = bindMembers(fields, context);
  return [{ ...(of === undefined ? {} : { of }), matcher, text: shownOf(map), span: map.span }];
}

function hasAnswer(entry: LocatedEntry, { verb }: Request, { problems }: BindContext): boolean {
  if (!unanswered.has(verb)) return true;
  const why = verb === undefined ? 'this step has no verb' : `\`${verb}\` sends no request`;
  problems.add('answer-without-request', { keyOf: entry }, `\`${entry.key}\` looks at an answer, and ${why}`);
  return false;
}

function checkAnswerMembers(map: LocatedMap, { verb, list }: Request, { problems }: BindContext): void {
  const known = verb === undefined ? writeMembers : (answerMembers.get(verb) ?? writeMembers);
  if (known === 'any' && !list) return;
  const names = known === 'any' ? ['items', 'metadata'] : known;
  for (const entry of map.entries) {
    if (entry.key === 'of' || names.includes(entry.key)) continue;
    const near = closest(entry.key, names);
    problems.add(
      'unknown-member',
      { keyOf: entry },
      `the answer of \`${verb}\` has no member ${quote(entry.key)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
      `members: ${names.join(', ')}`,
    );
  }
}
