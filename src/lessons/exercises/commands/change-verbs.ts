// kubectl's verbs that change objects by name: scale, set image, patch, label, annotate, rollout, cordon, uncordon, drain.

import { parseJsonOrYaml } from '../../../scenario/yaml/parse-value.ts';
import { readFlags } from '../../../kubernetes/kubectl/flags.ts';
import { objectFlags, readObjects } from './read-objects.ts';
import { refuse, shownAs } from './translated.ts';
import type { FlagTable } from '../../../kubernetes/kubectl/flags.ts';
import type { CommandContext, StepDraft, Translated, Translator } from './translated.ts';

const harmless: FlagTable = {
  output: { value: true, short: 'o' },
  timeout: { value: true },
  overwrite: { value: false },
  record: { value: false },
};

/** `kubectl scale sts/web --replicas=5`. */
export const scale: Translator = (words, context) => {
  const read = readFlags(words, { ...objectFlags, ...harmless, replicas: { value: true } });
  if (!read.ok) return refuse(read.message, read.hint);
  const written = read.flags.get('replicas')?.at(-1);
  if (written === undefined) return refuse('error: required flag(s) "replicas" not set', 'such as `--replicas=3`');
  if (!/^-?\d{1,9}$/.test(written)) return refuse(`error: invalid argument "${written}" for "--replicas" flag`);
  const to = Number(written);
  if (to < 0)
    return refuse('error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  return each(read, context, { shows: 'scale', step: (target) => ({ name: 'scale', argument: { target, to } }) });
};

/** `kubectl set image sts/web nginx=nginx:1.27`. */
export const set: Translator = ([what, ...words], context) => {
  if (what !== 'image') return refuse(`\`kubectl set ${what ?? ''}\` is not known here`, '`set image` is');
  const read = readFlags(words, { ...objectFlags, ...harmless });
  if (!read.ok) return refuse(read.message, read.hint);
  const { objects: named, pairs } = splitPairs(read.words);
  if (pairs.length === 0) return refuse('error: at least one image update is required', 'such as `nginx=nginx:1.27`');
  const containers = Object.fromEntries(pairs.map((pair) => cutAt(pair)));
  if (Object.hasOwn(containers, '*')) return refuse('`*=IMAGE` is not known here: name the container');
  return each({ ...read, words: named }, context, {
    shows: 'set image',
    step: (target) => ({ name: 'setImage', argument: { target, containers } }),
  });
};

/** `kubectl patch sts web -p '{"spec":{"replicas":2}}'`. */
export const patch: Translator = (words, context) => {
  const table = { patch: { value: true, short: 'p' }, type: { value: true }, subresource: { value: true } };
  const read = readFlags(words, { ...objectFlags, ...harmless, ...table });
  if (!read.ok) return refuse(read.message, read.hint);
  const written = read.flags.get('patch')?.at(-1);
  if (written === undefined)
    return refuse('error: must specify --patch or --patch-file containing the contents of the patch');
  const type = read.flags.get('type')?.at(-1) ?? 'strategic';
  if (type !== 'strategic' && type !== 'merge' && type !== 'json')
    return refuse(`error: --type must be one of [json merge strategic], not "${type}"`);
  const body = parseJsonOrYaml(written);
  if (!body.ok) return refuse(`error: unable to parse ${JSON.stringify(written.slice(0, 60))}: ${body.message}`);
  const wanted = type === 'json' ? Array.isArray(body.value) : isMap(body.value);
  if (!wanted) return refuse(`a ${type} patch is ${type === 'json' ? 'a list of operations' : 'a map of fields'}`);
  const subresource = read.flags.get('subresource')?.at(-1);
  const more = subresource === undefined ? {} : { subresource };
  return each(read, context, {
    shows: 'patch',
    step: (target) => ({ name: 'patch', argument: { target, [type]: body.value, ...more } }),
  });
};

/** `kubectl label pod web-0 role=primary old-`. */
export const label: Translator = (words, context) => marks('label', words, context);

/** `kubectl annotate sts web note=canary`. */
export const annotate: Translator = (words, context) => marks('annotate', words, context);

function marks(name: 'label' | 'annotate', words: readonly string[], context: CommandContext): Translated {
  const read = readFlags(words, { ...objectFlags, ...harmless });
  if (!read.ok) return refuse(read.message, read.hint);
  const { objects: named, pairs, removed } = splitPairs(read.words);
  if (pairs.length + removed.length === 0) return refuse(`error: at least one ${name} update is required`);
  const argument = { set: Object.fromEntries(pairs.map((pair) => cutAt(pair))), remove: removed };
  const keeps = read.flags.get('overwrite')?.at(-1) !== 'true';
  return each({ ...read, words: named }, context, {
    shows: name,
    ...(keeps ? { facts: { keepsValues: true } } : {}),
    step: (target) => ({ name, argument: { target, ...argument } }),
  });
}

/** `kubectl cordon NODE`, `kubectl uncordon NODE`, `kubectl drain NODE`. */
export function ofNodes(name: 'cordon' | 'uncordon' | 'drain'): Translator {
  const table: FlagTable = {
    'ignore-daemonsets': { value: false },
    'delete-emptydir-data': { value: false },
    force: { value: false },
    'grace-period': { value: true },
  };
  return (words, context) => {
    const read = readFlags(words, { ...objectFlags, ...harmless, ...(name === 'drain' ? table : {}) });
    if (!read.ok) return refuse(read.message, read.hint);
    if (read.words.length === 0) return refuse(`\`kubectl ${name}\` names a node`);
    const named = read.words.map((word) => (word.includes('/') ? word : `node/${word}`));
    return each({ ...read, words: named }, context, {
      ...(name === 'drain' ? {} : { shows: name }),
      step: (target) => ({ name, argument: { target } }),
    });
  };
}

interface ReadWords {
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<string, readonly string[]>;
}

interface EachObject {
  readonly shows?: Parameters<typeof shownAs>[0];
  readonly step: (target: unknown) => { readonly name: string; readonly argument: unknown };
  readonly facts?: Pick<StepDraft, 'keepsValues'>;
}

/** One step for each object. */
export function each({ words, flags }: ReadWords, context: CommandContext, { shows, step, facts }: EachObject): Translated {
  const read = readObjects(words, flags);
  if (!read.ok) return refuse(read.message, read.hint);
  const steps = read.objects.map(({ target }) => context.step({ ...facts, verb: step(target) }));
  return shows === undefined ? { ok: true, steps } : { ok: true, steps, shows: shownAs(shows) };
}

function splitPairs(words: readonly string[]): {
  readonly objects: readonly string[];
  readonly pairs: readonly string[];
  readonly removed: readonly string[];
} {
  // The first word names a kind, whatever its last letter is.
  const rest = words.slice(1);
  const pairs = rest.filter((word) => word.includes('='));
  const removed = rest.filter((word) => !word.includes('=') && word.endsWith('-'));
  const objects = rest.filter((word) => !word.includes('=') && !word.endsWith('-'));
  return { objects: [...words.slice(0, 1), ...objects], pairs, removed: removed.map((word) => word.slice(0, -1)) };
}

function cutAt(pair: string): readonly [string, string] {
  const equal = pair.indexOf('=');
  return [pair.slice(0, equal), pair.slice(equal + 1)];
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
