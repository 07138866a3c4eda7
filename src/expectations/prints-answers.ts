// The answers of an action as kubectl tells them.

import { canonicalReference } from '../trace/states.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { WriteAnswer } from '../kubernetes/kubectl/show-write.ts';
import type { World } from '../trace/world.ts';
import type { JudgedAnswer } from './judge.ts';

/** What of a judged answer is told. */
interface AnswerValue {
  readonly reason?: string;
  readonly message?: string;
  readonly causes?: readonly { readonly field?: string; readonly message?: string }[];
  readonly warnings?: readonly string[];
  readonly object?: { readonly metadata?: { readonly resourceVersion?: string } };
}

/** The answers in order; those without a target are of no object that kubectl would name. */
export function writeAnswers(answers: readonly JudgedAnswer[], world: World): readonly WriteAnswer[] {
  return answers.flatMap(({ target, code, refused, value }) => {
    if (target === undefined) return [];
    const { reason, message, causes, warnings = [], object } = (value ?? {}) as AnswerValue;
    const version = object?.metadata?.resourceVersion;
    return [
      {
        target,
        code,
        refused,
        ...(reason === undefined ? {} : { reason }),
        ...(message === undefined ? {} : { message }),
        ...(causes === undefined ? {} : { causes }),
        unchanged: version !== undefined && versionAtStart(target, world) === version,
        warnings,
      },
    ];
  });
}

function versionAtStart(target: string, world: World): string | undefined {
  const reference = canonicalReference(target);
  const slash = reference.indexOf('/');
  return world.atStart(reference.slice(0, slash) as KindKey, reference.slice(slash + 1))?.metadata.resourceVersion;
}
