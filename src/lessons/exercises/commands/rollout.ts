// `kubectl rollout undo | restart | pause | resume | status | history`.

import { readFlags } from '../../../kubernetes/kubectl/flags.ts';
import { each } from './change-verbs.ts';
import { objectFlags, readObjects } from './read-objects.ts';
import { refuse, shownAs } from './translated.ts';
import type { StepDraft, Translator } from './translated.ts';

/** kubectl's words for a set whose pods nobody but their user replaces (rollout_status.go). */
const onlyRolling = 'rollout status is only available for RollingUpdate strategy type';

const table = {
  ...objectFlags,
  'to-revision': { value: true },
  revision: { value: true },
  watch: { value: false, short: 'w' },
  timeout: { value: true },
};

/** Translates by the word behind `rollout`. */
export const rollout: Translator = ([what = '', ...words], context) => {
  const read = readFlags(words, table);
  if (!read.ok) return refuse(read.message, read.hint);
  if (what === 'history') return { ok: true, reads: true };
  if (what === 'restart') {
    return each(read, context, {
      shows: 'rollout restart',
      step: (target) => ({ name: 'rollout', argument: { target, restart: true } }),
    });
  }
  if (what === 'undo') {
    const revision = read.flags.get('to-revision')?.at(-1) ?? '0';
    if (!/^\d{1,9}$/.test(revision)) return refuse(`error: invalid argument "${revision}" for "--to-revision" flag`);
    const undo = revision === '0' ? {} : { toRevision: Number(revision) };
    return each(read, context, {
      shows: 'rollout undo',
      step: (target) => ({ name: 'rollout', argument: { target, undo } }),
    });
  }
  const objects = readObjects(read.words, read.flags);
  if (!objects.ok) return refuse(objects.message, objects.hint);
  if (what === 'status') {
    const steps = objects.objects.flatMap(({ name }) =>
      name === undefined ? [] : [context.step(rolledOut(name))],
    );
    return { ok: true, steps };
  }
  if (what !== 'pause' && what !== 'resume')
    return refuse(`\`kubectl rollout ${what}\` is not known`, 'undo, restart, pause, resume, status, history');
  const other = objects.objects.find(({ kind }) => kind !== 'deployment.apps');
  const resource = `${other?.name?.replace(/\.apps\//, 's.apps "') ?? ''}"`;
  if (other !== undefined)
    return refuse(`error: ${resource} ${what === 'pause' ? 'pausing' : 'resuming'} is not supported`);
  const spec = { paused: what === 'pause' };
  const steps = objects.objects.map(({ target }) =>
    context.step({ verb: { name: 'patch', argument: { target, strategic: { spec } } } }),
  );
  return { ok: true, steps, shows: shownAs('patch') };
};

/** What `rollout status` waits for; a partition holds pods back, so that all need not be updated. */
function rolledOut(name: string): StepDraft {
  const eventually = [{ of: name, is: { observed: true, ready: true } }];
  if (!/^(?:statefulset|daemonset)\./.test(name)) return { expect: { eventually }, waits: true };
  const never = [{ of: name, is: { fields: { spec: { updateStrategy: { type: 'OnDelete' } } } } }];
  return { expect: { eventually, never }, waits: true, refusal: { of: name, message: onlyRolling } };
}
