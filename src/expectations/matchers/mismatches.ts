// Why a value does not match: the fields that differ, with what was expected and what was received.

import { formatMatcher } from './format-matcher.ts';
import { memberOf, matches, present } from './matches.ts';
import { formatOperand, formatValue, readOperand } from './operand.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { Matcher, Operand } from '../../scenario/model.ts';
import type { Place } from './place.ts';

/** One field that differs. */
export interface Mismatch {
  /** Path inside the value, `''` for the value itself. */
  readonly field: string;
  readonly expected: string;
  readonly received: string;
}

/** The differences; empty exactly when the value matches. */
export function mismatches(matcher: Matcher, value: Json | undefined, place: Place): readonly Mismatch[] {
  return matches(matcher, value, place) === true ? [] : explain({ matcher, value, field: '' }, place);
}

interface Case {
  readonly matcher: Matcher;
  readonly value: Json | undefined;
  readonly field: string;
}

/** Keys by which the elements of Kubernetes' lists are told apart, most telling first. */
const mergeKeys = ['name', 'type', 'containerPort', 'port', 'mountPath', 'devicePath', 'key', 'ip', 'uid', 'field'];

function explain(subject: Case, place: Place): readonly Mismatch[] {
  const { matcher, value, field } = subject;
  if (matches(matcher, value, place) === true) return [];
  if (matcher.kind === 'allOf') {
    return matcher.matchers.flatMap((part) => explain({ matcher: part, value, field }, place));
  }
  if (matcher.kind === 'members' && isMapOrNothing(value)) {
    return matcher.members.flatMap(([name, part]) =>
      explain({ matcher: part, value: memberOf(value, name), field: under(field, name) }, place),
    );
  }
  if ((matcher.kind === 'items' || matcher.kind === 'has') && Array.isArray(value) && matcher.items.length > 0) {
    return matcher.items.flatMap((item) => explainItem({ matcher: item, value, field }, place));
  }
  if (matcher.kind === 'every' && Array.isArray(value)) {
    return value.flatMap((element: Json, at) =>
      explain({ matcher: matcher.matcher, value: element, field: `${field}[${at}]` }, place),
    );
  }
  return [plain(subject, place)];
}

/** An item of a list: compared with the element of the same merge key, where there is one. */
function explainItem({ matcher, value, field }: Case, place: Place): readonly Mismatch[] {
  const list = Array.isArray(value) ? present(value as readonly Json[]) : [];
  if (list.some((element) => matches(matcher, element, place) === true)) return [];
  if (matcher.kind === 'members') {
    for (const key of mergeKeys) {
      const own = matcher.members.find(([name]) => name === key)?.[1];
      const element = own && list.find((candidate) => matches(own, memberOf(candidate, key), place) === true);
      if (element === undefined) continue;
      const name = formatValue(memberOf(element, key));
      return explain({ matcher, value: element, field: `${field}[${key}=${name}]` }, place);
    }
  }
  return [{ field, expected: `one of the list: ${formatMatcher(matcher)}`, received: formatValue(value) }];
}

function plain({ matcher, value, field }: Case, place: Place): Mismatch {
  const unreadable = operandsOf(matcher).find((operand) => readOperand(operand, place) === undefined);
  const note = unreadable === undefined ? '' : ` (${formatOperand(unreadable)} cannot be read)`;
  return {
    field,
    expected: `${formatMatcher(matcher)}${resolved(matcher, place)}${note}`,
    received: formatValue(value),
  };
}

/** What a `valueOf` came to, since the path alone tells a reader nothing. */
function resolved(matcher: Matcher, place: Place): string {
  const values = operandsOf(matcher).filter((operand) => operand.kind === 'valueOf');
  const read = values.map((operand) => readOperand(operand, place)).filter((value) => value !== undefined);
  return read.length === 0 ? '' : ` = ${read.map(formatValue).join(', ')}`;
}

/** The operands of a matcher and of those inside it. */
export function operandsOf(matcher: Matcher): readonly Operand[] {
  if ('operand' in matcher) return [matcher.operand];
  if ('matcher' in matcher) return operandsOf(matcher.matcher);
  if ('matchers' in matcher) return matcher.matchers.flatMap(operandsOf);
  if ('items' in matcher) return matcher.items.flatMap(operandsOf);
  if ('members' in matcher) return matcher.members.flatMap(([, part]) => operandsOf(part));
  return [];
}

function isMapOrNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value));
}

function under(field: string, name: string): string {
  const step = /^[^.[\]\s"']+$/.test(name) ? name : `["${name}"]`;
  if (field === '') return step;
  return step.startsWith('[') ? `${field}${step}` : `${field}.${step}`;
}
