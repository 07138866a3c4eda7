// LIST: selectors, order, pages and versions (API-LIST). All pages of a list show the moment of the first, as far back as the
// store remembers.

import { apiVersionOf } from '../../../kubernetes/kinds.ts';
import { without } from '../defaults/fields.ts';
import { objectKeyOf } from '../object-key.ts';
import { badRequest, expired, invalid, refuse, tooLargeResourceVersion } from '../refusals.ts';
import { FieldErrors } from '../field-errors.ts';
import { pastOf } from '../../store/past.ts';
import { readToken, writeToken } from './continue-token.ts';
import { readSelection } from './selection.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Status } from '../../../kubernetes/status.ts';
import type { ApiContext } from '../context.ts';
import type { ApiRequest, Result } from '../server.ts';
import type { Strategy } from '../strategy.ts';

type Query = NonNullable<ApiRequest['query']>;

/** What a list is asked for. */
export interface ListQuery {
  readonly strategy: Strategy;
  readonly namespace: string | undefined;
  readonly query: Query;
}

/** A page of objects, in the order of their keys, and what its list's metadata says. */
export interface Page {
  readonly items: readonly KubernetesObject[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Lists the objects of a kind. */
export function listObjects({ strategy, namespace, query }: ListQuery, context: ApiContext): Result<Page> {
  const selection = readSelection(strategy, query);
  if (!selection.ok) return selection;
  const version = checkVersion(query, context.store.revision);
  if (version !== undefined) return refuse(version);
  const start = query.continue === undefined || query.continue === '' ? undefined : readToken(query.continue);
  if (start?.ok === false) return refuse(badRequest(start.message));
  const asked = start?.value.revision ?? exactVersion(query) ?? context.store.revision;
  // A token that was given out in place of one that was too old goes on in the present.
  const revision = asked === present ? context.store.revision : asked;
  const after = start?.value.after;
  const found = candidates(strategy, { namespace, revision }, context);
  if (found === undefined) return refuse(tooOld(after));
  const matching = found
    .filter((object) => selection.value(object) && (after === undefined || pageKey(object, namespace) > after))
    .sort((a, b) => compare(pageKey(a, undefined), pageKey(b, undefined)));
  const limit = query.limit ?? 0;
  const resourceVersion = String(revision);
  if (limit <= 0 || matching.length <= limit)
    return { ok: true, value: { items: matching, metadata: { resourceVersion } } };
  const items = matching.slice(0, limit);
  const last = items.at(-1);
  const token = writeToken({ revision, after: last === undefined ? '' : pageKey(last, namespace) });
  // The number of those that remain is not told with selectors, since upstream does not count what it filters.
  const plain = !query.labelSelector && !query.fieldSelector;
  const remaining = plain ? { remainingItemCount: matching.length - limit } : {};
  return { ok: true, value: { items, metadata: { resourceVersion, continue: token, ...remaining } } };
}

/** The list object of a page; its items name neither kind nor version (API-META-13). */
export function listBody({ kind }: Strategy, { items, metadata }: Page): Readonly<Record<string, unknown>> {
  return {
    kind: `${kind.kind}List`,
    apiVersion: apiVersionOf(kind),
    metadata,
    items: items.map((item) => without(item, 'kind', 'apiVersion')),
  };
}

interface Moment {
  readonly namespace: string | undefined;
  readonly revision: number;
}

/** The objects that may be in the list, as they were; undefined when that is forgotten. */
function candidates(
  { kind }: Strategy,
  { namespace, revision }: Moment,
  { store }: ApiContext,
): KubernetesObject[] | undefined {
  if (revision === store.revision && namespace !== undefined)
    return [...store.by(kind.key, 'namespace', namespace).values()];
  const past = pastOf(store, kind.key, revision);
  if (past === undefined) return undefined;
  const objects = [...past.values()];
  return namespace === undefined ? objects : objects.filter(({ metadata }) => metadata.namespace === namespace);
}

/** In a token: the version that is there when it is used. */
const present = -1;

/** API-LIST-01, and API-LIST-04 for pages: with a token that goes on from there, though not at that moment. */
function tooOld(after: string | undefined): Status {
  if (after === undefined) return expired('The resourceVersion for the provided list is too old.');
  const told =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
    'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
    'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or ' +
    'deleted between the time the first chunk was returned and now may show up in the list.';
  const refused = expired(told);
  return { ...refused, metadata: { ...refused.metadata, continue: writeToken({ revision: present, after }) } };
}

function exactVersion({ resourceVersion, resourceVersionMatch }: Query): number | undefined {
  return resourceVersionMatch === 'Exact' && resourceVersion ? Number(resourceVersion) : undefined;
}

/** The key within the list's own path. */
function pageKey({ metadata }: KubernetesObject, namespace: string | undefined): string {
  return namespace === undefined ? objectKeyOf(metadata) : metadata.name;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** API-LIST-01, -02. */
function checkVersion({ resourceVersion = '', resourceVersionMatch }: Query, current: number): Status | undefined {
  const errors = new FieldErrors();
  if (resourceVersionMatch !== undefined && resourceVersionMatch !== '') {
    if (resourceVersion === '') {
      const told = 'resourceVersionMatch is forbidden unless resourceVersion is provided';
      errors.forbidden('resourceVersionMatch', told);
    } else if (resourceVersionMatch !== 'Exact' && resourceVersionMatch !== 'NotOlderThan') {
      errors.notSupported('resourceVersionMatch', resourceVersionMatch, ['Exact', 'NotOlderThan', '']);
    } else if (resourceVersionMatch === 'Exact' && resourceVersion === '0') {
      const told = 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"';
      errors.forbidden('resourceVersionMatch', told);
    }
  }
  if (errors.list.length > 0) return invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors.list);
  if (resourceVersion === '' || resourceVersion === '0') return undefined;
  if (!/^\d{1,20}$/.test(resourceVersion)) {
    const shown = JSON.stringify(resourceVersion);
    const why = `strconv.ParseUint: parsing ${shown}: invalid syntax`;
    return badRequest(`invalid resource version: resourceVersion: Invalid value: ${shown}: ${why}`);
  }
  return Number(resourceVersion) > current ? tooLargeResourceVersion(resourceVersion, current) : undefined;
}
