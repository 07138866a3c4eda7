// Records for tests of this room, made by hand.

import type { Observation, RequestRecord, WatchEventType } from '../../src/trace/record.ts';

export interface Options {
  readonly at?: number;
  readonly step?: number;
  readonly version?: string;
  readonly uid?: string;
  readonly deleting?: boolean;
  readonly kind?: string;
  readonly status?: unknown;
}

export function observation(type: WatchEventType, name: string, options: Options = {}): Observation {
  const { at = 0, step = 0, version = '1', uid = `${name}-uid`, deleting = false, kind = 'Pod', status } = options;
  return {
    kind: 'observation',
    at,
    step,
    type,
    object: {
      apiVersion: kind === 'StatefulSet' ? 'apps/v1' : 'v1',
      kind,
      metadata: {
        name,
        uid,
        resourceVersion: version,
        creationTimestamp: '2026-01-01T00:00:00Z',
        ...(deleting ? { deletionTimestamp: '2026-01-01T00:01:00Z' } : {}),
      },
      ...(status === undefined ? {} : { status }),
    },
  };
}

export function request(
  at: number,
  options: { readonly step?: number; readonly version?: string } = {},
): RequestRecord {
  const { step = 0, version } = options;
  const response = version === undefined ? { code: 200 } : { code: 200, resourceVersion: version };
  return { kind: 'request', at, step, request: { verb: 'scale', target: 'statefulset/web' }, response };
}
