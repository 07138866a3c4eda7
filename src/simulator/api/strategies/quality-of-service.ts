// The class of a pod by what its containers request and limit (API-PODDEF-04). Follows pkg/apis/core/v1/helper/qos.

import { compareQuantities } from '../../../kubernetes/quantity.ts';
import type { Container, PodSpec } from '../shapes.ts';

const counted = ['cpu', 'memory'];

/** `Guaranteed` when every container limits cpu and memory and requests just that; `BestEffort` when none asks for any. */
export function qualityOfService(spec: PodSpec): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  if (containers.every(asksForNothing)) return 'BestEffort';
  return containers.every(limitsWhatItRequests) ? 'Guaranteed' : 'Burstable';
}

function asksForNothing({ resources }: Container): boolean {
  return counted.every((name) => isZero(resources?.requests?.[name]) && isZero(resources?.limits?.[name]));
}

function limitsWhatItRequests({ resources }: Container): boolean {
  return counted.every((name) => {
    const limit = resources?.limits?.[name];
    const requested = resources?.requests?.[name];
    return !isZero(limit) && requested !== undefined && compareQuantities(limit ?? '0', requested) === 0;
  });
}

function isZero(amount: string | undefined): boolean {
  return amount === undefined || compareQuantities(amount, '0') === 0;
}
