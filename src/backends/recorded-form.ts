// Requests and faults as traces hold them: what the recorder writes, and what a trace is held against when it is checked.

import { addressText } from './address-text.ts';
import type { Json } from '../kubernetes/object.ts';
import type { FaultRecord, RecordedRequest } from '../trace/record.ts';
import type { ClusterRequest, Fault, FaultTarget, ObjectAddress } from './cluster.ts';

/** A request as its record holds it. Bodies are objects of the caller, who does not change them afterwards. */
export function recordedRequest(request: ClusterRequest): RecordedRequest {
  const { verb } = request;
  if (request.verb === 'apply' || request.verb === 'create') {
    return { verb, ...named(request.object), body: request.object as unknown as Json };
  }
  if (request.verb === 'replace') {
    return { verb, ...addressed(request), body: request.object as unknown as Json };
  }
  if (request.verb === 'patch') {
    return { verb, ...addressed(request), body: request.body, options: { type: request.type } };
  }
  if (request.verb === 'get') return { verb, ...addressed(request) };
  if (request.verb === 'list') return { verb, target: request.kind };
  if (request.verb === 'resolve') return { verb, target: request.name, options: { type: request.type } };
  return withOptions(request);
}

function withOptions({
  verb,
  target,
  ...options
}: Extract<ClusterRequest, { verb: 'delete' | 'evict' | 'exec' }>): RecordedRequest {
  const told = Object.keys(options).length === 0 ? {} : { options: options as Json };
  return { verb, target: addressText(target), ...told };
}

function named(object: { readonly kind: string; readonly metadata?: { readonly name?: string } }): { target?: string } {
  const name = object.metadata?.name;
  return name === undefined ? {} : { target: `${object.kind.toLowerCase()}/${name}` };
}

function addressed(request: {
  readonly target: ObjectAddress;
  readonly subresource?: string;
}): Pick<RecordedRequest, 'target' | 'subresource'> {
  const target = addressText(request.target);
  return request.subresource === undefined ? { target } : { target, subresource: request.subresource };
}

/** A fault as its record holds it; a uid stands behind the name of a target that is this object only. */
export function recordedFault(fault: Fault): FaultRecord['fault'] {
  const { how, targets, ...detail } = fault;
  return {
    how,
    targets: targets.map(targetText),
    ...(Object.keys(detail).length === 0 ? {} : { detail }),
  };
}

function targetText(target: FaultTarget): string {
  return target.uid === undefined ? addressText(target) : `${addressText(target)} ${target.uid}`;
}
