// Which objects a watch is about, and what a change is to somebody who sees only those (API-WATCH-08).

import { readSelection } from '../api/requests/selection.ts';
import { InvariantError } from '../invariant.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Selection } from '../api/requests/selection.ts';
import type { Change } from '../store/store.ts';
import type { ServedKind } from './catalogue.ts';

/** A change as a watch tells it. */
export interface WatchedChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubernetesObject;
}

/** Tells a change to a watch; undefined when the watch has nothing to do with it. */
export type WatchFilter = (change: Change) => WatchedChange | undefined;

/** What a watch selects by; selectors were found to be right already. */
export interface WatchScope {
  readonly served: ServedKind;
  readonly namespace: string | undefined;
  readonly labelSelector: string | undefined;
  readonly fieldSelector: string | undefined;
}

/** Makes the filter of a watch. */
export function watchFilter({ served, namespace, labelSelector = '', fieldSelector = '' }: WatchScope): WatchFilter {
  const prefix = namespace === undefined ? '' : `${namespace}/`;
  const within = ({ key }: Change): boolean => key.startsWith(prefix);
  if (labelSelector === '' && fieldSelector === '') return (change) => (within(change) ? change : undefined);
  const selection = readSelection(served, { labelSelector, fieldSelector });
  if (!selection.ok) throw new InvariantError(`a watch was opened with a wrong selector: ${selection.status.message}`);
  return (change) => (within(change) ? asSeen(change, selection.value) : undefined);
}

function asSeen(change: Change, selected: Selection): WatchedChange | undefined {
  const { type, object, old } = change;
  if (type !== 'MODIFIED' || old === undefined) return selected(object) ? change : undefined;
  const [was, is] = [selected(old), selected(object)];
  if (is) return was ? change : { type: 'ADDED', object };
  if (!was) return undefined;
  const { resourceVersion } = object.metadata;
  return { type: 'DELETED', object: { ...old, metadata: { ...old.metadata, resourceVersion } } };
}
