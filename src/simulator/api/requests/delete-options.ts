// DeleteOptions, from the body of a DELETE or from its query (API-DEL-07).

import { isFields } from '../defaults/fields.ts';
import { FieldErrors } from '../field-errors.ts';
import { badRequest, invalid, refuse } from '../refusals.ts';
import { parseBody } from './decode-body.ts';
import type { JsonObject } from '../../../kubernetes/object.ts';
import type { ApiRequest, DeleteOptions, Result } from '../server.ts';

/** The options, and whether dependents were asked for in the old way. */
export interface ReadOptions {
  readonly options: DeleteOptions;
  readonly dryRun: boolean;
  readonly orphanDependents: boolean | undefined;
}

const policies = ['Foreground', 'Background', 'Orphan'];

/** Reads the options; those of the body win. */
export function readDeleteOptions({ body, query = {} }: Pick<ApiRequest, 'body' | 'query'>): Result<ReadOptions> {
  const empty = body === undefined || body === null || body === '';
  const parsed: Result<JsonObject> = empty ? { ok: true, value: {} } : parseBody(body, 'DeleteOptions');
  if (!parsed.ok) return parsed;
  const sent = parsed.value;
  const policy = sent['propagationPolicy'] ?? query.propagationPolicy;
  const grace = sent['gracePeriodSeconds'] ?? query.gracePeriodSeconds;
  const orphan = sent['orphanDependents'] ?? query.orphanDependents;
  const types = mistyped({ policy, grace, orphan, preconditions: sent['preconditions'] });
  if (types !== undefined) {
    return refuse(badRequest(`DeleteOptions in version "v1" cannot be handled as a DeleteOptions: ${types}`));
  }
  const errors = new FieldErrors();
  if (policy !== undefined && orphan !== undefined) {
    errors.invalid('propagationPolicy', policy, 'orphanDependents and deletionPropagation cannot be both set');
  } else if (policy !== undefined && !policies.includes(policy as string)) {
    errors.notSupported('propagationPolicy', policy, [...policies, 'nil']);
  }
  if (errors.list.length > 0) return refuse(invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', errors.list));
  const propagationPolicy = policyOf(policy as DeleteOptions['propagationPolicy'], orphan as boolean | undefined);
  const preconditions = sent['preconditions'] as DeleteOptions['preconditions'] | null | undefined;
  const options: DeleteOptions = {
    ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
    ...(typeof grace === 'number' ? { gracePeriodSeconds: grace } : {}),
    ...(preconditions === undefined || preconditions === null ? {} : { preconditions }),
  };
  const dryRun = query.dryRun === true || (Array.isArray(sent['dryRun']) && sent['dryRun'].includes('All'));
  return { ok: true, value: { options, dryRun, orphanDependents: orphan as boolean | undefined } };
}

function policyOf(
  policy: DeleteOptions['propagationPolicy'],
  orphan: boolean | undefined,
): DeleteOptions['propagationPolicy'] {
  if (policy !== undefined || orphan === undefined) return policy;
  return orphan ? 'Orphan' : 'Background';
}

interface Sent {
  readonly policy: unknown;
  readonly grace: unknown;
  readonly orphan: unknown;
  readonly preconditions: unknown;
}

function mistyped({ policy, grace, orphan, preconditions }: Sent): string | undefined {
  const wrong = (value: unknown, member: string, type: string): string => {
    const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    return `json: cannot unmarshal ${found} into Go struct field DeleteOptions.${member} of type ${type}`;
  };
  if (policy !== undefined && typeof policy !== 'string')
    return wrong(policy, 'propagationPolicy', 'v1.DeletionPropagation');
  if (grace !== undefined && !Number.isSafeInteger(grace)) return wrong(grace, 'gracePeriodSeconds', 'int64');
  if (orphan !== undefined && typeof orphan !== 'boolean') return wrong(orphan, 'orphanDependents', 'bool');
  if (preconditions === undefined || preconditions === null) return undefined;
  if (!isFields(preconditions)) return wrong(preconditions, 'preconditions', 'v1.Preconditions');
  for (const [member, type] of [
    ['uid', 'types.UID'],
    ['resourceVersion', 'string'],
  ] as const) {
    const value = preconditions[member];
    if (value !== undefined && typeof value !== 'string') return wrong(value, `preconditions.${member}`, type);
  }
  return undefined;
}
