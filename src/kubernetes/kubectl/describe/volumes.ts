// The volumes of a pod in a description.

import { field, indented } from './tree.ts';
import type { DescribedLines } from './tree.ts';

/** A volume of a pod. */
export interface DescribedVolume {
  readonly name: string;
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean };
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string };
  readonly hostPath?: { readonly path: string; readonly type?: string };
  readonly configMap?: { readonly name?: string; readonly optional?: boolean };
  readonly secret?: { readonly secretName?: string; readonly optional?: boolean };
  readonly projected?: { readonly sources?: readonly ProjectedSource[] };
}

interface ProjectedSource {
  readonly serviceAccountToken?: { readonly expirationSeconds?: number };
  readonly configMap?: { readonly name?: string; readonly optional?: boolean };
  readonly downwardAPI?: object;
}

/** The block of volumes. */
export function volumesBlock(volumes: readonly DescribedVolume[]): DescribedLines {
  if (volumes.length === 0) return ['Volumes:\t<none>'];
  return ['Volumes:', ...indented(volumes.flatMap((volume) => [`${volume.name}:`, ...indented(sourceLines(volume))]))];
}

function sourceLines({
  persistentVolumeClaim: claim,
  emptyDir,
  hostPath,
  configMap,
  secret,
  projected,
}: DescribedVolume): DescribedLines {
  if (claim !== undefined) {
    const type = 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)';
    return [field('Type', type), field('ClaimName', claim.claimName), field('ReadOnly', claim.readOnly ?? false)];
  }
  if (emptyDir !== undefined) {
    const type = "EmptyDir (a temporary directory that shares a pod's lifetime)";
    const limit = emptyDir.sizeLimit ?? '<unset>';
    return [field('Type', type), field('Medium', emptyDir.medium ?? ''), field('SizeLimit', limit)];
  }
  if (hostPath !== undefined) {
    const type = 'HostPath (bare host directory volume)';
    return [field('Type', type), field('Path', hostPath.path), field('HostPathType', hostPath.type ?? '')];
  }
  if (configMap !== undefined) {
    const type = 'ConfigMap (a volume populated by a ConfigMap)';
    return [field('Type', type), field('Name', configMap.name ?? ''), field('Optional', configMap.optional ?? false)];
  }
  if (secret !== undefined) {
    const type = 'Secret (a volume populated by a Secret)';
    return [
      field('Type', type),
      field('SecretName', secret.secretName ?? ''),
      field('Optional', secret.optional ?? false),
    ];
  }
  return projected === undefined ? [field('Type', '<unknown>')] : projectedLines(projected.sources ?? []);
}

function projectedLines(sources: readonly ProjectedSource[]): DescribedLines {
  return [
    field('Type', 'Projected (a volume that contains injected data from multiple sources)'),
    ...sources.flatMap(({ serviceAccountToken: token, configMap, downwardAPI }) => {
      if (token !== undefined) return [field('TokenExpirationSeconds', token.expirationSeconds ?? 3607)];
      if (configMap !== undefined) {
        const optional = configMap.optional === undefined ? '<nil>' : configMap.optional;
        return [field('ConfigMapName', configMap.name ?? ''), field('ConfigMapOptional', optional)];
      }
      return downwardAPI === undefined ? [] : [field('DownwardAPI', true)];
    }),
  ];
}
