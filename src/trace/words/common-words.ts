// Words that every kind has (table S, first row).

import { kindKey } from '../../kubernetes/kind.ts';
import { kindOfWord } from '../../kubernetes/kinds.ts';
import { controllerOf } from '../../kubernetes/object.ts';
import { generationObserved, jsonOf, listOf, member, plainWord } from './word.ts';
import type { Json, KubernetesObject } from '../../kubernetes/object.ts';
import type { Word, WordContext } from './word.ts';

/** `created`, `deleted` and `scheduled` have no value: they are edges only. */
export const edgeWords: readonly string[] = ['created', 'deleted', 'scheduled'];

/** The words of any kind. `fields` is the object itself. */
export const commonWords: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['exists', plainWord(() => true)],
  ['terminating', plainWord((object) => object.metadata.deletionTimestamp !== undefined)],
  ['observed', plainWord(generationObserved)],
  ['sinceStepStart', plainWord(readSinceStepStart)],
  ['labels', plainWord((object) => object.metadata.labels ?? {})],
  ['annotations', plainWord((object) => object.metadata.annotations ?? {})],
  [
    'ownedBy',
    {
      read: readOwner,
      meets: 'value',
      foreign: (change) => change.before?.metadata.uid !== change.after?.metadata.uid,
    },
  ],
  ['conditions', plainWord(readConditions)],
  ['fields', plainWord((object) => object as unknown as Json)],
]);

/**
 * `sts/web`, in any spelling of the kind, as `readOwner` gives it: `statefulset.apps/web`. Other text stays as it is.
 */
export function canonicalReference(text: string): string {
  const slash = text.indexOf('/');
  if (slash <= 0) return text;
  const word = text.slice(0, slash);
  return `${kindOfWord(word)?.key ?? word}${text.slice(slash)}`;
}

function readSinceStepStart(object: KubernetesObject, { world, kind, name }: WordContext): Json | undefined {
  // What did not exist under this name when the step began is not what was there then, either.
  return world.atStart(kind, name)?.metadata.uid === object.metadata.uid ? 'same' : 'replaced';
}

/** The controller, as long as the object that bears (or last bore) its name is the one that is meant: by uid, not by name. */
function readOwner(object: KubernetesObject, { world }: WordContext): Json | undefined {
  const reference = controllerOf(object);
  if (reference === undefined) return 'none';
  const kind = kindKey(reference);
  const bearer = world.last(kind, reference.name);
  if (bearer !== undefined && bearer.metadata.uid !== reference.uid) return undefined;
  return `${kind}/${reference.name}`;
}

function readConditions(object: KubernetesObject): Json {
  const conditions: Record<string, Json> = {};
  for (const condition of listOf(member(object['status'], 'conditions'))) {
    const type = member(condition, 'type');
    const status = member(condition, 'status');
    if (typeof type !== 'string') continue;
    conditions[type] = status === 'True' ? true : status === 'False' ? false : (jsonOf(status) ?? null);
  }
  return conditions;
}
