// The config that kind is given: the user's as it is, or one with as many workers as were asked for.

import { readFileSync } from 'node:fs';
import { BackendError } from '../cluster.ts';
import type { KindBackendOptions } from '../backend-options.ts';

/** More than any config has, bytes. */
const sizeMax = 1024 * 1024;

/**
 * The text of the config. Workers are nodes beside the control plane, which runs no pods of scenarios then: a worker can be
 * stopped while the API server goes on. Throws `BackendError` for a file that cannot be read.
 */
export function kindConfig({ config, nodes = 1 }: Pick<KindBackendOptions, 'config' | 'nodes'>): string {
  if (config !== undefined) return readConfig(config);
  const workers = '- role: worker\n'.repeat(nodes);
  return `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n- role: control-plane\n${workers}`;
}

function readConfig(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > sizeMax)
      throw new BackendError(`--kind-config ${file}: ${bytes.length} bytes are no kind config`);
    if (bytes.includes(0)) throw new BackendError(`--kind-config ${file}: it is binary, not YAML`);
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof BackendError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message;
    throw new BackendError(`--kind-config ${file}: ${why}`, { cause: error });
  }
}
