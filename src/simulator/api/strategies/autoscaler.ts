// HorizontalPodAutoscalers: stored objects, on which nothing acts.

import { withDefaults } from '../defaults/fields.ts';
import { specOf, withSpec } from './members.ts';
import type { Fields } from '../defaults/fields.ts';
import type { StrategyDefinition } from '../strategy.ts';

/** The rules of HorizontalPodAutoscalers; one that names no metric scales by the use of processors, as upstream fills in. */
export const autoscaler: Omit<StrategyDefinition, 'kind'> = {
  subresources: ['status'],
  default(object) {
    const spec = specOf<Fields>(object);
    const complete = withDefaults(spec, { minReplicas: 1, metrics: cpuAtEighty });
    return complete === spec ? object : withSpec(object, complete);
  },
  validate(object, errors) {
    const { minReplicas = 1, maxReplicas = 0 } = specOf<{
      readonly minReplicas?: number;
      readonly maxReplicas?: number;
    }>(object);
    if (minReplicas < 1) errors.invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1');
    if (maxReplicas < 1) errors.invalid('spec.maxReplicas', maxReplicas, 'must be greater than 0');
    else if (maxReplicas < minReplicas) {
      errors.invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`');
    }
  },
};

const cpuAtEighty = [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
];
