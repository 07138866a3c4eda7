// Which objects a watch is about, and what a change is to somebody who sees only those (API-WATCH-08).

import { matchesRequirements, parseFieldSelector, parseSelector } from '../../kubernetes/selector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
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
export function watchFilter(scope: WatchScope): WatchFilter {
  const tests = [...labelTests(scope), ...fieldTests(scope)];
  const prefix = scope.namespace === undefined ? '' : `${scope.namespace}/`;
  const within = ({ key }: Change): boolean => key.startsWith(prefix);
  if (tests.length === 0) return (change) => (within(change) ? change : undefined);
  const selected = (object: KubernetesObject): boolean => tests.every((test) => test(object));
  return (change) => (within(change) ? asSeen(change, selected) : undefined);
}

function asSeen(change: Change, selected: (object: KubernetesObject) => boolean): WatchedChange | undefined {
  const { type, object, old } = change;
  if (type !== 'MODIFIED' || old === undefined) return selected(object) ? change : undefined;
  const [was, is] = [selected(old), selected(object)];
  if (is) return was ? change : { type: 'ADDED', object };
  if (!was) return undefined;
  const { resourceVersion } = object.metadata;
  return { type: 'DELETED', object: { ...old, metadata: { ...old.metadata, resourceVersion } } };
}

type Test = (object: KubernetesObject) => boolean;

function labelTests({ labelSelector = '' }: WatchScope): readonly Test[] {
  const parsed = parseSelector(labelSelector);
  if (!parsed.ok || parsed.requirements.length === 0) return [];
  const { requirements } = parsed;
  return [({ metadata }) => matchesRequirements(requirements, metadata.labels)];
}

function fieldTests({ fieldSelector = '', served }: WatchScope): readonly Test[] {
  const parsed = parseFieldSelector(fieldSelector);
  if (!parsed.ok) return [];
  return parsed.terms.map(({ field, operator, value }): Test => {
    const read = fieldReader(served, field);
    return (object) => (read(object) === value) === (operator === '=');
  });
}

function fieldReader({ fieldLabels }: ServedKind, field: string): (object: KubernetesObject) => string {
  if (field === 'metadata.name') return ({ metadata }) => metadata.name;
  if (field === 'metadata.namespace') return ({ metadata }) => metadata.namespace ?? '';
  return fieldLabels.get(field) ?? (() => '');
}
