// What stands across all lanes: requests of the runner, faults, and gaps in the watch.

import type { Json } from '../../../../src/kubernetes/object.ts';
import type { FaultRecord, RequestRecord, TraceRecord } from '../../../../src/trace/record.ts';

/** A vertical line. */
export interface Mark {
  readonly kind: 'request' | 'refused' | 'fault' | 'gap';
  readonly atMs: number;
  /** Position of the record in the run. */
  readonly record: number;
  /** `patch statefulset/web/scale`, `stop node/worker-2`. */
  readonly label: string;
}

/** The mark of a record; windows and remembered values have none, and reads change nothing. */
export function markOf(record: TraceRecord, position: number): Mark | undefined {
  const place = { atMs: record.at, record: position };
  if (record.kind === 'request') {
    const { code } = record.response;
    return { kind: code >= 200 && code < 400 ? 'request' : 'refused', ...place, label: labelRequest(record) };
  }
  if (record.kind === 'fault') return { kind: 'fault', ...place, label: labelFault(record) };
  if (record.kind !== 'gap') return undefined;
  return { kind: 'gap', ...place, label: `watch gap on ${record.gap.of}` };
}

/** `patch statefulset/web/scale`, with what it sets where that is short. */
export function labelRequest({ request }: RequestRecord): string {
  const { verb, target = '', subresource, body } = request;
  const where = subresource === undefined ? target : `${target}/${subresource}`;
  const replicas = verb === 'patch' ? replicasOf(body) : undefined;
  return replicas === undefined ? `${verb} ${where}`.trim() : `scale ${target} to ${replicas}`;
}

/** `stop node/worker-2`; a uid behind the name is left out. */
export function labelFault({ fault }: FaultRecord): string {
  return `${fault.how} ${fault.targets.map((target) => target.split(' ')[0] ?? target).join(', ')}`;
}

function replicasOf(body: Json | undefined): number | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const spec = (body as { readonly spec?: Json }).spec;
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) return undefined;
  const names = Object.keys(spec);
  const replicas = (spec as { readonly replicas?: Json }).replicas;
  return names.length === 1 && typeof replicas === 'number' ? replicas : undefined;
}
