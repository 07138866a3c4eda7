// Which objects a command line means, as targets of scenario steps: `sts/web`, `pod web-0 web-1`, `pods -l app=web`.

import { kindOfWord, kindWords } from '../../../kubernetes/kinds.ts';
import { closest } from '../../../kubernetes/did-you-mean.ts';
import { readTargets } from '../../../kubernetes/kubectl/read-targets.ts';
import { parseSelector } from '../../../kubernetes/selector-text.ts';
import type { FlagTable } from '../../../kubernetes/kubectl/flags.ts';

/** Flags that choose objects. */
export const objectFlags: FlagTable = {
  selector: { value: true, short: 'l' },
  all: { value: false },
  namespace: { value: true, short: 'n' },
};

/** A target of a step: a reference, or a selection by labels. */
export interface ReadObject {
  readonly target: unknown;
  /** `statefulset/web`; absent for a selection. */
  readonly name?: string;
  readonly kind: string;
}

/** The objects, or what is wrong with the words. */
export type ReadObjects =
  | { readonly ok: true; readonly objects: readonly ReadObject[] }
  | { readonly ok: false; readonly message: string; readonly hint?: string };

/** Kinds of the whole cluster that an exercise may be about: others would harm a real one. */
const clusterWide: ReadonlySet<string> = new Set(['node', 'persistentvolume']);
const nameForm = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** Reads the words that name objects, and the flags that choose them. */
export function readObjects(words: readonly string[], flags: ReadonlyMap<string, readonly string[]>): ReadObjects {
  const place = flags.get('namespace')?.at(-1);
  if (place !== undefined && place !== 'default')
    return { ok: false, message: `there is no namespace ${place}: an exercise has one`, hint: 'leave the flag out' };
  const read = readTargets(words);
  if (!read.ok) return read;
  const objects: ReadObject[] = [];
  for (const { word, names } of read.targets) {
    const kind = kindOfWord(word);
    if (kind === undefined) return unknownKind(word);
    if (!kind.namespaced && !clusterWide.has(kind.key))
      return { ok: false, message: `\`${word}\` belongs to the whole cluster; an exercise does not change it` };
    const bad = names.find((name) => !nameForm.test(name));
    if (bad !== undefined) return { ok: false, message: `\`${bad}\` cannot be the name of an object` };
    objects.push(
      ...names.map((name) => ({ target: `${kind.key}/${name}`, name: `${kind.key}/${name}`, kind: kind.key })),
    );
    if (names.length > 0) continue;
    const selected = selectionOf(kind.key, flags);
    if (!selected.ok) return selected;
    objects.push(...selected.objects);
  }
  return { ok: true, objects };
}

function unknownKind(word: string): ReadObjects {
  const near = closest(word, kindWords);
  const message = `error: the server doesn't have a resource type "${word}"`;
  return near === undefined ? { ok: false, message } : { ok: false, message, hint: `did you mean \`${near}\`?` };
}

function selectionOf(kind: string, flags: ReadonlyMap<string, readonly string[]>): ReadObjects {
  const text = flags.get('selector')?.at(-1);
  if (text === undefined) {
    if (flags.get('all')?.at(-1) === 'true') return { ok: true, objects: [{ kind, target: { kind } }] };
    return { ok: false, message: 'error: resource(s) were provided, but no name was specified' };
  }
  const parsed = parseSelector(text);
  if (!parsed.ok) return { ok: false, message: `error: ${parsed.message}` };
  const labels: Record<string, unknown> = {};
  for (const { key, operator, values } of parsed.requirements) {
    const matcher = matcherOf(operator, values);
    if (matcher === undefined) return { ok: false, message: `the selector \`${text}\` cannot be used here` };
    labels[key] = matcher;
  }
  return { ok: true, objects: [{ kind, target: { kind, labels } }] };
}

function matcherOf(operator: string, values: readonly string[]): unknown {
  if (operator === '=' || operator === 'in') return { anyOf: values };
  if (operator === '!=' || operator === 'notin') return { not: { anyOf: values } };
  if (operator === 'exists') return { absent: false };
  return operator === '!' ? { absent: true } : undefined;
}
