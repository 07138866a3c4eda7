// Which ReplicaSets belong to a Deployment, and which one is that of its present template.

import { controllerOf } from '../../../kubernetes/object.ts';
import { matchesLabels } from '../../../kubernetes/selector.ts';
import { adopt, mayAdopt, release, releaseFailure } from '../adoption.ts';
import { canonicalJson } from '../history/canonical-json.ts';
import { aggregate } from '../task.ts';
import { byCreation } from './order.ts';
import { errorText } from './pass-context.ts';
import { replicaSetKind } from './types.ts';
import type { Result } from '../../api/server.ts';
import type { Failure, Task } from '../task.ts';
import type { PassContext } from './pass-context.ts';
import type { Deployment, Family, ReplicaSet, Template } from './types.ts';

export const hashLabel = 'pod-template-hash';

const texts = new WeakMap<Template, string>();

/** The ReplicaSets that a Deployment controls, after releasing and adopting; or why that went wrong. */
export function* claimReplicaSets(
  pass: PassContext,
): Task<{ readonly sets: readonly ReplicaSet[]; readonly failure?: Failure }> {
  const { deployment, api, informer, orphans } = pass;
  const { selector } = deployment.spec;
  const sets: ReplicaSet[] = [];
  const failures: Failure[] = [];
  const alive = deployment.metadata.deletionTimestamp === undefined;
  for (const set of informer.by(replicaSetKind, 'owner', deployment.metadata.uid).values()) {
    if (controllerOf(set)?.uid !== deployment.metadata.uid) continue;
    if (matchesLabels(selector, set.metadata.labels)) {
      sets.push(set as ReplicaSet);
    } else if (alive) {
      const released: Result = yield () => release(api, deployment, set);
      failures.push(releaseFailure(released));
    }
  }
  const fitting = [...orphans.of(deployment.metadata.namespace).values()].filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined && matchesLabels(selector, metadata.labels),
  );
  if (!alive || fitting.length === 0) return { sets, failure: aggregate(failures) };
  const refusal = yield* mayAdopt(api, deployment);
  for (const set of fitting) {
    const { namespace, name, uid } = set.metadata;
    if (refusal !== undefined)
      return { sets, failure: `can't adopt ReplicaSet ${namespace}/${name} (${uid}): ${refusal}` };
    const adopted: Result = yield () => adopt(api, deployment, set);
    if (adopted.ok) sets.push(adopted.value as ReplicaSet);
    else if (adopted.status.reason !== 'NotFound') failures.push(errorText(adopted));
  }
  return { sets, failure: aggregate(failures) };
}

/** Finds the ReplicaSet of the present template: the oldest one whose template is equal but for the hash label. */
export function familyOf(deployment: Deployment, sets: readonly ReplicaSet[]): Family {
  const sorted = [...sets].sort(byCreation);
  const current = sorted.find(({ spec }) => equalIgnoringHash(spec.template, deployment.spec.template));
  return { current, old: sorted.filter((set) => set !== current) };
}

/** Whether two templates are the same apart from the label that the controller adds (DEP-NAME-01). */
export function equalIgnoringHash(a: Template, b: Template): boolean {
  return a === b || templateText(a) === templateText(b);
}

function templateText(template: Template): string {
  let text = texts.get(template);
  if (text === undefined) {
    const { [hashLabel]: _, ...labels } = template.metadata?.labels ?? {};
    text = canonicalJson({ ...template, metadata: { ...template.metadata, labels } });
    texts.set(template, text);
  }
  return text;
}
