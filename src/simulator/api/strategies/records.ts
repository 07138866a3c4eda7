// Kinds that controllers keep their records in: ControllerRevision, EndpointSlice, Endpoints, Lease, Event,
// PodDisruptionBudget.

import { same } from '../../store/same.ts';
import { mapList, omitEmpty, withDefaults } from '../defaults/fields.ts';
import { validateLabelSelector } from '../validation/label-selector.ts';
import { validateIntOrPercent } from './deployment.ts';
import { specOf, withStatus } from './members.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Fields } from '../defaults/fields.ts';
import type { IntOrString } from '../shapes.ts';
import type { StrategyDefinition } from '../strategy.ts';

/** The rules of ControllerRevisions (STS-VAL-25). */
export const controllerRevision: Omit<StrategyDefinition, 'kind'> = {
  default: (object) => (object['revision'] === undefined ? { ...object, revision: 0 } : object),
  validate(object, errors) {
    if (object['data'] === undefined || object['data'] === null) errors.required('data', 'data is mandatory');
    else if (typeof object['data'] !== 'object' || Array.isArray(object['data'])) {
      errors.invalid('data', object['data'], 'data must be a valid JSON object');
    }
    errors.nonNegative('revision', object['revision']);
  },
  validateUpdate(next, current, errors) {
    errors.nonNegative('revision', next['revision']);
    if (!same(next['data'], current['data'])) errors.invalid('data', next['data'], 'field is immutable');
  },
};

/** The rules of EndpointSlices; their generation moves with everything but metadata, and with labels (API-META-06). */
export const endpointSlice: Omit<StrategyDefinition, 'kind'> = {
  hasGeneration: true,
  default: (object) => {
    const complete = 'endpoints' in object && 'ports' in object ? object : { endpoints: null, ports: null, ...object };
    return mapList(complete, 'ports', (port) =>
      withDefaults(port['name'] === undefined ? { name: '', ...port } : port, { protocol: 'TCP' }),
    );
  },
  validate(object, errors) {
    const type = object['addressType'];
    const types = ['IPv4', 'IPv6', 'FQDN'];
    if (!type) errors.required('addressType');
    else errors.oneOf('addressType', type, types);
  },
  validateUpdate(next, current, errors) {
    const type = next['addressType'];
    if (type !== current['addressType']) errors.invalid('addressType', type, 'field is immutable');
  },
  movesGeneration: (next, current) =>
    !same(next.metadata.labels, current.metadata.labels) ||
    ['addressType', 'endpoints', 'ports'].some((member) => !same(next[member], current[member])),
};

const endpointsWarnings = ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'];

/** The rules of the old Endpoints. */
export const endpoints: Omit<StrategyDefinition, 'kind'> = {
  createsOnUpdate: true,
  warnings: () => endpointsWarnings,
  warnsAlways: endpointsWarnings,
};

/** The rules of Leases. */
export const lease: Omit<StrategyDefinition, 'kind'> = {
  createsOnUpdate: true,
  unconditionalUpdate: false,
  validate(object, errors) {
    const { leaseDurationSeconds: seconds } = specOf<{ readonly leaseDurationSeconds?: number }>(object);
    if (seconds !== undefined && seconds <= 0)
      errors.invalid('spec.leaseDurationSeconds', seconds, 'must be greater than 0');
  },
};

interface Involved {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly apiVersion?: string;
  readonly resourceVersion?: string;
  readonly fieldPath?: string;
}

const involved = (object: KubernetesObject): Involved => object['involvedObject'] ?? {};
const involvedMembers = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'] as const;

/** The rules of Events (API-EVT). */
export const event: Omit<StrategyDefinition, 'kind'> = {
  createsOnUpdate: true,
  fieldLabels: new Map<string, (object: KubernetesObject) => string>([
    ...involvedMembers.map((member) => labelOfInvolved(member)),
    ['reason', (object) => (object['reason'] ?? '') as string],
    ['reportingComponent', (object) => (object['reportingComponent'] ?? '') as string],
    ['source', (object) => (object['source'] as { readonly component?: string } | undefined)?.component ?? ''],
    ['type', (object) => (object['type'] ?? '') as string],
  ]),
  validate(object, errors) {
    // An event stands in the namespace of what it is about, or in `default` for cluster-scoped objects (API-EVT-04).
    const namespace = involved(object).namespace ?? '';
    const own = object.metadata.namespace ?? '';
    if (namespace === '' ? own !== 'default' : namespace !== own) {
      errors.invalid('involvedObject.namespace', namespace, 'does not match event.namespace');
    }
  },
};

function labelOfInvolved(member: (typeof involvedMembers)[number]): [string, (object: KubernetesObject) => string] {
  return [`involvedObject.${member}`, (object) => involved(object)[member] ?? ''];
}

interface BudgetSpec {
  readonly minAvailable?: IntOrString;
  readonly maxUnavailable?: IntOrString;
  readonly selector?: LabelSelector;
}

const budgetStatus = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };

/** The rules of PodDisruptionBudgets (PDB-01, PDB-03). */
export const disruptionBudget: Omit<StrategyDefinition, 'kind'> = {
  hasGeneration: true,
  subresources: ['status'],
  unconditionalUpdate: false,
  default: (object) => omitEmpty(object, new Set()),
  prepareForCreate: (object) => withStatus(object, budgetStatus),
  validate: validateBudget,
  validateUpdate(next, current, errors) {
    if (next['spec'] !== current['spec']) validateBudget(next, errors);
  },
};

function validateBudget(
  object: KubernetesObject,
  errors: Parameters<NonNullable<StrategyDefinition['validate']>>[1],
): void {
  const spec = specOf<BudgetSpec & Fields>(object);
  if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined) {
    const shown = JSON.stringify(spec);
    errors.invalid('spec', spec, 'minAvailable and maxUnavailable cannot be both set', shown);
  }
  validateIntOrPercent('spec.minAvailable', spec.minAvailable, errors);
  validateIntOrPercent('spec.maxUnavailable', spec.maxUnavailable, errors);
  validateLabelSelector('spec.selector', spec.selector, errors);
}
