// Command lines done without kubectl: which function does which verb. The front desk of this room.

import { CallFlags } from './call-flags.ts';
import { defaultNamespace } from './session.ts';
import { BeyondUs, KubectlRefusal } from './own-errors.ts';
import { apply } from './verbs/apply.ts';
import { cordon } from './verbs/cordon.ts';
import { create, replace } from './verbs/create.ts';
import { deleteObjects } from './verbs/delete.ts';
import { drain } from './verbs/drain.ts';
import { exec } from './verbs/exec.ts';
import { expose } from './verbs/expose.ts';
import { label } from './verbs/label.ts';
import { logs } from './verbs/logs.ts';
import { patch } from './verbs/patch.ts';
import { look, rolloutStatus } from './verbs/read.ts';
import { rolloutPause, rolloutRestart, rolloutUndo } from './verbs/rollout.ts';
import { run } from './verbs/run.ts';
import { scale } from './verbs/scale.ts';
import { setImage } from './verbs/set-image.ts';
import { wait } from './verbs/wait.ts';
import type { CallFile, KubectlAnswer, KubectlCall, RunCall } from './call.ts';
import type { KubectlSession } from './session.ts';

/** A command line taken apart: `words` begin with the verb, flags are `--name=value` or `--name`. */
export interface KubectlLine {
  /** `get`, `rollout status`. */
  readonly verb: string;
  readonly words: readonly string[];
  readonly flags: readonly string[];
  /** What follows `--`. */
  readonly inner: readonly string[];
}

/** What it is run with. */
export interface KubectlGiven {
  readonly session: KubectlSession;
  readonly files: readonly CallFile[];
  readonly flowing: boolean;
}

/** What came of it; `beyond` is what only the real kubectl can do, and why. */
export type KubectlOutcome =
  | ({ readonly kind: 'ran' } & KubectlAnswer)
  | { readonly kind: 'beyond'; readonly reason: string };

const runners: ReadonlyMap<string, RunCall> = new Map<string, RunCall>([
  ['annotate', label],
  ['apply', apply],
  ['cordon', cordon],
  ['create', create],
  ['delete', deleteObjects],
  ['describe', look],
  ['drain', drain],
  ['exec', exec],
  ['expose', expose],
  ['get', look],
  ['label', label],
  ['logs', logs],
  ['patch', patch],
  ['replace', replace],
  ['rollout history', look],
  ['rollout pause', rolloutPause],
  ['rollout restart', rolloutRestart],
  ['rollout resume', rolloutPause],
  ['rollout status', rolloutStatus],
  ['rollout undo', rolloutUndo],
  ['run', run],
  ['scale', scale],
  ['set image', setImage],
  ['uncordon', cordon],
  ['wait', wait],
]);

/** Runs a command line in a session. */
export async function runKubectl(line: KubectlLine, given: KubectlGiven): Promise<KubectlOutcome> {
  const runner = runners.get(line.verb);
  if (runner === undefined) return { kind: 'beyond', reason: `\`kubectl ${line.verb}\` needs the real kubectl` };
  try {
    return { kind: 'ran', ...(await runner(callOf(line, given))) };
  } catch (error) {
    if (error instanceof BeyondUs) return { kind: 'beyond', reason: error.message };
    if (error instanceof KubectlRefusal) return { kind: 'ran', output: error.output, code: 1 };
    throw error;
  }
}

/** A command line as commands see it. */
export function callOf(line: KubectlLine, { session, files, flowing }: KubectlGiven): KubectlCall {
  const flags = new CallFlags(line.verb, line.flags);
  const looking = line.flags.filter((flag) => !flag.startsWith('--namespace='));
  return {
    session,
    verb: line.verb,
    words: line.words.slice(line.verb.split(' ').length),
    flags,
    inner: line.inner,
    files,
    namespace: flags.last('namespace') ?? defaultNamespace,
    namespaceGiven: flags.has('namespace'),
    line: [...line.words, ...looking].map((word) => quoted(word)).join(' '),
    flowing,
  };
}

/** A word that is read as one. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
