// `kubectl label` and `kubectl annotate`: a merge patch of the metadata.

import { BeyondUs, KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { findTargets } from '../targets.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { JsonObject } from '../../../kubernetes/object.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';

interface Wish {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

/** Sets and removes labels, or annotations. */
export function label(call: KubectlCall): KubectlAnswer {
  const { flags, verb } = call;
  flags.allow('overwrite', 'all', 'selector', 'field-selector', 'output');
  const wish = wishOf(call.words);
  const words = call.words.filter((word) => !isWish(word));
  if (wish.set.size === 0 && wish.remove.length === 0) {
    throw new KubectlRefusal(`at least one ${verb === 'label' ? 'label' : 'annotation'} update is required`);
  }
  if (verb === 'annotate' && flags.on('list')) throw new BeyondUs('`--list` needs the real kubectl');
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  for (const one of findTargets({ ...call, words }, printed).found) change(one, wish, call, printed);
  return finish(printed);
}

function isWish(word: string): boolean {
  return word.includes('=') || /[^-/]-$/u.test(word);
}

function wishOf(words: readonly string[]): Wish {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const word of words.filter(isWish)) {
    const equal = word.indexOf('=');
    if (equal < 0) remove.push(word.slice(0, -1));
    else set.set(word.slice(0, equal), word.slice(equal + 1));
  }
  return { set, remove };
}

function change(
  { kind, object, address }: ReturnType<typeof findTargets>['found'][number],
  { set, remove }: Wish,
  { verb, flags, session }: KubectlCall,
  printed: Printed,
): void {
  const member = verb === 'label' ? 'labels' : 'annotations';
  const now = object.metadata[member] ?? {};
  if (!flags.on('overwrite')) {
    const taken = [...set].filter(([name, value]) => Object.hasOwn(now, name) && now[name] !== value);
    if (taken.length > 0)
      return printed.fault({
        text: takenText(
          taken.map(([name]) => [name, now[name] ?? '']),
          verb,
        ),
      });
  }
  for (const name of remove)
    if (verb === 'label' && !Object.hasOwn(now, name)) printed.line(`label "${name}" not found.`);
  const changes: JsonObject = Object.fromEntries([
    ...[...set].filter(([name, value]) => now[name] !== value),
    ...remove.filter((name) => Object.hasOwn(now, name)).map((name) => [name, null] as const),
  ]);
  const names = Object.keys(changes);
  if (names.length > 0) {
    const body = { metadata: { [member]: changes } };
    const answer = session.send(address, {
      verb: 'patch',
      patchType: 'merge',
      body,
      query: { fieldManager: `kubectl-${verb}` },
    });
    if (!answer.ok) return printed.refused(answer.status);
  }
  printed.done(
    kind,
    object.metadata.name,
    wordOf(verb, { removed: remove.some((name) => names.includes(name)), set: set.size, changed: names.length }),
  );
}

function wordOf(
  verb: string,
  { removed, set, changed }: { readonly removed: boolean; readonly set: number; readonly changed: number },
): string {
  if (verb !== 'label') return 'annotated';
  if (changed === 0) return 'not labeled';
  return removed && set === 0 ? 'unlabeled' : 'labeled';
}

function takenText(taken: readonly (readonly [name: string, value: string])[], verb: string): string {
  if (verb === 'label') {
    const [[name, value] = ['', '']] = taken;
    return `'${name}' already has a value (${value}), and --overwrite is false`;
  }
  const told = taken.map(([name, value]) => `'${name}' already has a value (${value})`).join('; ');
  return `--overwrite is false but found the following declared annotation(s): ${told}`;
}
