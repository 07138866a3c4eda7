// The kubectl that runs a lesson's commands.

import { kubectlVersion } from './served-executor.ts';

/** A kubectl that answers. */
export interface FoundKubectl {
  readonly path: string;
  /** `1.33.1`. */
  readonly version: string;
}

/** Asks a kubectl who it is; undefined when it does not answer. Default: the one of the PATH. */
export async function findKubectl(path = 'kubectl'): Promise<FoundKubectl | undefined> {
  const version = await kubectlVersion(path);
  return version === undefined ? undefined : { path, version };
}
