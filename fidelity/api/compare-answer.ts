// Compares two answers to one question, facet by facet.

import { isDeepStrictEqual } from 'node:util';
import { comparable } from './comparable-answer.ts';
import type { GivenAnswer } from './ask-questions.ts';
import type { RecordedAnswer } from './recorded-answer.ts';

/** What of an answer is compared. `body` is all of it that no other facet is about. */
export const facets = ['code', 'headers', 'reason', 'message', 'causes', 'columns', 'cells', 'body'] as const;

/** One of them. */
export type Facet = (typeof facets)[number];

/** What kind of thing was answered by the real server. */
export const answerKinds = ['refusal', 'object', 'list', 'table', 'watch', 'discovery', 'text'] as const;

/** One of them. */
export type AnswerKind = (typeof answerKinds)[number];

/** How an answer compares. */
export interface ComparedAnswer {
  readonly name: string;
  readonly kind: AnswerKind;
  /** The facets that either answer has, and what differs in them; undefined where they agree. */
  readonly outcomes: ReadonlyMap<Facet, string | undefined>;
}

/** Compares what was given with what was recorded. */
export function compareAnswer({ name, response }: RecordedAnswer, given: GivenAnswer): ComparedAnswer {
  const [wanted, found] = [facetsOf(response), facetsOf(given)];
  const outcomes = new Map<Facet, string | undefined>();
  for (const facet of facets) {
    if (!wanted.has(facet) && !found.has(facet)) continue;
    outcomes.set(facet, difference(wanted.get(facet), found.get(facet), ''));
  }
  return { name, kind: kindOf(response.body), outcomes };
}

type Members = Readonly<Record<string, unknown>>;

function facetsOf({ code, headers, body }: GivenAnswer): ReadonlyMap<Facet, unknown> {
  const told = new Map<Facet, unknown>([['code', code]]);
  told.set('headers', { type: headers['content-type'] ?? '', warning: headers['warning'] ?? null });
  const form = comparable(body);
  if (isMembers(body) && body['kind'] === 'Status' && isMembers(form)) return withStatus(told, form);
  if (isMembers(body) && body['kind'] === 'Table' && isMembers(form)) {
    const { columns, rows, ...rest } = form;
    return told.set('columns', columns).set('cells', rows).set('body', rest);
  }
  return told.set('body', form);
}

function withStatus(told: Map<Facet, unknown>, status: Members): ReadonlyMap<Facet, unknown> {
  const { reason, message, details, ...rest } = status;
  told.set('reason', reason).set('message', message);
  if (!isMembers(details)) return told.set('body', status['details'] === undefined ? rest : { ...rest, details });
  const { causes, ...about } = details;
  if (causes !== undefined) told.set('causes', causes);
  return told.set('body', { ...rest, details: about });
}

function kindOf(body: unknown): AnswerKind {
  if (!isMembers(body)) return typeof body === 'string' && body.startsWith('{') ? 'watch' : 'text';
  if (typeof body['type'] === 'string' && 'object' in body) return 'watch';
  const { kind } = body;
  if (kind === 'Status') return body['status'] === 'Failure' ? 'refusal' : 'object';
  if (kind === 'Table') return 'table';
  if (typeof kind !== 'string' || /^API|APIGroupDiscovery/.test(kind)) return 'discovery';
  return Array.isArray(body['items']) ? 'list' : 'object';
}

/** Where two values differ first; undefined when they agree. */
function difference(wanted: unknown, found: unknown, path: string): string | undefined {
  if (isDeepStrictEqual(wanted, found)) return undefined;
  if (Array.isArray(wanted) && Array.isArray(found) && wanted.length === found.length) {
    const at = wanted.findIndex((value, index) => !isDeepStrictEqual(value, found[index]));
    return difference(wanted[at], found[at], `${path}[${at}]`);
  }
  if (isMembers(wanted) && isMembers(found)) {
    const names = new Set([...Object.keys(wanted), ...Object.keys(found)]);
    for (const name of names) {
      const inner = difference(wanted[name], found[name], path === '' ? name : `${path}.${name}`);
      if (inner !== undefined) return inner;
    }
  }
  return `${path === '' ? '' : `${path}: `}recorded ${shown(wanted)}, simulated ${shown(found)}`;
}

const shownMax = 160;

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= shownMax ? text : `${text.slice(0, shownMax)}…`;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
