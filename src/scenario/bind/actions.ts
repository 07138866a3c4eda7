// Reads actions: one function for each verb. Shapes are checked by the validator of the verb; what is left here is what
// only code knows: selections, durations, members that exclude each other.

import { checkMap } from '../check-shape.ts';
import type { VerbName } from '../definition/language.ts';
import * as validators from '../generated/validators.js';
import type { Validator } from '../generated/validators.js';
import { entryOf, memberOf, textOf, toPlain, toPlainObject } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap } from '../located.ts';
import type { Action, Selection, Span } from '../model.ts';
import type { BindContext } from './context.ts';
import { bindDuration } from './duration.ts';
import { bindSources } from './manifest-sources.ts';
import { bindSelection } from './selection.ts';

/** The verbs whose step has an action; `wait` is a step without one. */
export type ActionVerb = Exclude<VerbName, 'wait'>;

/** Reads what stands behind a verb. */
export function bindAction(verb: ActionVerb, entry: LocatedEntry, context: BindContext): Action | undefined {
  return actionBinders[verb](entry, context);
}

type ActionBinder = (entry: LocatedEntry, context: BindContext) => Action | undefined;

/** One place for each verb. */
const actionBinders: Readonly<Record<ActionVerb, ActionBinder>> = {
  apply: (entry, context) => ({ verb: 'apply', ...bindSources(entry.value, context), span: spanOf(entry) }),
  create: (entry, context) => ({ verb: 'create', ...bindSources(entry.value, context), span: spanOf(entry) }),
  replace: targeted(validators.isReplace, ({ map, ...base }) => {
    const object = memberOf(map, 'object');
    return object?.kind === 'map' ? { ...base, verb: 'replace', object: toPlainObject(object) } : undefined;
  }),
  patch: targeted(validators.isPatch, (found) => {
    const body = exactlyOne(found, ['merge', 'strategic', 'json'] as const);
    const subresource = textOf(memberOf(found.map, 'subresource'));
    if (body === undefined) return undefined;
    const { target, span } = found;
    const patch = { verb: 'patch', target, span, type: body.name, body: toPlain(body.value) } as const;
    return subresource === undefined ? patch : { ...patch, subresource };
  }),
  scale: targeted(validators.isScale, ({ map, target, span }) => {
    const to = numberOf(memberOf(map, 'to'));
    return to === undefined ? undefined : { verb: 'scale', target, span, to };
  }),
  setImage: targeted(validators.isSetImage, ({ map, target, span }) => ({
    verb: 'setImage',
    target,
    span,
    containers: textsOf(memberOf(map, 'containers')),
  })),
  rollout: targeted(validators.isRollout, (found) => {
    const { target, span } = found;
    const way = exactlyOne(found, ['undo', 'restart'] as const);
    if (way === undefined) return undefined;
    if (way.name === 'restart') return { verb: 'rollout', target, span, restart: true };
    const toRevision = numberOf(memberOf(way.value, 'toRevision'));
    return { verb: 'rollout', target, span, undo: toRevision === undefined ? {} : { toRevision } };
  }),
  delete: targeted(validators.isDelete, ({ map, target, span, context }) => {
    const propagation = textOf(memberOf(map, 'propagation')) as 'background' | 'foreground' | 'orphan' | undefined;
    const preconditions = memberOf(map, 'preconditions');
    return {
      verb: 'delete',
      target,
      span,
      ...(propagation === undefined ? {} : { propagation }),
      ...graceOf(map, context),
      ...(preconditions === undefined ? {} : { preconditions: textsOf(preconditions) }),
    };
  }),
  evict: targeted(validators.isEvict, ({ map, target, span, context }) => ({
    verb: 'evict',
    target,
    span,
    ...graceOf(map, context),
  })),
  label: targeted(validators.isLabel, ({ map, target, span }) => ({ verb: 'label', target, span, ...changesOf(map) })),
  annotate: targeted(validators.isAnnotate, ({ map, target, span }) => ({
    verb: 'annotate',
    target,
    span,
    ...changesOf(map),
  })),
  cordon: targeted(validators.isCordon, ({ target, span }) => ({ verb: 'cordon', target, span })),
  uncordon: targeted(validators.isUncordon, ({ target, span }) => ({ verb: 'uncordon', target, span })),
  drain: targeted(validators.isDrain, ({ target, span }) => ({ verb: 'drain', target, span })),
  fail: targeted(validators.isFail, bindFail),
  recover: targeted(validators.isRecover, ({ target, span }) => ({ verb: 'recover', target, span })),
  get: targeted(validators.isGet, ({ map, target, span }) => {
    const subresource = textOf(memberOf(map, 'subresource'));
    const listNode = memberOf(map, 'list');
    const list = listNode?.kind === 'scalar' && listNode.value === true;
    return { verb: 'get', target, span, list, ...(subresource === undefined ? {} : { subresource }) };
  }),
  resolve: (entry, { problems }) => {
    const map = checkMap({ node: entry.value, name: 'resolve', validator: validators.isResolve }, problems);
    const name = textOf(memberOf(map, 'name'));
    const type = textOf(memberOf(map, 'type')) as 'A' | 'AAAA' | 'SRV' | undefined;
    return name === undefined || type === undefined ? undefined : { verb: 'resolve', name, type, span: spanOf(entry) };
  },
  exec: targeted(validators.isExec, ({ map, target, span }) => {
    const container = textOf(memberOf(map, 'container'));
    const command = listOf(memberOf(map, 'command'));
    return { verb: 'exec', target, span, command, ...(container === undefined ? {} : { container }) };
  }),
  advance: (entry, context) => {
    const ms = bindDuration(entry.value, context);
    return ms === undefined ? undefined : { verb: 'advance', ms, span: spanOf(entry) };
  },
};

/** What binders of verbs with a target get. */
interface Found {
  readonly map: LocatedMap;
  readonly target: Selection;
  readonly span: Span;
  readonly context: BindContext;
}

function targeted(validator: Validator, bind: (found: Found) => Action | undefined): ActionBinder {
  return (entry, context) => {
    const map = checkMap({ node: entry.value, name: entry.key, validator }, context.problems);
    const node = memberOf(map, 'target');
    const target = node && bindSelection(node, context);
    if (map === undefined || target === undefined) return undefined;
    return bind({ map, target, span: spanOf(entry), context });
  };
}

const struckBy = { notReady: 'pod', crash: 'pod', stop: 'node', partitioned: 'node' } as const;

/** Pods crash and get sick; nodes stop and are cut off. */
function bindFail({ map, target, span, context: { problems } }: Found): Action | undefined {
  const how = textOf(memberOf(map, 'how')) as (Action & { verb: 'fail' })['how'] | undefined;
  const howNode = memberOf(map, 'how');
  // The validator has told of any other word; whom such a fault strikes nobody can say.
  if (how === undefined || howNode === undefined || !(how in struckBy)) return undefined;
  const struck = struckBy[how];
  if (target.of !== struck) {
    problems.add(
      'bad-fault',
      howNode,
      `\`${how}\` strikes a ${struck}, and the target is a ${target.of}`,
      'pods: notReady, crash; nodes: stop, partitioned',
    );
  }
  for (const [member, of] of [
    ['times', ['crash']],
    ['container', ['crash', 'notReady']],
  ] as const) {
    const entry = entryOf(map, member);
    if (entry === undefined || (of as readonly string[]).includes(how)) continue;
    problems.add('bad-fault', { keyOf: entry }, `\`${how}\` has no \`${member}\``);
  }
  const container = textOf(memberOf(map, 'container'));
  const times = numberOf(memberOf(map, 'times'));
  return {
    verb: 'fail',
    target,
    span,
    how,
    lasting: textOf(memberOf(map, 'lasting')) === 'name' ? 'name' : 'object',
    ...(container === undefined ? {} : { container }),
    ...(times === undefined ? {} : { times }),
  };
}

function exactlyOne<Name extends string>(
  { map, context: { problems }, span }: Found,
  names: readonly Name[],
): { readonly name: Name; readonly value: Located } | undefined {
  const [first, second] = map.entries.filter(({ key }) => (names as readonly string[]).includes(key));
  if (first === undefined) {
    problems.add('missing-member', { span }, `exactly one of ${names.join(', ')} is wanted here`);
    return undefined;
  }
  if (second !== undefined) {
    problems.add('wrong-value', { keyOf: second }, `\`${first.key}\` and \`${second.key}\` exclude each other`);
    return undefined;
  }
  return { name: first.key as Name, value: first.value };
}

/** Seconds as a number, or a duration. */
function graceOf(map: LocatedMap, context: BindContext): { readonly graceSeconds?: number } {
  const node = memberOf(map, 'grace');
  if (node === undefined) return {};
  const number = numberOf(node);
  if (number === undefined) {
    const ms = bindDuration(node, context);
    return ms === undefined ? {} : { graceSeconds: ms / 1000 };
  }
  if (Number.isInteger(number) && number >= 0) return { graceSeconds: number };
  context.problems.add('wrong-value', node, `grace is a whole number of seconds, 0 or more, found ${number}`);
  return {};
}

function changesOf(map: LocatedMap): { set: Readonly<Record<string, string>>; remove: readonly string[] } {
  return { set: textsOf(memberOf(map, 'set')), remove: listOf(memberOf(map, 'remove')) };
}

function textsOf(node: Located | undefined): Readonly<Record<string, string>> {
  return node?.kind === 'map' ? (toPlainObject(node) as Readonly<Record<string, string>>) : {};
}

function listOf(node: Located | undefined): readonly string[] {
  return node?.kind === 'list' ? node.items.map((item) => textOf(item) ?? '') : [];
}

function numberOf(node: Located | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

/** From the verb to the end of what stands behind it. */
function spanOf({ keySpan, value }: LocatedEntry): Span {
  return { ...keySpan, end: Math.max(keySpan.end, value.span.end) };
}

/** Every verb, `wait` included, in the order of the manual. */
export const verbNames: readonly VerbName[] = [
  ...(Object.keys(actionBinders) as ActionVerb[]).filter((verb) => verb !== 'advance'),
  'wait',
  'advance',
];
