// Takes the default StorageClass away for a scenario that needs none, and gives it back. What was taken is written on the
// class itself, so that a later run gives it back after one that was killed.

import { refusalError } from './refusal-error.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Connection } from './connection.ts';

const path = '/apis/storage.k8s.io/v1/storageclasses';
const isDefault = 'storageclass.kubernetes.io/is-default-class';
const wasDefault = 'setpiece.dev/was-default-class';

/** Whether claims without a class get this one. */
export function isDefaultClass({ metadata }: KubernetesObject): boolean {
  return metadata.annotations?.[isDefault] === 'true';
}

/** No class is the default any more. */
export async function takeDefaultClass(connection: Connection): Promise<void> {
  for (const object of await classes(connection)) {
    if (isDefaultClass(object)) await annotate(connection, object, { [isDefault]: 'false', [wasDefault]: 'true' });
  }
}

/** What was taken, by this run or by one that was killed, is the default again. */
export async function giveDefaultClassBack(connection: Connection): Promise<void> {
  for (const object of await classes(connection)) {
    if (object.metadata.annotations?.[wasDefault] !== undefined) {
      await annotate(connection, object, { [isDefault]: 'true', [wasDefault]: null });
    }
  }
}

async function classes(connection: Connection): Promise<readonly KubernetesObject[]> {
  const { code, body } = await connection.request({ method: 'GET', path });
  if (code !== 200) throw refusalError({ code, body }, 'list storageclasses');
  return (body as unknown as { readonly items?: readonly KubernetesObject[] }).items ?? [];
}

async function annotate(
  connection: Connection,
  { metadata: { name } }: KubernetesObject,
  annotations: Readonly<Record<string, string | null>>,
): Promise<void> {
  const { code, body } = await connection.request({
    method: 'PATCH',
    path: `${path}/${encodeURIComponent(name)}?fieldManager=setpiece`,
    contentType: 'application/merge-patch+json',
    body: { metadata: { annotations } },
  });
  if (code !== 200) throw refusalError({ code, body }, `patch storageclasses/${name}`);
}
