// `kubectl wait --for=condition=Ready pod/web-0`, `--for=delete`: a step that only watches.

import { readFlags } from '../../../kubernetes/kubectl/flags.ts';
import { objectFlags, readObjects } from './read-objects.ts';
import { refuse } from './translated.ts';
import type { Translator } from './translated.ts';

/** Translates a wait. */
export const wait: Translator = (words, context) => {
  const read = readFlags(words, { ...objectFlags, for: { value: true }, timeout: { value: true } });
  if (!read.ok) return refuse(read.message, read.hint);
  const state = stateOf(read.flags.get('for')?.at(-1) ?? '');
  if (state === undefined)
    return refuse('`kubectl wait` takes `--for=condition=NAME[=VALUE]`, `--for=create` or `--for=delete` here');
  const objects = readObjects(read.words, read.flags);
  if (!objects.ok) return refuse(objects.message, objects.hint);
  const clauses = objects.objects.map(({ target }) => ({ of: target, is: state }));
  return { ok: true, steps: [context.step({ expect: { eventually: clauses }, waits: true })] };
};

function stateOf(goal: string): unknown {
  if (goal === 'delete') return { exists: false };
  if (goal === 'create') return { exists: true };
  const condition = /^condition=([A-Za-z]+)(?:=(true|false|unknown))?$/i.exec(goal);
  if (condition === null) return undefined;
  const [, name = '', value = 'true'] = condition;
  const wanted = value.toLowerCase();
  return { conditions: { [name]: wanted === 'unknown' ? 'Unknown' : wanted === 'true' } };
}
