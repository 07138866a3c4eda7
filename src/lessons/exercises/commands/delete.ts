// `kubectl delete`: by name, by labels, or what the learner's own manifests hold; it waits until the objects are gone.

import { readFlags } from '../../../kubernetes/kubectl/flags.ts';
import { manifestArgument, manifestFlags } from './manifest-files.ts';
import { objectFlags, readObjects } from './read-objects.ts';
import { refuse, shownAs } from './translated.ts';
import type { Translator } from './translated.ts';

const cascades: ReadonlyMap<string, string> = new Map([
  ['background', 'background'],
  ['foreground', 'foreground'],
  ['orphan', 'orphan'],
  // Older words, which kubectl still takes.
  ['true', 'background'],
  ['false', 'orphan'],
]);

const table = {
  ...objectFlags,
  ...manifestFlags,
  cascade: { value: false },
  'grace-period': { value: true },
  force: { value: false },
  now: { value: false },
  wait: { value: false },
  timeout: { value: true },
  'ignore-not-found': { value: false },
  output: { value: true, short: 'o' },
};

/** Translates a deletion. */
export const remove: Translator = (words, context) => {
  const read = readFlags(words, table);
  if (!read.ok) return refuse(read.message, read.hint);
  const { flags } = read;
  if (flags.has('filename')) {
    const files = manifestArgument(flags, context);
    if (!files.ok) return files;
    return refuse('`kubectl delete -f` is not known here', 'name the objects: `kubectl delete sts/web`');
  }
  const cascade = flags.get('cascade')?.at(-1);
  const propagation = cascade === undefined ? undefined : cascades.get(cascade);
  if (cascade !== undefined && propagation === undefined)
    return refuse(`error: invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  const grace = graceOf(flags);
  if (typeof grace === 'string') return refuse(grace);
  const objects = readObjects(read.words, flags);
  if (!objects.ok) return refuse(objects.message, objects.hint);
  const waits = flags.get('wait')?.at(-1) !== 'false' && !isOn(flags, 'force');
  const deletions = objects.objects.map(({ target, name }) =>
    context.step({
      verb: {
        name: 'delete',
        argument: {
          target,
          ...(propagation === undefined ? {} : { propagation }),
          ...(grace === undefined ? {} : { grace }),
        },
      },
      // kubectl prints `No resources found` and is content.
      ...(name === undefined ? { mayBeEmpty: true } : {}),
    }),
  );
  const gone = objects.objects.map(({ target }) => ({ of: target, is: { terminating: true }, count: 0 }));
  // All are sent first. A name may be borne by a successor by then, which kubectl tells by its uid: it is not Terminating.
  const steps = waits ? [...deletions, context.step({ expect: { eventually: gone }, waits: true })] : deletions;
  return { ok: true, steps, shows: shownAs('delete', { force: isOn(flags, 'force') }) };
};

/** kubectl's rules (delete.go, Complete): `--now` is one second, `--force` none, where nothing else is said. */
function graceOf(flags: ReadonlyMap<string, readonly string[]>): number | string | undefined {
  const written = flags.get('grace-period')?.at(-1);
  const now = isOn(flags, 'now');
  if (now && written !== undefined) return 'error: --now and --grace-period cannot be specified together';
  if (now) return 1;
  if (written === undefined || written === '-1') return isOn(flags, 'force') ? 0 : undefined;
  if (!/^\d{1,6}$/.test(written)) return `error: invalid argument "${written}" for "--grace-period" flag`;
  if (isOn(flags, 'force') && written !== '0')
    return 'error: --force and --grace-period greater than 0 cannot be specified together';
  // Without --force kubectl lets a pod have one second, so that it is not taken for dead while it runs.
  return written === '0' && !isOn(flags, 'force') ? 1 : Number(written);
}

function isOn(flags: ReadonlyMap<string, readonly string[]>, name: string): boolean {
  return flags.get(name)?.at(-1) === 'true';
}
