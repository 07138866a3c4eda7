import { describe, expect, test } from 'vitest';
import { readProtobuf } from '../../../src/simulator/http/protobuf.ts';

/** A field that holds bytes. */
function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

function number(field: number, value: number): Buffer {
  return Buffer.from([field << 3, value]);
}

/** Field numbers from 16 on take two bytes. */
function managedFields(entry: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x8a, 0x01, entry.length]), entry]);
}

function body(kind: string, apiVersion: string, ...fields: readonly Buffer[]): Buffer {
  const type = Buffer.concat([field(1, apiVersion), field(2, kind)]);
  return Buffer.concat([Buffer.from('k8s\0'), field(1, type), field(2, Buffer.concat(fields))]);
}

describe('the protobuf of an object', () => {
  test('is read into the JSON of the same object', () => {
    const labels = field(11, Buffer.concat([field(1, 'app'), field(2, 'web')]));
    const metadata = field(1, Buffer.concat([field(1, 'cm'), field(4, ''), field(8, ''), labels]));
    const data = field(2, Buffer.concat([field(1, 'a'), field(2, 'b')]));

    expect(readProtobuf(body('ConfigMap', 'v1', metadata, data))).toEqual({
      ok: true,
      value: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: { name: 'cm', labels: { app: 'web' } },
        data: { a: 'b' },
      },
    });
  });

  test('tells zeroes that were chosen from those that Go writes anyway', () => {
    // replicas is a pointer in Go; minReadySeconds and paused are not.
    const spec = field(2, Buffer.concat([number(1, 0), number(5, 0), number(7, 0)]));

    const read = readProtobuf(body('Deployment', 'apps/v1', spec));

    expect(read).toEqual({ ok: true, value: { kind: 'Deployment', apiVersion: 'apps/v1', spec: { replicas: 0 } } });
  });

  test('with a field that is not known is refused rather than stored without it', () => {
    expect(readProtobuf(body('ConfigMap', 'v1', field(9, 'x')))).toEqual({
      ok: false,
      message: 'field 9 of core.ConfigMap is not known in protobuf: send JSON',
    });
  });

  test('with members that stand in the JSON of their parent', () => {
    const emptyDir = field(2, field(2, ''));
    const volume = field(1, Buffer.concat([field(1, 'data'), emptyDir]));

    expect(readProtobuf(body('Pod', 'v1', field(2, volume)))).toEqual({
      ok: true,
      value: { kind: 'Pod', apiVersion: 'v1', spec: { volumes: [{ name: 'data', emptyDir: {} }] } },
    });
  });

  test('with JSON and moments in it', () => {
    const fields = field(7, field(1, '{"f:data":{}}'));
    const entry = Buffer.concat([field(1, 'kubectl'), field(4, Buffer.from([8, 1])), fields]);
    const metadata = field(1, Buffer.concat([field(1, 'cm'), managedFields(entry)]));

    expect(readProtobuf(body('ConfigMap', 'v1', metadata))).toMatchObject({
      value: {
        metadata: {
          managedFields: [{ manager: 'kubectl', time: '1970-01-01T00:00:01Z', fieldsV1: { 'f:data': {} } }],
        },
      },
    });
  });

  test.each([
    ['autoscaling/v1', [number(4, 50)], { targetCPUUtilizationPercentage: 50 }],
    ['autoscaling/v2', [field(4, field(1, 'Resource'))], { metrics: [{ type: 'Resource' }] }],
  ])('of one kind in version %s by the fields of that version', (apiVersion, fields, spec) => {
    const read = readProtobuf(body('HorizontalPodAutoscaler', apiVersion, field(2, Buffer.concat([...fields]))));

    expect(read).toMatchObject({ value: { spec } });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['JSON', Buffer.from('{}')],
    ['a field that ends early', Buffer.from('k8s\0\n\x20abc')],
    ['a number without end', Buffer.from([...Buffer.from('k8s\0'), 8, 0xff, 0xff])],
    ['of no kind', body('Nothing', 'v1')],
    ['of a version that is not served', body('Deployment', 'apps/v1beta1')],
    ['of a kind that would be a part of the table', body('ConfigMap 1:metadata:meta.ObjectMeta', 'v1')],
  ])('is refused when it is %s', (_what, bytes) => {
    expect(readProtobuf(bytes).ok).toBe(false);
  });
});
