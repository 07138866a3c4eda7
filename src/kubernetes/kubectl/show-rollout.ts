// What `kubectl rollout status` and `kubectl rollout history` show.

import { ColumnWriter } from './column-writer.ts';
import { prefixOf } from './cluster-view.ts';
import { templateTree } from './describe/pod-template.ts';
import { hasRollout, rolloutLook } from './rollout-status.ts';
import { selectObjects } from './select-objects.ts';
import { controllerOf } from '../object.ts';
import { kindKey } from '../kind.ts';
import type { JsonObject, KubernetesObject } from '../object.ts';
import type { ClusterView, ShownKind } from './cluster-view.ts';
import type { RolloutHistoryRequest, RolloutStatusRequest } from './request.ts';
import type { ViewEvent } from './show-watch.ts';

const everything = { labels: [], fields: [] };

/** The lines that a waiting `rollout status` writes from a point on; of an object that goes away, none. */
export function showRolloutStatus(
  { target, watch }: RolloutStatusRequest,
  view: ClusterView,
  events: Iterable<ViewEvent>,
): string {
  const { groups, errors } = selectObjects([target], everything, view);
  const [group] = groups;
  const object = group?.objects[0];
  if (group === undefined || object === undefined) return errors.map((error) => `${error}\n`).join('');
  if (!hasRollout(group.kind)) return `error: no status viewer has been implemented for ${group.kind.kind}\n`;
  let look = rolloutLook(group.kind, object);
  const lines = [look.text];
  for (const event of watch ? events : []) {
    if (look.done) break;
    if (event.object.kind !== object.kind || event.object.metadata.name !== object.metadata.name) continue;
    if (event.type === 'DELETED') {
      lines.push('error: object has been deleted');
      break;
    }
    look = rolloutLook(group.kind, event.object);
    lines.push(look.text);
  }
  return lines.map((line) => `${line}\n`).join('');
}

interface Revision {
  readonly number: number;
  readonly cause: string;
  readonly template: JsonObject;
}

/** The revisions of an object, or the pod template of one of them. */
export function showRolloutHistory({ target, revision }: RolloutHistoryRequest, view: ClusterView): string {
  const { groups, errors } = selectObjects([target], everything, view);
  const [group] = groups;
  const object = group?.objects[0];
  if (group === undefined || object === undefined) return errors.map((error) => `${error}\n`).join('');
  const { kind } = group;
  if (!hasRollout(kind)) return `error: no history viewer has been implemented for "${kind.kind}"\n`;
  const revisions = revisionsOf(object, kind, view).toSorted((a, b) => a.number - b.number);
  const head = `${prefixOf(kind)}/${object.metadata.name}`;
  if (revision === undefined) return historyText(head, revisions);
  const one = revisions.find(({ number }) => number === revision);
  if (one === undefined) return `error: unable to find the specified revision\n`;
  // kubectl does not align this: the tabs are in its output, and a blank line ends it.
  return [`${head} with revision #${revision}`, 'Pod Template:', ...templateTree(one.template), '']
    .map((line) => `${line}\n`)
    .join('');
}

function historyText(head: string, revisions: readonly Revision[]): string {
  const rows = revisions.map(({ number, cause }) => [`${number}`, cause]);
  const lines = new ColumnWriter({ widthMin: 0, padding: 2 }).write([['REVISION', 'CHANGE-CAUSE'], ...rows]);
  return `${[`${head} `, ...lines].join('\n')}\n\n`;
}

const causeAnnotation = 'kubernetes.io/change-cause';

/** Deployments keep their revisions in ReplicaSets, the others in ControllerRevisions (STS-REV-01). */
function revisionsOf(object: KubernetesObject, { key }: ShownKind, view: ClusterView): readonly Revision[] {
  const deployment = key === 'deployment.apps';
  const keeper = kindKey({ apiVersion: 'apps/v1', kind: deployment ? 'ReplicaSet' : 'ControllerRevision' });
  const owned = view.objects(keeper).filter((one) => controllerOf(one)?.uid === object.metadata.uid);
  return owned.flatMap((one) => {
    const { annotations = {} } = one.metadata;
    const number = Number(deployment ? annotations['deployment.kubernetes.io/revision'] : one['revision']);
    const template = (deployment ? one : (one['data'] as JsonObject | undefined)) as
      | { readonly spec?: { readonly template?: JsonObject } }
      | undefined;
    const cause = annotations[causeAnnotation] ?? '';
    return number > 0
      ? [{ number, cause: cause === '' ? '<none>' : cause, template: template?.spec?.template ?? {} }]
      : [];
  });
}
