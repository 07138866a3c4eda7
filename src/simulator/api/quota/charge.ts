// ResourceQuota admission: an object that would use more than its namespace's quotas allow is refused, and what it uses is noted
// in their status before it is stored (API-CREATE-10). Follows CheckRequest of apiserver/pkg/admission/plugin/resourcequota.

import { forbidden, refuse } from '../refusals.ts';
import { specOf, withStatus } from '../strategies/members.ts';
import { addAmounts, increaseOf, pickAmounts, readAmounts, showAmounts, writeAmounts } from './amounts.ts';
import { isInScope, quotaKey } from './quota.ts';
import { usageOf } from './usage.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Store } from '../../store/store.ts';
import type { Result } from '../server.ts';
import type { PodSpec } from '../shapes.ts';
import type { Amounts } from './amounts.ts';
import type { ResourceQuota } from './quota.ts';

/** An object that is about to be stored, and the one that it takes the place of. */
export interface Charge {
  readonly kind: Kind;
  readonly object: KubernetesObject;
  /** Absent at create. */
  readonly current?: KubernetesObject;
  readonly dryRun: boolean;
}

/** Kinds whose updates can use more: claims that grow, Services that change their type. */
const chargedOnUpdate: ReadonlySet<string> = new Set(['persistentvolumeclaim', 'service']);

/** Charges the quotas of the object's namespace; the answer is the refusal, if there is one. */
export function chargeQuotas({ kind, object, current, dryRun }: Charge, store: Store): Result | undefined {
  const { namespace, name } = object.metadata;
  if (namespace === undefined || store.list(quotaKey).size === 0) return undefined;
  if (current !== undefined && !chargedOnUpdate.has(kind.key)) return undefined;
  const quotas = [...store.by(quotaKey, 'namespace', namespace).values()] as ResourceQuota[];
  if (quotas.length === 0) return undefined;
  const usage = usageOf(kind, object);
  const increase = current === undefined ? usage : increaseOf(usage, usageOf(kind, current));
  const charged: KubernetesObject[] = [];
  for (const quota of quotas) {
    const checked = checkQuota(quota, { kind, object, usage, increase });
    if (typeof checked === 'string') return refuse(forbidden(kind, name, checked));
    if (checked !== undefined) charged.push(checked);
  }
  if (!dryRun) for (const quota of charged) store.update(quota);
  return undefined;
}

interface Request {
  readonly kind: Kind;
  readonly object: KubernetesObject;
  readonly usage: Amounts;
  readonly increase: Amounts;
}

/** What the controller has not taken into the status yet limits nothing. The quota with the object's usage; undefined when it has nothing to do with it; a text when it says no. */
function checkQuota(quota: ResourceQuota, request: Request): KubernetesObject | string | undefined {
  const { name } = quota.metadata;
  const hard = readAmounts(quota.status?.hard);
  const limited = new Set([...hard.keys()].filter((resource) => concerns(resource, request)));
  if (limited.size === 0 || !isInScope(quota, request.kind, request.object)) return undefined;
  const unstated = request.kind.key === 'pod' ? missingResources(request.object, limited) : undefined;
  if (unstated !== undefined) return `failed quota: ${name}: must specify ${unstated}`;
  const used = readAmounts(quota.status?.used);
  if ([...limited].some((resource) => !used.has(resource))) {
    return `status unknown for quota: ${name}, resources: ${[...limited].sort().join(',')}`;
  }
  const requested = pickAmounts(request.increase, limited);
  const next = new Map(used);
  addAmounts(next, requested);
  const exceeded = new Set(
    [...requested.keys()].filter((resource) => {
      const amount = requested.get(resource)?.nanos ?? 0n;
      return amount > 0n && (next.get(resource)?.nanos ?? 0n) > (hard.get(resource)?.nanos ?? 0n);
    }),
  );
  if (exceeded.size > 0) {
    const show = (amounts: Amounts): string => showAmounts(pickAmounts(amounts, exceeded));
    return `exceeded quota: ${name}, requested: ${show(requested)}, used: ${show(used)}, limited: ${show(hard)}`;
  }
  return withStatus(quota, { ...quota.status, used: writeAmounts(next) });
}

const computeResources = ['cpu', 'memory'].flatMap((resource) => [
  resource,
  `requests.${resource}`,
  `limits.${resource}`,
]);

/** Pods are concerned by limits of what they may leave out; everything else by what it uses. */
function concerns(resource: string, { kind, usage }: Request): boolean {
  return usage.has(resource) || (kind.key === 'pod' && computeResources.includes(resource));
}

/** A limited amount must be stated by each container: `limits.cpu for: a,b; memory for: b`. */
function missingResources(object: KubernetesObject, limited: ReadonlySet<string>): string | undefined {
  const { containers = [], initContainers = [] } = specOf<PodSpec>(object);
  const told: string[] = [];
  for (const resource of [...limited].filter((each) => computeResources.includes(each)).sort()) {
    const member = resource.startsWith('limits.') ? 'limits' : 'requests';
    const bare = resource.replace(/^(limits|requests)\./, '');
    const silent = [...containers, ...initContainers].filter(({ resources }) => !resources?.[member]?.[bare]);
    const names = silent.map(({ name = '' }) => name).sort();
    if (names.length > 0) told.push(`${resource} for: ${names.join(',')}`);
  }
  return told.length === 0 ? undefined : told.join('; ');
}
