// What the volumes of a pod have to keep to. Follows ValidateVolumes of pkg/apis/core/validation.

import { labelProblems } from './names.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Volume } from '../shapes.ts';

/** Checks the volumes and returns their names. */
export function validateVolumes(
  field: string,
  volumes: readonly Volume[] | undefined,
  errors: FieldErrors,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [at, volume] of (volumes ?? []).entries()) {
    const path = `${field}[${at}]`;
    const found = errors.list.length;
    validateSource(path, volume, errors);
    const name = volume.name ?? '';
    if (name === '') errors.required(`${path}.name`);
    else for (const problem of labelProblems(name)) errors.invalid(`${path}.name`, name, problem);
    if (names.has(name)) errors.duplicate(`${path}.name`, name);
    if (errors.list.length === found) names.add(name);
  }
  return names;
}

function validateSource(path: string, volume: Volume, errors: FieldErrors): void {
  const sources = Object.entries(volume).filter(([member, value]) => member !== 'name' && value !== undefined);
  for (const [source] of sources.slice(1))
    errors.forbidden(`${path}.${source}`, 'may not specify more than 1 volume type');
  if (sources.length === 0) errors.required(path, 'must specify a volume type');
  if (volume.hostPath !== undefined) validateHostPath(`${path}.hostPath`, volume.hostPath, errors);
  if (volume.persistentVolumeClaim !== undefined && !volume.persistentVolumeClaim.claimName) {
    errors.required(`${path}.persistentVolumeClaim.claimName`);
  }
  if (volume.configMap !== undefined && !volume.configMap.name) errors.required(`${path}.configMap.name`);
  if (volume.secret !== undefined && !volume.secret.secretName) errors.required(`${path}.secret.secretName`);
}

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** A path on the node, also as the source of a PersistentVolume. */
export function validateHostPath(
  field: string,
  { path, type }: { readonly path?: string; readonly type?: string },
  errors: FieldErrors,
): void {
  if (!path) return errors.required(`${field}.path`);
  if (path.split('/').includes('..')) errors.invalid(`${field}.path`, path, "must not contain '..'");
  errors.oneOf(`${field}.type`, type, hostPathTypes);
}
