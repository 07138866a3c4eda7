// Removes all containers with a label, as `kind delete cluster` does with those of a cluster (docker rm -f -v).

import { BackendError } from '../cluster.ts';
import type { DockerEngine } from './docker-engine.ts';

/** Rounds until giving up: containers that are being removed are listed for a while. */
const roundsMax = 40;
const pauseMs = 250;

/** Resolves when no container has the label any more. Rejects with `BackendError` when one cannot be removed. */
export async function removeContainers(engine: DockerEngine, label: string): Promise<void> {
  for (let round = 0; ; round += 1) {
    const found = await engine.containers(label);
    if (found.length === 0) return;
    if (round === roundsMax) {
      throw new BackendError(`containers are still there: ${found.map(({ name }) => name).join(', ')}`);
    }
    await Promise.all(found.map(({ id }) => engine.remove(id)));
    if (round > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
