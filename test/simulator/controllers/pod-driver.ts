// The smallest stand-in for scheduler and kubelet: pods get a node, run and become ready a while after they were created, and
// end a while after they were deleted. It asks the real API server for everything.

import { composeKindKey } from '../../../src/kubernetes/kind.ts';
import { must } from './control-plane.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import type { Plant } from '../../../src/simulator/controllers/controller.ts';

const podKind = composeKindKey('', 'Pod');

/** What a test tells the driver. */
export interface PodDriver {
  /** Whether a pod becomes ready; by default every pod does. */
  becomesReady: (pod: KubernetesObject) => boolean;
  /** Writes a pod's status. */
  setPhase(key: string, phase: string, ready: boolean): void;
}

/** Drives every pod of a control plane. */
export function drivePods({ clock, api }: Plant): PodDriver {
  const driver: PodDriver = {
    becomesReady: () => true,
    setPhase(key, phase, ready) {
      must(
        api.update(
          podKind,
          key,
          (pod) => ({
            ...pod,
            status: {
              ...(pod['status'] as object),
              phase,
              conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: clock.timestamp }],
            },
          }),
          { subresource: 'status' },
        ),
      );
    },
  };
  const later = (delay: number, pod: KubernetesObject, act: (key: string, pod: KubernetesObject) => void): void => {
    const key = `${pod.metadata.namespace}/${pod.metadata.name}`;
    clock.after(delay, 'work', `pod driver: ${key}`, () => {
      const now = api.store.get(podKind, key);
      if (now?.metadata.uid === pod.metadata.uid) act(key, now);
    });
  };
  api.store.subscribe(podKind, ({ type, object, old }) => {
    if (type === 'ADDED') {
      later(20_000, object, (_, { metadata: { namespace = '', name } }) => {
        const target = { apiVersion: 'v1', kind: 'Node', name: 'n' };
        const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target };
        const where = { group: '', version: 'v1', resource: 'pods', namespace, name, subresource: 'binding' };
        const { code } = api.handle({ verb: 'create', ...where, body });
        if (code !== 201) throw new Error(`binding ${name}: ${code}`);
      });
      later(500_000, object, (key, pod) => {
        if (pod.metadata.deletionTimestamp === undefined) driver.setPhase(key, 'Running', driver.becomesReady(pod));
      });
    }
    const deleted = object.metadata.deletionTimestamp !== undefined;
    if (type !== 'MODIFIED' || !deleted || old?.metadata.deletionTimestamp !== undefined) return;
    later(200_000, object, (key) => driver.setPhase(key, 'Succeeded', false));
    later(700_000, object, (key) => must(api.delete(podKind, key, { gracePeriodSeconds: 0 })));
  });
  return driver;
}
