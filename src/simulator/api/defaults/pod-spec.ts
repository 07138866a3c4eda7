// What the server adds to the spec of a pod or of a pod template (API-PODDEF-01, STS-HASH-05). Revision hashes are made of
// the outcome, so the members that are stored, and those that are not, have to be exactly the server's.

import { defaultContainer, exposeOnHost, requestLimits } from './container.ts';
import { mapList, mapMember, omitEmpty, setMember, withDefaults } from './fields.ts';
import { storedQuantities } from './quantities.ts';
import { defaultVolume } from './volume.ts';
import type { Fields } from './fields.ts';

const specDefaults = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  securityContext: {},
  schedulerName: 'default-scheduler',
};
const specZeros = new Set([
  'volumes',
  'initContainers',
  'ephemeralContainers',
  'nodeSelector',
  'serviceAccountName',
  'serviceAccount',
  'nodeName',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'imagePullSecrets',
  'hostname',
  'subdomain',
  'tolerations',
  'hostAliases',
  'priorityClassName',
  'readinessGates',
  'overhead',
  'topologySpreadConstraints',
  'schedulingGates',
  'resourceClaims',
]);
const metadataZeros = new Set([
  'name',
  'generateName',
  'namespace',
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
]);

/** The spec of a template with every default. */
export function defaultTemplateSpec(spec: Fields): Fields {
  let result = withDefaults(omitEmpty(spec, specZeros), specDefaults);
  // The old name of the member is kept in step with the new one.
  const account = result['serviceAccountName'] ?? result['serviceAccount'];
  if (account !== undefined) result = withDefaults(result, { serviceAccountName: account });
  if (account !== undefined) result = setMember(result, 'serviceAccount', result['serviceAccountName']);
  result = mapList(result, 'volumes', defaultVolume);
  for (const list of containerLists) result = mapList(result, list, defaultContainer);
  return mapMember(result, 'overhead', storedQuantities);
}

/** The spec of a pod with every default: a template's, and what only pods get. */
export function defaultPodSpec(spec: Fields): Fields {
  let result = withDefaults(defaultTemplateSpec(spec), { enableServiceLinks: true });
  const onHost = result['hostNetwork'] === true;
  for (const list of containerLists) {
    result = mapList(result, list, requestLimits);
    if (onHost) result = mapList(result, list, exposeOnHost);
  }
  return result;
}

/** `spec.template` of a workload with every default. */
export function defaultPodTemplate(template: Fields): Fields {
  const cleared = mapMember(template, 'metadata', (metadata) => omitEmpty(metadata, metadataZeros));
  // Members that are no struct pointers in Go are written even when nobody has set them.
  return mapMember(withDefaults(cleared, { metadata: {}, spec: {} }), 'spec', defaultTemplateSpec);
}

const containerLists = ['initContainers', 'containers'];
