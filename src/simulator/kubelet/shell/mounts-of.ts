// Which trees stand behind a container's volume mounts: data of claims lives on their volumes and outlasts the pod, an
// emptyDir lives as long as the pod (EPH-01), ConfigMaps and Secrets are as they were when the container started.

import { composeKindKey } from '../../../kubernetes/kind.ts';
import { decodeBase64 } from './base64.ts';
import { FileTree } from './files.ts';
import { claimNameOf } from '../pod.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { PodRun } from '../pod-run.ts';
import type { Container } from '../container.ts';
import type { PodVolume } from '../pod.ts';
import type { Mount } from './mounted-files.ts';

const claimKind = composeKindKey('', 'PersistentVolumeClaim');
const volumeKind = composeKindKey('', 'PersistentVolume');
const configMapKind = composeKindKey('', 'ConfigMap');
const secretKind = composeKindKey('', 'Secret');

type Source = Pick<Mount, 'tree' | 'base'> & { readonly readOnly?: boolean };

/** The mounts of a container; `empty` holds the pod's emptyDirs by name. */
export function mountsOf(run: PodRun, container: Container, empty: Map<string, FileTree>): readonly Mount[] {
  const volumes = new Map((run.pod.spec.volumes ?? []).map((volume) => [volume.name, volume]));
  return (container.spec.volumeMounts ?? []).flatMap(({ name, mountPath, readOnly = false, subPath }) => {
    const volume = volumes.get(name);
    if (volume === undefined) return [];
    const source = sourceOf(run, volume, empty);
    const path = mountPath.replace(/\/+$/, '');
    const base = subPath === undefined ? source.base : `${source.base === '/' ? '' : source.base}/${subPath}`;
    return [{ path, tree: source.tree, base, readOnly: readOnly || source.readOnly === true }];
  });
}

function sourceOf(run: PodRun, volume: PodVolume, empty: Map<string, FileTree>): Source {
  const { namespace = '' } = run.pod.metadata;
  const { store } = run.host.plant.api;
  const claimName = claimNameOf(run.pod, volume);
  if (claimName !== undefined) {
    const claim = store.get(claimKind, `${namespace}/${claimName}`);
    const bound = claim && store.get(volumeKind, (claim['spec'] as { readonly volumeName?: string }).volumeName ?? '');
    return bound === undefined ? { tree: new FileTree(), base: '/' } : dataOf(run, bound);
  }
  if (volume.hostPath !== undefined) return directoryOf(run, volume.hostPath.path);
  if (volume.configMap !== undefined) {
    const map = store.get(configMapKind, `${namespace}/${volume.configMap.name}`);
    return { tree: filesFrom(map, (text) => text), base: '/', readOnly: true };
  }
  if (volume.secret !== undefined) {
    const secret = store.get(secretKind, `${namespace}/${volume.secret.secretName}`);
    return { tree: filesFrom(secret, decodeBase64), base: '/', readOnly: true };
  }
  let tree = empty.get(volume.name);
  if (tree === undefined) empty.set(volume.name, (tree = new FileTree()));
  return { tree, base: '/' };
}

interface VolumeSpec {
  readonly hostPath?: { readonly path: string };
  readonly local?: { readonly path: string };
}

function dataOf(run: PodRun, volume: KubernetesObject): Source {
  const { hostPath, local } = volume['spec'] as VolumeSpec;
  const path = hostPath?.path ?? local?.path;
  if (path !== undefined) return directoryOf(run, path);
  return { tree: run.host.disks.volume(volume.metadata.uid), base: '/' };
}

function directoryOf(run: PodRun, path: string): Source {
  return { tree: run.host.disks.node(run.host.name), base: path.replace(/\/+$/, '') || '/' };
}

function filesFrom(object: KubernetesObject | undefined, decode: (text: string) => string): FileTree {
  const tree = new FileTree();
  const data = (object?.['data'] ?? {}) as Readonly<Record<string, string>>;
  for (const [name, text] of Object.entries(data)) tree.write(`/${name}`, decode(text));
  return tree;
}
