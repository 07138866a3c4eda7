import { describe, expect, test } from 'vitest';
import { chooseNodeImage, defaultNodeImage } from '../../../src/backends/kind/node-images.ts';

describe('node images', () => {
  test('a minor is the image that a release of kind was made with', () => {
    expect(chooseNodeImage('v1.36', [])).toMatch(/^kindest\/node:v1\.36\.1@sha256:3489c767/);
    expect(chooseNodeImage('1.34', [])).toMatch(/^kindest\/node:v1\.34\.0@sha256:/);
  });

  test('an image of the minor that is there goes before one that would be pulled, the newest patch first', () => {
    const present = ['kindest/node:v1.36.2', 'kindest/node:v1.36.10', 'kindest/node:v1.35.9', 'kindest/node:latest'];

    expect(chooseNodeImage('v1.36', present)).toBe('kindest/node:v1.36.10');
  });

  test('a whole version is that version and no other', () => {
    expect(chooseNodeImage('v1.36.2', ['kindest/node:v1.36.3'])).toBe('kindest/node:v1.36.2');
    expect(chooseNodeImage('v1.36.1', [])).toContain('@sha256:');
    expect(chooseNodeImage('v1.36.1', ['kindest/node:v1.36.1'])).toBe('kindest/node:v1.36.1');
  });

  test.each(['', 'latest', 'v1', '1.36.x', 'v1.36; rm -rf /'])('%j is no version', (version) => {
    expect(() => chooseNodeImage(version, [])).toThrow('wanted a version such as v1.36');
  });

  test('a minor that no image is known for is refused with those that are known', () => {
    expect(() => chooseNodeImage('v1.20', [])).toThrow('known: v1.37, v1.36, v1.35, v1.34, v1.33');
  });

  test("kind's own choice is known by its release", () => {
    expect(defaultNodeImage('kind v0.32.0 go1.26.3 linux/amd64\n')).toContain(':v1.36.1@');
    expect(defaultNodeImage('kind v0.99.0 go1.26.3 linux/amd64\n')).toBeUndefined();
  });
});
