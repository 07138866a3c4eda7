// Reads one step: at most one verb, what is expected, what is remembered.

import { closest } from '../../kubernetes/did-you-mean.ts';
import { addNotText, addWrongType, checkMap } from '../check-shape.ts';
import type { VerbName } from '../definition/language.ts';
import { isRememberItem } from '../generated/validators.js';
import { entryOf, memberOf, quote, shownOf, textOf } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap } from '../located.ts';
import type { BoundStep, Expect, Remember } from '../model.ts';
import { bindAction, verbNames } from './actions.ts';
import { bindGroups } from './clause.ts';
import type { BindContext } from './context.ts';
import { bindExpect, emptyExpect } from './expect.ts';
import { bindPath } from './matcher.ts';
import { bindSelection } from './selection.ts';

const stepMembers = ['name', 'guarantees', 'each', 'expect', 'remember'];

/** Reads a step whose variables have been replaced. */
export function bindStepTree(node: LocatedMap, position: number, context: BindContext): BoundStep {
  const verbEntry = findVerb(node, context);
  const verb = verbEntry?.key as VerbName | undefined;
  const expectNode = memberOf(node, 'expect');
  const getsList = memberOf(verbEntry?.value, 'list');
  const request = { verb, list: getsList?.kind === 'scalar' && getsList.value === true };
  const expect = expectNode && bindExpect(expectNode, request, context);
  const waited = verb === 'wait' && verbEntry !== undefined ? bindWait(verbEntry, expect, context) : expect;
  const action =
    verbEntry === undefined || verb === undefined || verb === 'wait' ? undefined : bindAction(verb, verbEntry, context);
  return {
    position,
    name: bindName(node, { verbEntry, position }, context),
    guarantees: bindTexts(memberOf(node, 'guarantees'), context),
    span: node.span,
    ...(action === undefined ? {} : { action }),
    ...(waited === undefined ? {} : { expect: waited }),
    remember: bindRemembers(memberOf(node, 'remember'), context),
  };
}

/** A list of texts; what is no text is a problem. */
export function bindTexts(node: Located | undefined, { problems }: BindContext): readonly string[] {
  if (node === undefined) return [];
  if (node.kind !== 'list') {
    addWrongType(node, 'a list is wanted here', problems);
    return [];
  }
  return node.items.flatMap((item) => {
    const text = textOf(item);
    if (text !== undefined) return [text];
    if (item.kind === 'scalar') addNotText(item, 'an item of this list', problems);
    else addWrongType(item, 'text is wanted here', problems);
    return [];
  });
}

function findVerb(node: LocatedMap, { problems }: BindContext): LocatedEntry | undefined {
  let verb: LocatedEntry | undefined;
  for (const entry of node.entries) {
    if (stepMembers.includes(entry.key)) continue;
    if (!(verbNames as readonly string[]).includes(entry.key)) addUnknownVerb(entry, problems);
    else if (verb === undefined) verb = entry;
    else {
      problems.add(
        'two-verbs',
        { keyOf: entry },
        `a step does one thing, and \`${verb.key}\` is there already (line ${verb.keySpan.line})`,
        'make it a step of its own',
      );
    }
  }
  return verb;
}

function addUnknownVerb(entry: LocatedEntry, problems: BindContext['problems']): void {
  const near = closest(entry.key, [...verbNames, ...stepMembers]);
  problems.add(
    'unknown-verb',
    { keyOf: entry },
    `${quote(entry.key)} is no verb${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    `verbs: ${verbNames.join(', ')}`,
  );
}

interface Naming {
  readonly verbEntry: LocatedEntry | undefined;
  readonly position: number;
}

function bindName(node: LocatedMap, { verbEntry, position }: Naming, { problems }: BindContext): string {
  const name = memberOf(node, 'name');
  const text = textOf(name);
  if (text !== undefined) return text;
  if (name?.kind === 'scalar') addNotText(name, 'the name of a step', problems);
  else if (name !== undefined) addWrongType(name, 'the name of a step is text', problems);
  return verbEntry === undefined ? `step ${position + 1}` : `${verbEntry.key} ${shownOf(verbEntry.value, 50)}`;
}

/** `wait: X` is a step that only watches, with `eventually: X`. */
function bindWait(entry: LocatedEntry, expect: Expect | undefined, context: BindContext): Expect {
  const base = expect ?? emptyExpect({ ...entry.keySpan, end: entry.value.span.end });
  return { ...base, eventually: [...bindGroups(entry.value, context), ...base.eventually] };
}

function bindRemembers(node: Located | undefined, context: BindContext): readonly Remember[] {
  if (node === undefined) return [];
  if (node.kind !== 'map') {
    addWrongType(node, 'remember must be a map of names', context.problems);
    return [];
  }
  return node.entries.flatMap((entry) => {
    const map = checkMap({ node: entry.value, name: entry.key, validator: isRememberItem }, context.problems);
    const ofNode = memberOf(map, 'of');
    const of = ofNode && bindSelection(ofNode, context);
    const field = bindPath(memberOf(map, 'field'), context);
    const pick = textOf(entryOf(map, 'pick')?.value) as 'first' | 'last' | undefined;
    if (of === undefined || field === undefined) return [];
    return [{ name: entry.key, of, field, ...(pick === undefined ? {} : { pick }), span: entry.keySpan }];
  });
}
