// Mutants of Services and the names of pods, and of nodes that take no pods.

import { podKind } from '../controllers/statefulset/types.ts';
import { serviceKind } from '../network/service.ts';
import { nodeKind } from '../nodes/node.ts';
import { ruled, sees, withSpecMembers } from './mutant.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { Service } from '../network/service.ts';
import type { Node } from '../nodes/node.ts';
import type { Mutant } from './mutant.ts';

/** The mutants of this file. */
export const network: readonly Mutant[] = [
  {
    id: 'unready-endpoints-served',
    about: 'Sends traffic to pods that are not ready: an address is thought to be enough.',
    breaks: 'EPS-04',
    seams: [
      sees<Service>(['endpoint-slice', 'endpoints'], serviceKind, (service) =>
        withSpecMembers(service, { publishNotReadyAddresses: true }),
      ),
    ],
  },
  {
    id: 'unready-addresses-hidden',
    about:
      'Hides pods that are not ready although the Service says to publish them, so that members cannot find each other.',
    breaks: 'EPS-08',
    seams: [
      sees<Service>(['endpoint-slice', 'endpoints'], serviceKind, (service) =>
        withSpecMembers(service, { publishNotReadyAddresses: false }),
      ),
    ],
  },
  {
    id: 'hostnames-unpublished',
    about: 'Publishes the addresses of a headless Service without the host names of its pods: they have no DNS names.',
    breaks: 'DNS-06',
    seams: [
      sees<Pod>(['endpoint-slice', 'endpoints'], podKind, (pod) => {
        const { hostname: _, subdomain: __, ...spec } = pod.spec;
        return { ...pod, spec };
      }),
    ],
  },
  {
    id: 'services-all-headless',
    about: 'Gives no Service an address of its own: its name leads to the pods, which come and go.',
    breaks: 'SVC-02',
    seams: [
      ruled([serviceKind], (strategy) => ({
        admit(object, context) {
          const { type = 'ClusterIP', clusterIP } = (object as Service).spec;
          const plain = type === 'ClusterIP' && clusterIP === undefined;
          return strategy.admit(
            plain ? withSpecMembers(object, { clusterIP: 'None', clusterIPs: ['None'] }) : object,
            context,
          );
        },
      })),
    ],
  },
  {
    id: 'cordon-ignored',
    about: 'Puts new pods onto nodes that are cordoned.',
    breaks: 'NODE-05',
    seams: [
      sees<Node>('scheduler', nodeKind, (node) => {
        const taints = (node.spec.taints ?? []).filter(({ key }) => key !== 'node.kubernetes.io/unschedulable');
        return withSpecMembers(node, { unschedulable: false, taints });
      }),
    ],
  },
];
