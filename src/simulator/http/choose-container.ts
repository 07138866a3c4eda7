// Which container of a pod a request is about (API-SUB-05).

import { badRequest, refuse } from '../api/refusals.ts';
import type { Result } from '../api/server.ts';
import type { Pod } from '../kubelet/pod.ts';

/** The container that was asked for, else the only one. */
export function chooseContainer(pod: Pod, asked: string | null): Result<string> {
  const { containers, initContainers = [] } = pod.spec;
  const { name } = pod.metadata;
  const [names, initial] = [containers, initContainers].map((list) => list.map((each) => each.name));
  if (asked) {
    const known = names?.includes(asked) === true || initial?.includes(asked) === true;
    return known ? { ok: true, value: asked } : refuse(badRequest(`container ${asked} is not valid for pod ${name}`));
  }
  if (containers.length === 1) return { ok: true, value: containers[0]!.name };
  const others = initContainers.length === 0 ? '' : ` or one of the init containers: [${initial?.join(' ')}]`;
  const choice = `choose one of: [${names?.join(' ')}]${others}`;
  return refuse(badRequest(`a container name must be specified for pod ${name}, ${choice}`));
}
