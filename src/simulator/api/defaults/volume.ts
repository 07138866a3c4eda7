// What the server adds to a volume of a pod (STS-HASH-05): file modes, the kind of a host path, the empty directory.

import { defaultSource } from './container.ts';
import { mapList, mapMember, omitEmpty, setMember, withDefaults } from './fields.ts';
import { storedQuantity, storedResources } from './quantities.ts';
import type { Fields } from './fields.ts';

/** 0644. */
const fileMode = { defaultMode: 420 };
const emptyDirZeros = new Set(['medium']);
const readOnlyZeros = new Set(['readOnly']);
const itemZeros = new Set(['items']);

/** A volume with every default; one without a source is an empty directory. */
export function defaultVolume(volume: Fields): Fields {
  let result = omitEmpty(volume, new Set());
  if (Object.keys(result).every((member) => member === 'name')) return { ...result, emptyDir: {} };
  result = mapMember(result, 'emptyDir', defaultEmptyDir);
  result = mapMember(result, 'hostPath', defaultHostPath);
  result = mapMember(result, 'secret', defaultFiles);
  result = mapMember(result, 'configMap', defaultFiles);
  result = mapMember(result, 'downwardAPI', defaultDownward);
  result = mapMember(result, 'projected', defaultProjected);
  result = mapMember(result, 'persistentVolumeClaim', (source) => omitEmpty(source, readOnlyZeros));
  return mapMember(result, 'ephemeral', (source) => mapMember(source, 'volumeClaimTemplate', defaultTemplate));
}

/** The type of a host path is written even when it is empty. */
export function defaultHostPath(source: Fields): Fields {
  return source['type'] === undefined || source['type'] === null ? { ...source, type: '' } : source;
}

function defaultEmptyDir(source: Fields): Fields {
  const cleared = omitEmpty(source, emptyDirZeros);
  return cleared['sizeLimit'] === undefined
    ? cleared
    : setMember(cleared, 'sizeLimit', storedQuantity(cleared['sizeLimit']));
}

function defaultFiles(source: Fields): Fields {
  return withDefaults(omitEmpty(source, itemZeros), fileMode);
}

function defaultDownward(source: Fields): Fields {
  return mapList(defaultFiles(source), 'items', defaultSource);
}

function defaultProjected(source: Fields): Fields {
  return mapList(withDefaults(source, fileMode), 'sources', (projection) =>
    mapMember(
      mapMember(projection, 'serviceAccountToken', (token) => withDefaults(token, { expirationSeconds: 3600 })),
      'downwardAPI',
      (downward) => mapList(downward, 'items', defaultSource),
    ),
  );
}

function defaultTemplate(template: Fields): Fields {
  return mapMember(template, 'spec', defaultClaimSpec);
}

/** The spec of a claim: a file system unless it says block; nothing is requested when nothing is named (PVC-NEW-01). */
export function defaultClaimSpec(spec: Fields): Fields {
  let result = completeClaims.get(spec);
  if (result === undefined) {
    result = withDefaults(omitEmpty(spec, claimZeros), { volumeMode: 'Filesystem', resources: {} });
    completeClaims.set(spec, (result = mapMember(result, 'resources', storedResources)));
  }
  return result;
}

/** All claims of a template share its spec: it is looked at once. */
const completeClaims = new WeakMap<Fields, Fields>();

const claimZeros = new Set(['accessModes', 'volumeName']);
