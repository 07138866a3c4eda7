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
    const spec = field(2, Buffer.concat([number(1, 0), number(5, 0), number(7, 0)]));

    const read = readProtobuf(body('Deployment', 'apps/v1', spec));

    expect(read).toEqual({ ok: true, value: { kind: 'Deployment', apiVersion: 'apps/v1', spec: { replicas: 0 } } });
  });

  test('with a field that is not known is refused rather than stored without it', () => {
    expect(readProtobuf(body('ConfigMap', 'v1', field(9, 'x')))).toEqual({
      ok: false,
      message: 'field 9 of ConfigMap is not read from protobuf here: send JSON',
    });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['JSON', Buffer.from('{}')],
    ['a field that ends early', Buffer.from('k8s\0\n\x20abc')],
    ['a number without end', Buffer.from([...Buffer.from('k8s\0'), 8, 0xff, 0xff])],
    ['another kind', body('Pod', 'v1')],
  ])('is refused when it is %s', (_what, bytes) => {
    expect(readProtobuf(bytes).ok).toBe(false);
  });
});
