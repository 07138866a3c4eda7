// The commands of kubectl that lessons may use, and why the others may not.

import type { Temper } from './invocation.ts';

interface Verb extends Partial<Temper> {
  /** Second words, one of which must follow. */
  readonly second?: Readonly<Record<string, Partial<Temper>>>;
}

const changing = { changing: true };
const waiting = { waiting: true };

const verbs: Readonly<Record<string, Verb>> = {
  annotate: changing,
  'api-resources': {},
  'api-versions': {},
  apply: changing,
  autoscale: changing,
  'cluster-info': {},
  cordon: changing,
  create: changing,
  delete: { ...changing, ...waiting },
  describe: {},
  drain: { ...changing, ...waiting },
  events: {},
  exec: { ...changing, ...waiting },
  explain: {},
  expose: changing,
  get: {},
  label: changing,
  logs: waiting,
  patch: changing,
  replace: { ...changing, ...waiting },
  rollout: {
    second: { history: {}, pause: changing, restart: changing, resume: changing, status: waiting, undo: changing },
  },
  run: changing,
  scale: { ...changing, ...waiting },
  set: {
    second: { env: changing, image: changing, resources: changing, selector: changing, serviceaccount: changing },
  },
  taint: changing,
  top: { second: { node: {}, nodes: {}, no: {}, pod: {}, pods: {}, po: {} } },
  uncordon: changing,
  version: {},
  wait: waiting,
};

const refusals: Readonly<Record<string, string>> = {
  attach: 'it waits for somebody to type',
  completion: 'it is about a shell, not a cluster',
  config: 'it changes a kubeconfig',
  cp: 'it copies files of this machine',
  debug: 'it waits for somebody to type',
  diff: 'it starts another program, `diff`',
  edit: 'it opens an editor',
  krew: 'it installs plugins',
  kustomize: 'it reads folders of this machine',
  plugin: 'it looks for programs of this machine',
  'port-forward': 'it opens a port of this machine',
  proxy: 'it opens a port of this machine',
};

/** A known command: how many words it takes, and how it stands to time; or the reason why it may not be used. */
export type VerbRead =
  | { readonly kind: 'known'; readonly verb: string; readonly temper: Temper }
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads the first words of a command. */
export function readVerb(words: readonly string[]): VerbRead {
  const [first = '', next = ''] = words;
  const refusal = Object.hasOwn(refusals, first) ? refusals[first] : undefined;
  if (refusal !== undefined) return { kind: 'refused', reason: `\`kubectl ${first}\` is not run: ${refusal}` };
  const known = Object.hasOwn(verbs, first) ? verbs[first] : undefined;
  if (known === undefined)
    return { kind: 'refused', reason: `\`kubectl ${first}\` is no command that lessons can use` };
  if (first === 'apply' && /^(?:edit|set|view)-last-applied$/.test(next)) {
    return { kind: 'refused', reason: `\`kubectl apply ${next}\` is no command that lessons can use` };
  }
  if (known.second === undefined) return { kind: 'known', verb: first, temper: complete(known) };
  const temper = Object.hasOwn(known.second, next) ? known.second[next] : undefined;
  if (temper !== undefined) return { kind: 'known', verb: `${first} ${next}`, temper: complete(temper) };
  return { kind: 'refused', reason: `\`kubectl ${first} ${next}\` is no command that lessons can use` };
}

function complete({
  watching: shows = false,
  waiting: waits = false,
  changing: changes = false,
}: Partial<Temper>): Temper {
  return { watching: shows, waiting: waits, changing: changes };
}
