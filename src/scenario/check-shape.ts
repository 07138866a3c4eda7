// Holds a value against the generated validator of its shape, and turns what ajv says into problems at the right tokens.

import type { ErrorObject } from 'ajv';

import { closest } from '../kubernetes/did-you-mean.ts';
import type { Validator } from './generated/validators.js';
import { describe, entryOf, memberOf, quote, toPlain } from './located.ts';
import type { Located, LocatedMap, LocatedScalar } from './located.ts';
import type { ProblemList } from './problem-list.ts';

/** A map with more mistakes than this is something else; the rest would only cost time. */
const errorsMax = 50;

/** What is checked against what; `name` is how messages call it: `scale`, `a step`. */
export interface ShapeCheck {
  readonly node: Located;
  readonly name: string;
  readonly validator: Validator;
}

/** Checks a map; undefined when it is none. Members that are wrong have been reported, the others can be read. */
export function checkMap({ node, name, validator }: ShapeCheck, problems: ProblemList): LocatedMap | undefined {
  if (node.kind !== 'map') {
    addWrongType(node, `${name} must be a map`, problems);
    return undefined;
  }
  if (!validator(toPlain(node))) {
    const errors = (validator.errors ?? []).slice(0, errorsMax);
    for (const error of errors) if (!isEcho(error, errors)) addError({ error, name, root: node }, problems);
  }
  return node;
}

/** Notes a value of the wrong type, and what the author most likely meant. */
export function addWrongType(node: Located, wanted: string, problems: ProblemList): void {
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
  const glued = text === undefined ? undefined : /^(\S*\/\S*?):(\S+)$/.exec(text);
  if (glued !== null && glued !== undefined) {
    const [, reference = '', state = ''] = glued;
    problems.add(
      'missing-space-after-colon',
      node,
      `\`${reference}:${state}\` is one word to YAML`,
      `\`${reference}: ${state}\``,
    );
    return;
  }
  problems.add('wrong-type', node, `${wanted}, found ${describe(node)}`);
}

/** Notes a scalar where text is wanted: what YAML took for a number or a boolean needs quotes. */
export function addNotText(node: LocatedScalar, what: string, problems: ProblemList): void {
  const quoted = `quote it: "${node.source}"`;
  if (typeof node.value === 'boolean') {
    problems.add('boolean-for-string', node, `${what} is text, and YAML reads ${node.source} as a boolean`, quoted);
  } else if (typeof node.value === 'number') {
    problems.add('number-for-string', node, `${what} is text, and YAML reads ${node.source} as a number`, quoted);
  } else problems.add('wrong-type', node, `${what} must be text, found ${describe(node)}`);
}

/** A misspelt member is missing under its right name, too; one mistake gives one message. */
function isEcho(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword !== 'required') return false;
  const missing = String(error.params['missingProperty']);
  return errors.some(
    ({ keyword, instancePath, params }) =>
      keyword === 'additionalProperties' &&
      instancePath === error.instancePath &&
      closest(String(params['additionalProperty']), [missing]) !== undefined,
  );
}

interface ErrorAt {
  readonly error: ErrorObject;
  readonly name: string;
  readonly root: LocatedMap;
}

function addError({ error, name, root }: ErrorAt, problems: ProblemList): void {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const node = path.reduce<Located>((at, part) => stepInto(at, part), root);
  const members = path.filter((part) => !/^\d+$/.test(part)).join('.') || name;
  const shown = /^\d+$/.test(path.at(-1) ?? '') ? `an item of ${members}` : members;
  switch (error.keyword) {
    case 'additionalProperties':
      return addUnknownMember(node, { error, shown }, problems);
    case 'required': {
      const missing = String(error.params['missingProperty']);
      if (isGuess(node)) return undefined;
      return problems.add(
        'missing-member',
        { span: headOf(node) },
        `${shown} needs \`${missing}\``,
        membersHint(error),
      );
    }
    case 'type':
      return addTypeError(node, { shown, type: String(error.params['type']) }, problems);
    case 'enum':
      return addEnumError(node, { shown, allowed: error.params['allowedValues'] as unknown[] }, problems);
    case 'const':
      return problems.add(
        'wrong-value',
        node,
        `${shown} can only be ${String(error.params['allowedValue'])}, found ${describe(node)}`,
      );
    default:
      return addLimitError(node, { error, shown }, problems);
  }
}

function stepInto(node: Located, part: string): Located {
  if (node.kind === 'list') return node.items[Number(part)] ?? node;
  return memberOf(node, part) ?? node;
}

function addUnknownMember(
  node: Located,
  { error, shown }: { readonly error: ErrorObject; readonly shown: string },
  problems: ProblemList,
): void {
  const key = String(error.params['additionalProperty']);
  const entry = entryOf(node, key);
  if (entry === undefined) return;
  const known = knownMembers(error);
  const near = closest(key, known);
  const glued = /^(\S*\/\S*?):(\S+)$/.exec(key);
  if (glued !== null && entry.value.kind === 'scalar' && entry.value.value === null) {
    problems.add(
      'missing-space-after-colon',
      { keyOf: entry },
      `${quote(key)} is one word to YAML`,
      `\`${glued[1]}: ${glued[2]}\``,
    );
    return;
  }
  problems.add(
    'unknown-member',
    { keyOf: entry },
    `${shown} has no member ${quote(key)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    membersHint(error),
  );
}

function addTypeError(
  node: Located,
  { shown, type }: { readonly shown: string; readonly type: string },
  problems: ProblemList,
): void {
  if (type === 'string' && node.kind === 'scalar' && node.value !== null) return addNotText(node, shown, problems);
  const wanted = new Map([
    ['string', 'text'],
    ['object', 'a map'],
    ['array', 'a list'],
    ['integer', 'a whole number'],
    ['number', 'a number'],
    ['boolean', 'true or false'],
  ]);
  return addWrongType(node, `${shown} must be ${wanted.get(type) ?? type}`, problems);
}

function addEnumError(
  node: Located,
  { shown, allowed }: { readonly shown: string; readonly allowed: readonly unknown[] },
  problems: ProblemList,
): void {
  const words = allowed.map(String);
  const near = node.kind === 'scalar' ? closest(String(node.value), words) : undefined;
  problems.add(
    'wrong-value',
    node,
    `${shown} cannot be ${describe(node)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    `one of: ${words.join(', ')}`,
  );
}

function addLimitError(
  node: Located,
  { error, shown }: { readonly error: ErrorObject; readonly shown: string },
  problems: ProblemList,
): void {
  const limit = String(error.params['limit'] ?? '');
  const wanted = new Map([
    ['minimum', `must be at least ${limit}`],
    ['maximum', `must be at most ${limit}`],
    ['minItems', 'needs at least one item'],
    ['minProperties', 'needs at least one member'],
    ['pattern', 'does not have the right form'],
  ]);
  problems.add('wrong-value', node, `${shown} ${wanted.get(error.keyword) ?? 'is not right'}, found ${describe(node)}`);
}

function knownMembers(error: ErrorObject): readonly string[] {
  const parent = error.parentSchema as { properties?: object } | undefined;
  return Object.keys(parent?.properties ?? {});
}

function membersHint(error: ErrorObject): string | undefined {
  const known = knownMembers(error);
  return known.length === 0 ? undefined : `members: ${known.join(', ')}`;
}

/** A missing member has no token; the beginning of its map stands for it. */
function headOf(node: Located) {
  if (node.kind !== 'map') return node.span;
  const first = node.entries[0];
  return first === undefined ? node.span : first.keySpan;
}

function isGuess(node: Located): boolean {
  return node.kind === 'scalar' && node.guessed === true;
}
