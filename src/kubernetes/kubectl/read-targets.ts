// Which objects a command line names: `pods`, `pods,svc`, `pod web-0 web-1`, `sts/web pvc/www-web-0`.

import type { ResourceTarget } from './request.ts';

/** The targets, or what is wrong with the words. */
export type ReadTargets =
  | { readonly ok: true; readonly targets: readonly ResourceTarget[] }
  | { readonly ok: false; readonly message: string; readonly hint?: string };

/** The kinds behind `all`, in the order in which kubectl shows them. */
const all = [
  'pods',
  'replicationcontrollers',
  'services',
  'daemonsets.apps',
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'horizontalpodautoscalers.autoscaling',
  'cronjobs.batch',
  'jobs.batch',
];

/** Reads the words behind a verb. */
export function readTargets(words: readonly string[]): ReadTargets {
  const [first, ...names] = words;
  if (first === undefined) return { ok: false, message: 'the command names no kind', hint: 'such as `get pods`' };
  if (words.some((word) => word.includes('/'))) return readPairs(words);
  const kinds = first.split(',').flatMap((word) => (word === 'all' ? all : [word]));
  if (kinds.includes('')) return { ok: false, message: `\`${first}\` names no kind` };
  return { ok: true, targets: kinds.map((word) => ({ word, names })) };
}

function readPairs(words: readonly string[]): ReadTargets {
  const targets: { readonly word: string; readonly names: string[] }[] = [];
  for (const word of words) {
    const [kind = '', name = '', ...more] = word.split('/');
    if (kind === '' || name === '' || more.length > 0) {
      return { ok: false, message: `\`${word}\` must be KIND/NAME, as the others are` };
    }
    const last = targets.at(-1);
    if (last?.word === kind) last.names.push(name);
    else targets.push({ word: kind, names: [name] });
  }
  return { ok: true, targets };
}
