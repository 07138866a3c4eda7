// Why a scenario cannot run on a backend. What a backend cannot do is a skip with a reason, never a pass.

import { capabilitiesOfSteps } from './capability-of-step.ts';
import type { Backend, Capability } from '../backends/cluster.ts';
import type { Scenario } from '../scenario/model.ts';

/** The reason of a skip, all that is missing in one sentence; undefined when the scenario can run. */
export async function unmetNeeds(scenario: Scenario, backend: Backend): Promise<string | undefined> {
  const reasons = [
    ...nodesReason(scenario, backend),
    ...(await versionReason(scenario, backend)),
    ...capabilityReasons(scenario, backend),
    ...controllerReasons(scenario, backend),
  ];
  return reasons.length === 0 ? undefined : reasons.join('; ');
}

function nodesReason({ needs }: Scenario, backend: Backend): readonly string[] {
  if (needs.nodes <= backend.nodesMax) return [];
  return [`needs ${needs.nodes} nodes; ${backend.name} has at most ${backend.nodesMax}`];
}

async function versionReason({ needs }: Scenario, backend: Backend): Promise<readonly string[]> {
  if (needs.kubernetes === undefined) return [];
  const { default: satisfies } = await import('semver/functions/satisfies.js');
  // A pre-release such as 1.36.0-rc.1 counts as its release: the range speaks of behaviour.
  if (satisfies(backend.kubernetesVersion, needs.kubernetes, { includePrerelease: true })) return [];
  return [`needs Kubernetes ${needs.kubernetes}; ${backend.name} is ${backend.kubernetesVersion}`];
}

function capabilityReasons(scenario: Scenario, backend: Backend): readonly string[] {
  const listed = scenario.needs.capabilities as readonly Capability[];
  const ofSteps = capabilitiesOfSteps(scenario).filter(({ capability }) => !listed.includes(capability));
  return [
    ...listed.map((capability) => ({ capability, who: '' })),
    ...ofSteps.map(({ capability, who }) => ({ capability, who: ` for ${who}` })),
  ]
    .filter(({ capability }) => !backend.capabilities.has(capability))
    .map(({ capability, who }) => {
      const why = backend.missing?.get(capability);
      const has = `needs capability \`${capability}\`${who}, which ${backend.name} does not have`;
      return why === undefined ? has : `${has}: ${why}`;
    });
}

function controllerReasons({ needs }: Scenario, backend: Backend): readonly string[] {
  if (needs.controllers.length === 0 || backend.name !== 'simulator') return [];
  const kinds = needs.controllers.join(', ');
  return [`needs controllers of ${kinds} beside setpiece; the simulator runs only Kubernetes' own`];
}
