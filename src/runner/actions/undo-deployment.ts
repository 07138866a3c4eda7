// `rollout undo` of Deployments: a JSON patch that puts an old ReplicaSet's template and annotations in place (DEP-UNDO-01).

import { isDeepStrictEqual } from 'node:util';
import { composeKindKey } from '../../kubernetes/kind.ts';
import { chooseRevision } from './choose-revision.ts';
import { judgeRead, judgeWrite, refusedByClient, unchangedAnswer } from './judged-answer.ts';
import { listOwned } from './list-owned.ts';
import type { ObjectAddress } from '../../backends/cluster.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { Json, KubernetesObject } from '../../kubernetes/object.ts';
import type { ActionContext } from './action-context.ts';

const replicaSets = composeKindKey('apps', 'ReplicaSet');
const hashLabel = 'pod-template-hash';
const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** Annotations that belong to the Deployment itself and are not rolled back. */
const kept: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);

/** Sends the patch; answers without one when the template is already that of the revision. */
export async function undoDeployment(
  target: ObjectAddress,
  toRevision: number | undefined,
  context: Pick<ActionContext, 'send'>,
): Promise<JudgedAnswer> {
  const answer = await context.send({ verb: 'get', target });
  if (answer.code >= 400) return judgeRead(target, answer);
  const deployment = answer.body as KubernetesObject;
  const owned = await listOwned(replicaSets, deployment, context);
  // Without a number there must be a revision before the last one.
  if (owned.length < (toRevision === undefined ? 2 : 1)) {
    return refusedByClient(target, `no rollout history found for deployment "${target.name}"`);
  }
  const history = owned.map((set) => ({
    number: Number(set.metadata.annotations?.[revisionAnnotation] ?? 0),
    content: set,
  }));
  const chosen = chooseRevision(history, toRevision);
  if (typeof chosen === 'string') return refusedByClient(target, chosen);
  if ((deployment.spec as { readonly paused?: boolean }).paused === true) {
    return refusedByClient(
      target,
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  const template = templateOf(chosen.content);
  if (isDeepStrictEqual(template, templateOf(deployment))) {
    return unchangedAnswer(target, answer, `current template already matches revision ${toRevision ?? 0}`);
  }
  const body: Json = [
    { op: 'replace', path: '/spec/template', value: template as Json },
    { op: 'replace', path: '/metadata/annotations', value: annotationsOf(deployment, chosen.content) },
  ];
  return judgeWrite(target, await context.send({ verb: 'patch', target, type: 'json', body }));
}

/** The pod template without the hash that the controller added to a ReplicaSet's. */
function templateOf(workload: KubernetesObject): unknown {
  const { template } = workload.spec as {
    readonly template: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
  };
  const labels = { ...template.metadata?.labels };
  delete labels[hashLabel];
  return { ...template, metadata: { ...template.metadata, labels } };
}

function annotationsOf(deployment: KubernetesObject, chosen: KubernetesObject): Json {
  const own = Object.entries(deployment.metadata.annotations ?? {}).filter(([name]) => kept.has(name));
  const old = Object.entries(chosen.metadata.annotations ?? {}).filter(([name]) => !kept.has(name));
  return Object.fromEntries([...own, ...old]);
}
