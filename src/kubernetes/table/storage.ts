// Claims, volumes and their classes (API-TABLE-08, -09).

import { ageColumn, column, nameColumn, wide } from './printer.ts';
import { accessModesText, objectAge } from './texts.ts';
import type { KubernetesObject } from '../object.ts';
import type { Column, Printer } from './printer.ts';

const flag = (name: string): Column => column(name, { type: 'boolean' });

interface ClaimSpec {
  readonly volumeName?: string;
  readonly storageClassName?: string;
  readonly volumeAttributesClassName?: string;
  readonly volumeMode?: string;
}

interface Stored {
  readonly phase?: string;
  readonly reason?: string;
  readonly accessModes?: readonly string[];
  readonly capacity?: { readonly storage?: string };
}

/** PersistentVolumeClaims: size and modes are those of the volume, so nothing is shown before there is one. */
export const claimPrinter: Printer = {
  columns: [
    nameColumn,
    column('Status'),
    column('Volume'),
    column('Capacity'),
    column('Access Modes'),
    column('StorageClass'),
    column('VolumeAttributesClass'),
    ageColumn,
    wide('VolumeMode'),
  ],
  cells(object, context) {
    const { spec = {}, status = {} } = object as { readonly spec?: ClaimSpec; readonly status?: Stored };
    const bound = spec.volumeName !== undefined && spec.volumeName !== '';
    return [
      object.metadata.name,
      phaseOf(object, status),
      spec.volumeName ?? '',
      bound ? (status.capacity?.storage ?? '') : '',
      bound ? accessModesText(status.accessModes) : '',
      spec.storageClassName ?? classAnnotation(object),
      spec.volumeAttributesClassName ?? '<unset>',
      objectAge(object, context),
      spec.volumeMode ?? '<unset>',
    ];
  },
};

interface VolumeSpec extends ClaimSpec {
  readonly accessModes?: readonly string[];
  readonly capacity?: { readonly storage?: string };
  readonly persistentVolumeReclaimPolicy?: string;
  readonly claimRef?: { readonly namespace?: string; readonly name?: string };
}

/** PersistentVolumes. */
export const volumePrinter: Printer = {
  columns: [
    nameColumn,
    column('Capacity'),
    column('Access Modes'),
    column('Reclaim Policy'),
    column('Status'),
    column('Claim'),
    column('StorageClass'),
    column('VolumeAttributesClass'),
    column('Reason'),
    ageColumn,
    wide('VolumeMode'),
  ],
  cells(object, context) {
    const { spec = {}, status = {} } = object as { readonly spec?: VolumeSpec; readonly status?: Stored };
    const { claimRef } = spec;
    return [
      object.metadata.name,
      spec.capacity?.storage ?? '',
      accessModesText(spec.accessModes),
      spec.persistentVolumeReclaimPolicy ?? '',
      phaseOf(object, status),
      claimRef === undefined ? '' : `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}`,
      spec.storageClassName ?? classAnnotation(object),
      spec.volumeAttributesClassName ?? '<unset>',
      status.reason ?? '',
      objectAge(object, context),
      spec.volumeMode ?? '<unset>',
    ];
  },
};

function phaseOf({ metadata }: KubernetesObject, { phase = '' }: Stored): string {
  return metadata.deletionTimestamp === undefined ? phase : 'Terminating';
}

function classAnnotation({ metadata }: KubernetesObject): string {
  return metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? '';
}

/** StorageClasses. */
export const storageClassPrinter: Printer = {
  columns: [
    nameColumn,
    column('Provisioner'),
    column('ReclaimPolicy'),
    column('VolumeBindingMode'),
    // Holds true or false, but is declared as text: so it is upstream.
    column('AllowVolumeExpansion'),
    ageColumn,
  ],
  cells(object, context) {
    const { provisioner, reclaimPolicy, volumeBindingMode, allowVolumeExpansion } = object as {
      readonly provisioner?: string;
      readonly reclaimPolicy?: string;
      readonly volumeBindingMode?: string;
      readonly allowVolumeExpansion?: boolean;
    };
    const { name, annotations = {} } = object.metadata;
    const marks = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];
    return [
      marks.some((mark) => annotations[mark] === 'true') ? `${name} (default)` : name,
      provisioner ?? '',
      reclaimPolicy ?? 'Delete',
      volumeBindingMode ?? 'Immediate',
      allowVolumeExpansion ?? false,
      objectAge(object, context),
    ];
  },
};

/** VolumeAttributesClasses. */
export const volumeAttributesClassPrinter: Printer = {
  columns: [nameColumn, column('DriverName'), ageColumn],
  cells: (object, context) => [
    object.metadata.name,
    (object as { readonly driverName?: string }).driverName ?? '',
    objectAge(object, context),
  ],
};

/** VolumeAttachments. */
export const volumeAttachmentPrinter: Printer = {
  columns: [
    nameColumn,
    column('Attacher', { format: 'name' }),
    column('PV'),
    column('Node'),
    flag('Attached'),
    ageColumn,
  ],
  cells(object, context) {
    const { spec = {}, status = {} } = object as {
      readonly spec?: {
        readonly attacher?: string;
        readonly nodeName?: string;
        readonly source?: { readonly persistentVolumeName?: string };
      };
      readonly status?: { readonly attached?: boolean };
    };
    return [
      object.metadata.name,
      spec.attacher ?? '',
      spec.source?.persistentVolumeName ?? '',
      spec.nodeName ?? '',
      status.attached ?? false,
      objectAge(object, context),
    ];
  },
};

/** CSIDrivers. */
export const csiDriverPrinter: Printer = {
  columns: [
    nameColumn,
    flag('AttachRequired'),
    flag('PodInfoOnMount'),
    flag('StorageCapacity'),
    column('TokenRequests'),
    flag('RequiresRepublish'),
    column('Modes'),
    ageColumn,
  ],
  cells(object, context) {
    const { spec = {} } = object as {
      readonly spec?: {
        readonly attachRequired?: boolean;
        readonly podInfoOnMount?: boolean;
        readonly storageCapacity?: boolean;
        readonly requiresRepublish?: boolean;
        readonly tokenRequests?: readonly { readonly audience: string }[];
        readonly volumeLifecycleModes?: readonly string[];
      };
    };
    return [
      object.metadata.name,
      spec.attachRequired ?? true,
      spec.podInfoOnMount ?? false,
      spec.storageCapacity ?? false,
      spec.tokenRequests?.map(({ audience }) => audience).join(',') ?? '<unset>',
      spec.requiresRepublish ?? false,
      spec.volumeLifecycleModes?.join(',') ?? '<none>',
      objectAge(object, context),
    ];
  },
};

/** CSINodes. */
export const csiNodePrinter: Printer = {
  columns: [nameColumn, column('Drivers', { type: 'integer' }), ageColumn],
  cells(object, context) {
    const { spec = {} } = object as { readonly spec?: { readonly drivers?: readonly unknown[] | null } };
    return [object.metadata.name, spec.drivers?.length ?? 0, objectAge(object, context)];
  },
};
