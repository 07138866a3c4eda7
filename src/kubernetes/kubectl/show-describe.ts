// What `kubectl describe` shows of the kinds that lessons describe.

import { eventLines } from './describe/events.ts';
import { podTree } from './describe/pod.ts';
import { serviceTree } from './describe/service.ts';
import { statefulSetTree } from './describe/stateful-set.ts';
import { claimTree, volumeTree } from './describe/storage.ts';
import { selectObjects } from './select-objects.ts';
import { tabbedText } from './tabbed-text.ts';
import type { KubernetesObject } from '../object.ts';
import type { ClusterView } from './cluster-view.ts';
import type { DescribedLines } from './describe/tree.ts';
import type { DescribeRequest } from './request.ts';

const trees: ReadonlyMap<string, (object: KubernetesObject, view: ClusterView) => DescribedLines> = new Map([
  ['pod', podTree],
  ['statefulset.apps', statefulSetTree],
  ['persistentvolumeclaim', claimTree],
  ['persistentvolume', volumeTree],
  ['service', serviceTree],
]);

/** The descriptions, two blank lines between them. */
export function showDescribe({ targets, labels }: DescribeRequest, view: ClusterView): string {
  const { groups, errors } = selectObjects(targets, { labels, fields: [] }, view);
  const described = groups.flatMap(({ kind, objects }) =>
    objects.map((object) => {
      const tree = trees.get(kind.key)?.(object, view) ?? [];
      return tabbedText([...tree, ...eventLines(object, view)]).join('\n');
    }),
  );
  if (described.length === 0 && errors.length === 0) {
    const where = groups.some(({ kind }) => kind.namespaced) ? ' in default namespace.' : '';
    return `No resources found${where}\n`;
  }
  const text = described.length === 0 ? '' : `${described.join('\n\n\n')}\n`;
  return text + errors.map((error) => `${error}\n`).join('');
}
