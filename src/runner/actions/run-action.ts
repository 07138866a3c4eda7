// The front desk of actions: which function runs which verb.

import { advance } from './advance.ts';
import { apply } from './apply.ts';
import { cordon } from './cordon.ts';
import { deleteObjects } from './delete.ts';
import { drain } from './drain.ts';
import { evict } from './evict.ts';
import { exec } from './exec.ts';
import { fail } from './fail.ts';
import { get } from './get.ts';
import { label } from './label.ts';
import { patch } from './patch.ts';
import { recover } from './recover.ts';
import { replace } from './replace.ts';
import { resolve } from './resolve.ts';
import { rollout } from './rollout.ts';
import { scale } from './scale.ts';
import { setImage } from './set-image.ts';
import type { Action } from '../../scenario/model.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

type Runners = {
  readonly [Verb in Action['verb']]: (action: ActionOf<Verb>, context: ActionContext) => Promise<Answers>;
};

const runners: Runners = {
  apply,
  create: apply,
  replace,
  patch,
  scale,
  setImage,
  rollout,
  delete: deleteObjects,
  evict,
  label,
  annotate: label,
  cordon,
  uncordon: cordon,
  drain,
  fail,
  recover,
  get,
  resolve,
  exec,
  advance,
};

/** Runs the one action of a step and gives the answers that its expectations judge. */
export async function runAction(action: Action, context: ActionContext): Promise<Answers> {
  // The table holds for each verb the function that takes its action; TypeScript cannot follow that through an index.
  const run: unknown = runners[action.verb];
  return (run as (action: Action, context: ActionContext) => Promise<Answers>)(action, context);
}

/** Verbs whose action only reads, and is repeated until `answered` matches. */
export function isRead(action: Action): boolean {
  return action.verb === 'get' || action.verb === 'resolve' || action.verb === 'exec';
}
