// Whether the real kubectl can be had: recipes are command lines around it.

import { spawnSync } from 'node:child_process';

/** Looks for `kubectl` on the PATH. */
export function hasKubectl(): boolean {
  return spawnSync('sh', ['-c', 'command -v kubectl']).status === 0;
}
