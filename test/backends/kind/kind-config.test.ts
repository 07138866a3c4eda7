import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { kindConfig } from '../../../src/backends/kind/kind-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'setpiece-kind-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe('the config that kind is given', () => {
  test('has as many workers as were asked for, beside the control plane', () => {
    const roles = (nodes?: number): unknown =>
      (parse(kindConfig(nodes === undefined ? {} : { nodes })) as { readonly nodes: unknown }).nodes;

    expect(roles()).toEqual([{ role: 'control-plane' }, { role: 'worker' }]);
    expect(roles(3)).toHaveLength(4);
  });

  test("is the user's own, letter by letter", () => {
    const text = '# mine\nkind: Cluster\n';

    expect(kindConfig({ config: file('mine.yaml', text), nodes: 5 })).toBe(text);
  });

  test.each([
    ['that is missing', () => join(folder, 'none'), 'there is no such file'],
    ['that is a folder', () => folder, 'it is a folder'],
    ['that is binary', () => file('b', Buffer.from([1, 0, 2])), 'it is binary'],
    ['that is huge', () => file('h', Buffer.alloc(2 * 1024 * 1024, 'x')), 'are no kind config'],
  ])('cannot be a file %s', (_, path, message) => {
    expect(() => kindConfig({ config: path() })).toThrow(message);
  });
});
