// Which capability of the backend a step needs by what it does or expects, whether the author listed it under `needs` or not.

import type { Capability } from '../backends/cluster.ts';
import type { Json, JsonObject } from '../kubernetes/object.ts';
import type { Scenario } from '../scenario/model.ts';

/** A capability, and the step and word that need it: for the reason of a skip. */
export interface StepNeed {
  readonly capability: Capability;
  /** `step "web-0 gets sick" (fail stop)`. */
  readonly who: string;
}

/** All that the steps of a scenario need, in the order of the file; each capability once. */
export function capabilitiesOfSteps(scenario: Scenario): readonly StepNeed[] {
  const steps = (scenario.content['steps'] ?? []) as readonly JsonObject[];
  const needs = new Map<Capability, StepNeed>();
  steps.forEach((content, position) => {
    const name = scenario.steps[position]?.name ?? `${position + 1}`;
    for (const [capability, word] of needsOf(content)) {
      if (!needs.has(capability)) needs.set(capability, { capability, who: `step "${name}" (${word})` });
    }
  });
  return [...needs.values()];
}

function needsOf(content: JsonObject): readonly (readonly [Capability, word: string])[] {
  const needs: (readonly [Capability, string])[] = [];
  if (content['resolve'] !== undefined) needs.push(['dns', 'resolve']);
  if (content['exec'] !== undefined) needs.push(['exec', 'exec']);
  const how = member(content['fail'], 'how');
  if (how === 'notReady') needs.push(['readiness-control', 'fail notReady']);
  if (how === 'stop' || how === 'partitioned') needs.push(['node-failure', `fail ${how}`]);
  return needs;
}

function member(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as JsonObject)[name];
}
