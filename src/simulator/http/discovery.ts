// Discovery, in its legacy and its aggregated form (API-DISC-01 to -07): what is served, and nothing else.

import { createHash } from 'node:crypto';
import { apiVersionOf } from '../../kubernetes/kinds.ts';
import { reviews } from './access-review.ts';
import type { JsonObject } from '../../kubernetes/object.ts';
import type { Subresource } from '../api/strategy.ts';
import type { ServedKind } from './catalogue.ts';

/** The order in which upstream lists its groups (API-DISC-07); custom groups follow by name. */
const groupOrder: readonly string[] = [
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
];

const verbs: readonly string[] = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const subresourceVerbs: Readonly<Record<Subresource, readonly string[]>> = {
  binding: ['create'],
  eviction: ['create'],
  finalize: ['update'],
  scale: ['get', 'patch', 'update'],
  status: ['get', 'patch', 'update'],
};

/** What a subresource speaks of, where it is not the object itself. */
const subresourceKinds: Partial<Readonly<Record<Subresource, GroupVersionKind>>> = {
  binding: { group: '', version: '', kind: 'Binding' },
  eviction: { group: 'policy', version: 'v1', kind: 'Eviction' },
  scale: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
};

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** A group, its versions, and the kinds of each by plural. */
interface ServedGroup {
  readonly group: string;
  readonly versions: readonly { readonly version: string; readonly kinds: readonly ServedKind[] }[];
}

/** `/api` in legacy form. */
export function legacyCore(address: string): JsonObject {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

/** `/apis` in legacy form. */
export function legacyGroups(served: readonly ServedKind[]): JsonObject {
  const groups = groupsOf(served).filter(({ group }) => group !== '');
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(legacyGroup) };
}

/** `/apis/GROUP`; undefined for one that is not served. */
export function groupDocument(group: string, served: readonly ServedKind[]): JsonObject | undefined {
  const found = groupsOf(served).find((each) => each.group === group);
  return found && { kind: 'APIGroup', apiVersion: 'v1', ...legacyGroup(found) };
}

function legacyGroup({ group, versions }: ServedGroup): JsonObject {
  const named = versions.map(({ version }) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions: named, preferredVersion: named[0] };
}

/** `/api/v1` and `/apis/GROUP/VERSION`; undefined for what is not served. */
export function resourceList(
  at: { readonly group: string; readonly version: string },
  served: readonly ServedKind[],
): JsonObject | undefined {
  const found = groupsOf(served).find(({ group }) => group === at.group);
  const kinds = found?.versions.find(({ version }) => version === at.version)?.kinds;
  if (kinds === undefined) return undefined;
  const head = at.group === '' ? {} : { apiVersion: 'v1' };
  const resources = kinds.flatMap((kind) => [resourceOf(kind)].concat(subresourcesOf(kind)));
  return {
    kind: 'APIResourceList',
    ...head,
    groupVersion: apiVersionOf(at),
    resources: [...resources, ...reviewsOf(at.group)],
  };
}

function resourceOf({ kind, categories }: ServedKind): JsonObject {
  const { group, version } = kind;
  const hash = createHash('sha256').update(`${group}/${version}/${kind.kind}`).digest().subarray(0, 8);
  return {
    name: kind.plural,
    singularName: singularOf(kind),
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: verbsOf(kind),
    ...namesOf({ kind, categories }),
    storageVersionHash: hash.toString('base64'),
  };
}

function subresourcesOf({ kind, subresources }: ServedKind): readonly JsonObject[] {
  return [...subresources].toSorted().map((subresource) => {
    const other = subresourceKinds[subresource];
    const elsewhere = other !== undefined && other.group !== '';
    return {
      name: `${kind.plural}/${subresource}`,
      singularName: '',
      namespaced: kind.namespaced,
      group: elsewhere ? other.group : undefined,
      version: elsewhere ? other.version : undefined,
      kind: other?.kind ?? kind.kind,
      verbs: subresourceVerbs[subresource],
    };
  });
}

/** Kinds that are questions, answered and not stored. */
function reviewsOf(group: string): readonly JsonObject[] {
  return reviews
    .filter((each) => each.group === group)
    .map(({ plural, kind, namespaced }) => ({
      name: plural,
      singularName: kind.toLowerCase(),
      namespaced,
      kind,
      verbs: ['create'],
    }));
}

/** `/api` or `/apis` in aggregated form. */
export function aggregated(root: 'api' | 'apis', served: readonly ServedKind[]): JsonObject {
  const groups = groupsOf(served).filter(({ group }) => (group === '') === (root === 'api'));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(({ group, versions }) => ({
      metadata: group === '' ? {} : { name: group },
      versions: versions.map(({ version, kinds }) => ({
        version,
        resources: [...kinds.map(aggregatedResource), ...aggregatedReviews(group)],
        freshness: 'Current',
      })),
    })),
  };
}

function aggregatedResource({ kind, categories, subresources }: ServedKind): JsonObject {
  const own = { ...ownNamed, kind: kind.kind };
  const below = [...subresources].toSorted().map((subresource) => ({
    subresource,
    responseKind: { ...(subresourceKinds[subresource] ?? own) },
    verbs: subresourceVerbs[subresource],
  }));
  return {
    resource: kind.plural,
    responseKind: own,
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singularOf(kind),
    verbs: verbsOf(kind),
    ...namesOf({ kind, categories }),
    ...(below.length === 0 ? {} : { subresources: below }),
  };
}

/** Group and version of a kind that are those of the document are left empty, as upstream does. */
const ownNamed = { group: '', version: '' };

function aggregatedReviews(group: string): readonly JsonObject[] {
  return reviewsOf(group).map(({ name, singularName, kind, namespaced }) => ({
    resource: name,
    responseKind: { ...ownNamed, kind },
    scope: namespaced === true ? 'Namespaced' : 'Cluster',
    singularResource: singularName,
    verbs: ['create'],
  }));
}

function namesOf({ kind, categories }: Pick<ServedKind, 'kind' | 'categories'>): JsonObject {
  return {
    ...(kind.shortNames.length === 0 ? {} : { shortNames: kind.shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
  };
}

function verbsOf({ key }: { readonly key: string }): readonly string[] {
  return key === 'namespace' ? verbs.filter((verb) => verb !== 'deletecollection') : verbs;
}

function singularOf({ kind }: { readonly kind: string }): string {
  return kind.toLowerCase();
}

function groupsOf(served: readonly ServedKind[]): readonly ServedGroup[] {
  const groups = new Map<string, Map<string, ServedKind[]>>();
  for (const group of ['', ...groupOrder]) groups.set(group, new Map());
  // Questions are kinds, too: their groups are there although nothing of them is stored.
  for (const { group } of reviews) groups.set(group, new Map([['v1', []]]));
  const custom = served.filter(({ kind }) => !groups.has(kind.group)).map(({ kind }) => kind.group);
  for (const group of custom.toSorted()) groups.set(group, new Map());
  for (const kind of served) {
    const versions = groups.get(kind.kind.group)!;
    const { version } = kind.kind;
    versions.set(version, [...(versions.get(version) ?? []), kind]);
  }
  return [...groups].map(([group, versions]) => ({
    group,
    versions: [...versions].map(([version, kinds]) => ({ version, kinds: kinds.toSorted(byPlural) })),
  }));
}

function byPlural({ kind: a }: ServedKind, { kind: b }: ServedKind): number {
  return a.plural < b.plural ? -1 : 1;
}
