// Reads a kubectl command line into a request. What cannot be shown without kubectl is said so here, and nowhere later.

import { closest } from '../did-you-mean.ts';
import { commandWords } from './command-words.ts';
import { readFlags } from './flags.ts';
import { readDescribe, readGet } from './read-get.ts';
import { readTargets } from './read-targets.ts';
import type { FlagTable } from './flags.ts';
import type { ReadCommand, WriteVerb } from './request.ts';

const writeVerbs: readonly WriteVerb[] = [
  'apply',
  'create',
  'replace',
  'patch',
  'scale',
  'set image',
  'delete',
  'label',
  'annotate',
  'rollout undo',
  'rollout restart',
  'cordon',
  'uncordon',
];
const verbs = ['get', 'describe', 'rollout status', 'rollout history', ...writeVerbs] as const;

const rolloutFlags: FlagTable = {
  watch: { value: false, short: 'w' },
  revision: { value: true },
  timeout: { value: true },
};

/** Reads a command line; a prompt (`$`) and the word `kubectl` in front may stand or be left out. */
export function readCommand(line: string): ReadCommand {
  const split = commandWords(line.trim().replace(/^\$\s+/u, ''));
  if (!split.ok) return split;
  const words = split.words[0] === 'kubectl' ? split.words.slice(1) : split.words;
  const two = words.slice(0, 2).join(' ');
  const verb = verbs.find((name) => name === two) ?? verbs.find((name) => name === words[0]);
  if (verb === undefined) return unknownVerb(words);
  const rest = words.slice(verb.split(' ').length);
  const elsewhere = rest.find((word) => /^(?:-n.*|--namespace.*|-A|--all-namespaces.*)$/u.test(word));
  if (elsewhere !== undefined) {
    const hint = 'the run gives the namespace, which prints as `default`; leave the flag out';
    return { ok: false, message: `\`${elsewhere}\` cannot be shown: a scenario has one namespace`, hint };
  }
  if (verb === 'get') return readGet(rest);
  if (verb === 'describe') return readDescribe(rest);
  if (verb === 'rollout status' || verb === 'rollout history') return readRollout(verb, rest);
  const serverSide = rest.some((word) => word === '--server-side' || word === '--server-side=true');
  return { ok: true, request: { verb, force: rest.includes('--force'), serverSide } };
}

function unknownVerb(words: readonly string[]): ReadCommand {
  const [first = ''] = words;
  const near = closest(first, verbs);
  const hint = near === undefined ? `can be shown: ${verbs.join(', ')}` : `did you mean \`${near}\`?`;
  if (first === '') return { ok: false, message: 'there is no command', hint };
  const shown = first === 'rollout' || first === 'set' ? words.slice(0, 2).join(' ') : first;
  return { ok: false, message: `\`kubectl ${shown}\` cannot be shown`, hint };
}

function readRollout(verb: 'rollout status' | 'rollout history', words: readonly string[]): ReadCommand {
  const read = readFlags(words, rolloutFlags);
  if (!read.ok) return read;
  const targets = readTargets(read.words);
  if (!targets.ok) return targets;
  const [target] = targets.targets;
  if (target === undefined || targets.targets.length > 1 || target.names.length !== 1) {
    return { ok: false, message: `\`${verb}\` can be shown of one object`, hint: `such as \`${verb} sts/web\`` };
  }
  if (verb === 'rollout status') {
    return { ok: true, request: { verb, target, watch: read.flags.get('watch')?.at(-1) !== 'false' } };
  }
  const revision = Number(read.flags.get('revision')?.at(-1) ?? '0');
  if (!Number.isInteger(revision) || revision < 0) return { ok: false, message: '`--revision` must be a number' };
  return { ok: true, request: { verb, target, ...(revision === 0 ? {} : { revision }) } };
}
