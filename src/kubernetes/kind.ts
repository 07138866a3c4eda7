// How kinds are named: the registry of the kinds that we know, and the key under which every room files objects.

/**
 * The name of a kind inside setpiece: lower-case singular, followed by the group when there is one:
 * `pod`, `statefulset.apps`, `mongocluster.db.example.com`. Versions do not take part.
 */
export type KindKey = string & { readonly kindKey: unique symbol };

/** One kind of the API. */
export interface Kind {
  readonly key: KindKey;
  /** Empty for the core group. */
  readonly group: string;
  /** The version that is served and stored, such as `v1`. */
  readonly version: string;
  /** As in manifests: `StatefulSet`. */
  readonly kind: string;
  /** As in paths: `statefulsets`. */
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
}

const keys = new Map<string, Map<string, KindKey>>();

/** The key of an object's kind. Cheap enough for every record: computed once for each apiVersion and kind. */
export function kindKey(object: { readonly apiVersion: string; readonly kind: string }): KindKey {
  let ofVersion = keys.get(object.apiVersion);
  if (ofVersion === undefined) keys.set(object.apiVersion, (ofVersion = new Map()));
  let key = ofVersion.get(object.kind);
  if (key === undefined) {
    const slash = object.apiVersion.indexOf('/');
    const group = slash < 0 ? '' : object.apiVersion.slice(0, slash);
    ofVersion.set(object.kind, (key = composeKindKey(group, object.kind)));
  }
  return key;
}

/** Builds a key from a group (`''` for core) and a kind in any case. */
export function composeKindKey(group: string, kind: string): KindKey {
  // Events are served by two groups and are one kind to everybody who looks at them.
  const shown = group === 'events.k8s.io' ? '' : group;
  return (shown === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${shown}`) as KindKey;
}
