// What `kubectl get -w` shows of a window: the list at its start, then a row for each event.

import { ColumnWriter } from './column-writer.ts';
import { prefixOf, shownKindOf } from './cluster-view.ts';
import { headerRow, objectRow } from './object-rows.ts';
import { passes, selectObjects } from './select-objects.ts';
import type { KubernetesObject } from '../object.ts';
import type { ClusterView, ShownKind } from './cluster-view.ts';
import type { GetRequest, ResourceTarget } from './request.ts';

/** Something that happened to an object. */
export interface ViewEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubernetesObject;
  /** The time of the event, RFC 3339. */
  readonly now: string;
}

/** The output of a watch. `view` is the cluster at the start; `events` are in order and of any kinds. */
export function showWatch(request: GetRequest, view: ClusterView, events: Iterable<ViewEvent>): string {
  const [target] = request.targets;
  if (target === undefined) return '';
  const { groups, errors } = selectObjects([target], request, view);
  if (errors.length > 0) return errors.map((error) => `${error}\n`).join('');
  const kind = groups[0]?.kind ?? shownKindOf(target.word, view);
  if (kind === undefined) return '';
  const listed = groups.flatMap(({ objects }) => objects);
  const output = new WatchOutput(request, kind, view.namespace);
  if (!request.watchOnly) output.list(listed, view.now);
  const seen = new Set(listed.map(({ metadata }) => metadata.name));
  for (const event of events) {
    const shown = eventOf(event, { request, kind, target, seen });
    if (shown !== undefined) output.row(shown);
  }
  return output.lines.map((line) => `${line}\n`).join('');
}

/** What leaves a selection is told as deleted, and what was never in it is not told at all. */
function eventOf(
  event: ViewEvent,
  context: {
    readonly request: GetRequest;
    readonly kind: ShownKind;
    readonly target: ResourceTarget;
    readonly seen: Set<string>;
  },
): ViewEvent | undefined {
  const { request, kind, target, seen } = context;
  const { name } = event.object.metadata;
  if (target.names.length > 0 && !target.names.includes(name)) return undefined;
  const was = seen.has(name);
  const is = event.type !== 'DELETED' && passes(event.object, request);
  if (is) seen.add(name);
  else seen.delete(name);
  return (was || is) && kind.kind === event.object.kind ? event : undefined;
}

class WatchOutput {
  readonly lines: string[] = [];
  readonly #request: GetRequest;
  readonly #kind: ShownKind;
  readonly #namespace: string;
  readonly #writer = new ColumnWriter();
  #begun = false;

  constructor(request: GetRequest, kind: ShownKind, namespace: string) {
    this.#request = request;
    this.#kind = kind;
    this.#namespace = namespace;
  }

  list(objects: readonly KubernetesObject[], now: string): void {
    if (objects.length > 0) this.#write(objects, now);
  }

  row({ object, now }: ViewEvent): void {
    this.#write([object], now);
  }

  #write(objects: readonly KubernetesObject[], now: string): void {
    const kind = this.#kind;
    const request = this.#request;
    if (request.output.kind === 'name') {
      this.lines.push(...objects.map(({ metadata }) => `${prefixOf(kind)}/${metadata.name}`));
      return;
    }
    const context = { request, kind, view: { now, namespace: this.#namespace }, prefixed: request.showKind };
    const header = !this.#begun && request.headers ? [headerRow({ request, kind })] : [];
    this.#begun = true;
    this.lines.push(...this.#writer.write([...header, ...objects.map((object) => objectRow(object, context))]));
  }
}
