// The kinds that `kubectl describe` is shown of.

import { kindOfWord } from '../kinds.ts';
import type { KindKey } from '../kind.ts';

const keys: ReadonlySet<string> = new Set([
  'pod',
  'statefulset.apps',
  'persistentvolumeclaim',
  'persistentvolume',
  'service',
]);

/** The same, for messages. */
export const describedKinds = 'pod, statefulset, pvc, pv, service';

/** The kind of a word if it can be described. */
export function describedKindOf(word: string): KindKey | undefined {
  const key = kindOfWord(word.toLowerCase())?.key;
  return key !== undefined && keys.has(key) ? key : undefined;
}
