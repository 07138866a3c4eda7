// What a job's rules say about a failed pod (spec.podFailurePolicy): whether it fails the job or its index, or does not even
// count. Follows pkg/controller/job/pod_failure_policy.go: matchPodFailurePolicy.

import type { ContainerStatus, Pod } from '../../kubelet/pod.ts';
import type { FailureRule, Job } from './types.ts';

/** What is done about a failed pod; `Count` is what happens without rules. */
export interface FailureVerdict {
  readonly action: FailureRule['action'];
  /** Of `FailJob`: the sentence of the job's condition. */
  readonly message?: string;
}

const counts: FailureVerdict = { action: 'Count' };

/** The verdict of the first rule that a failed pod matches. */
export function judgeFailure({ spec }: Job, pod: Pod): FailureVerdict {
  for (const [place, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    const cause = causeOf(rule, pod);
    if (cause === undefined) continue;
    if (rule.action !== 'FailJob') return { action: rule.action };
    return { action: 'FailJob', message: `${cause} matching FailJob rule at index ${place}` };
  }
  return counts;
}

/** What of a pod matches a rule. */
function causeOf({ onExitCodes, onPodConditions }: FailureRule, { metadata, status }: Pod): string | undefined {
  const pod = `${metadata.namespace}/${metadata.name}`;
  if (onExitCodes !== undefined) {
    const { containerStatuses = [], initContainerStatuses = [] } = status;
    for (const container of [...containerStatuses, ...initContainerStatuses]) {
      const code = exitCodeMatched(container, onExitCodes);
      if (code !== undefined) return `Container ${container.name} for pod ${pod} failed with exit code ${code}`;
    }
    return undefined;
  }
  const matched = status.conditions?.find((condition) =>
    onPodConditions?.some(({ type, status: wanted }) => condition.type === type && condition.status === wanted),
  );
  return matched === undefined ? undefined : `Pod ${pod} has condition ${matched.type}`;
}

/** Only containers that have ended badly have a code to be matched. */
function exitCodeMatched(
  { name, state }: ContainerStatus,
  { containerName, operator, values }: NonNullable<FailureRule['onExitCodes']>,
): number | undefined {
  if (!('terminated' in state) || (containerName !== undefined && containerName !== name)) return undefined;
  const { exitCode } = state.terminated;
  return exitCode !== 0 && values.includes(exitCode) === (operator === 'In') ? exitCode : undefined;
}
