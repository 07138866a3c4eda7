import { describe, expect, test } from 'vitest';
import { kinds } from '../../../src/kubernetes/kinds.ts';
import { customPrinter } from '../../../src/kubernetes/table/custom-resource.ts';
import { printerOf } from '../../../src/kubernetes/table/printers.ts';
import { makeTable } from '../../../src/kubernetes/table/table.ts';
import type { KindKey } from '../../../src/kubernetes/kind.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';

const context = { now: '2026-01-01T00:01:00Z' };
const metadata = { name: 'x', uid: 'u', resourceVersion: '7', creationTimestamp: '2026-01-01T00:00:00Z' };

function cells(kind: string, rest: object): readonly unknown[] {
  const object = { apiVersion: 'v1', kind: 'Any', metadata, ...rest } as unknown as KubernetesObject;
  return printerOf(kind as KindKey).cells(object, context);
}

describe('printers', () => {
  test.each(kinds.map(({ key }) => key))('%s has a cell for each column, even of an empty object', (key) => {
    const shown = cells(key, {});

    expect(shown).toHaveLength(printerOf(key).columns.length);
    expect(shown).not.toContain(undefined);
  });

  test('a service shows node ports and what balances it', () => {
    const ports = [{ port: 80, nodePort: 30_001, protocol: 'TCP' }];
    const spec = { type: 'LoadBalancer', clusterIPs: ['10.96.0.9'], ports, selector: { b: '2', a: '1' } };

    expect(cells('service', { spec })).toEqual([
      'x',
      'LoadBalancer',
      '10.96.0.9',
      '<pending>',
      '80:30001/TCP',
      '60s',
      'a=1,b=2',
    ]);
  });

  test('a claim shows size and modes when it has a volume, and not before', () => {
    const status = { phase: 'Bound', capacity: { storage: '1Gi' }, accessModes: ['ReadWriteMany', 'ReadWriteOnce'] };
    const spec = { storageClassName: 'standard', volumeMode: 'Filesystem' };

    expect(cells('persistentvolumeclaim', { spec: { ...spec, volumeName: 'v' }, status }).slice(1, 6)).toEqual([
      'Bound',
      'v',
      '1Gi',
      'RWO,RWX',
      'standard',
    ]);
    expect(cells('persistentvolumeclaim', { spec, status }).slice(2, 5)).toEqual(['', '', '']);
  });

  test('a node that is silent and cordoned shows both', () => {
    const status = { conditions: [{ type: 'Ready', status: 'Unknown' }] };

    expect(cells('node', { spec: { unschedulable: true }, status })[1]).toBe('NotReady,SchedulingDisabled');
    expect(cells('node', {})[1]).toBe('Unknown');
  });

  test('more than three endpoints are counted', () => {
    const addresses = ['1', '2', '3', '4', '5'].map((ip) => ({ ip }));

    expect(cells('endpoints', { subsets: [{ addresses, ports: [{ port: 80 }] }] })[1]).toBe(
      '1:80,2:80,3:80 + 2 more...',
    );
    expect(cells('endpoints', {})[1]).toBe('<none>');
  });

  test('a selector with expressions is written in kubectl’s grammar', () => {
    const selector = {
      matchLabels: { b: '1' },
      matchExpressions: [
        { key: 'a', operator: 'In', values: ['y', 'x'] },
        { key: 'c', operator: 'DoesNotExist' },
      ],
    };

    expect(cells('replicaset.apps', { spec: { selector } }).at(-1)).toBe('a in (x,y),b=1,!c');
  });

  test('a custom kind shows the columns that its definition asks for', () => {
    const additionalPrinterColumns = [
      { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
      { name: 'Since', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ];
    const definition = {
      spec: { versions: [{ name: 'v1', additionalPrinterColumns }] },
    } as unknown as KubernetesObject;
    const printer = customPrinter(definition, 'v1');

    expect(printer.cells({ apiVersion: 'a/v1', kind: 'A', metadata, spec: { size: 3 } }, context)).toEqual([
      'x',
      3,
      '60s',
    ]);
  });

  test('rows carry metadata, the object, or nothing', () => {
    const object: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    const table = (rowObject: 'None' | 'Metadata' | 'Object'): unknown => {
      const printer = printerOf('configmap' as KindKey);
      const made = makeTable({ objects: [object], metadata: {}, printer, rowObject, columns: false }, context);
      return (made['rows'] as readonly { readonly object: unknown }[])[0]?.object;
    };

    expect(table('None')).toBeNull();
    expect(table('Metadata')).toMatchObject({ kind: 'PartialObjectMetadata', metadata });
    expect(table('Object')).toBe(object);
  });
});
