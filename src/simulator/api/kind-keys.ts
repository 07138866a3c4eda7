// Keys of the kinds that the rules of other kinds look up.

import { composeKindKey } from '../../kubernetes/kind.ts';

export const namespaceKey = composeKindKey('', 'Namespace');
export const nodeKey = composeKindKey('', 'Node');
export const serviceKey = composeKindKey('', 'Service');
export const serviceAccountKey = composeKindKey('', 'ServiceAccount');
export const storageClassKey = composeKindKey('storage.k8s.io', 'StorageClass');
export const priorityClassKey = composeKindKey('scheduling.k8s.io', 'PriorityClass');
export const disruptionBudgetKey = composeKindKey('policy', 'PodDisruptionBudget');
export const customResourceDefinitionKey = composeKindKey('apiextensions.k8s.io', 'CustomResourceDefinition');
