// `kubectl apply -f`, `create -f`: only the learner's own manifests.

import { posix } from 'node:path';
import { readFlags } from '../../../kubernetes/kubectl/flags.ts';
import { refuse, shownAs } from './translated.ts';
import type { FlagTable } from '../../../kubernetes/kubectl/flags.ts';
import type { CommandContext, Translated, Translator } from './translated.ts';

/** The flag that names files. */
export const manifestFlags: FlagTable = { filename: { value: true, short: 'f' } };

/** The paths as the scenario finds them. */
export function manifestArgument(
  flags: ReadonlyMap<string, readonly string[]>,
  { manifests, pathOf }: CommandContext,
): Extract<Translated, { ok: false }> | { readonly ok: true; readonly paths: readonly string[] } {
  const paths = (flags.get('filename') ?? []).flatMap((value) => value.split(',')).map((path) => posix.normalize(path));
  const other = paths.find((path) => !manifests.includes(path));
  if (other === undefined) return { ok: true, paths: paths.map(pathOf) };
  const own = manifests.length === 0 ? 'this exercise has none' : `these are: ${manifests.join(', ')}`;
  return { ok: false, message: `\`${other}\` is no manifest of yours; ${own}` };
}

/** `apply -f` and `create -f`. */
export function sends(name: 'apply' | 'create'): Translator {
  return (words, context) => {
    const table = {
      'server-side': { value: false },
      'force-conflicts': { value: false },
      namespace: { value: true, short: 'n' },
    };
    const read = readFlags(words, { ...manifestFlags, ...table });
    if (!read.ok) return refuse(read.message, read.hint);
    if (!read.flags.has('filename') || read.words.length > 0)
      return refuse(`\`kubectl ${name}\` names a file here`, `\`kubectl ${name} -f FILE\``);
    const files = manifestArgument(read.flags, context);
    if (!files.ok) return files;
    const client = name === 'apply' && read.flags.get('server-side')?.at(-1) !== 'true';
    return {
      ok: true,
      steps: files.paths.map((path) =>
        context.step({ verb: { name, argument: client ? { file: path, as: 'client' } : path } }),
      ),
      shows: shownAs(name),
    };
  };
}
