import { expect, test } from 'vitest';
import { imageIdOf, isImageReference, normalizedImage, pullFailureOf } from '../../../src/simulator/kubelet/image.ts';

test.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.24', 'docker.io/library/nginx:1.24'],
  ['cvallance/mongo-k8s-sidecar', 'docker.io/cvallance/mongo-k8s-sidecar:latest'],
  ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
  ['localhost:5000/app', 'localhost:5000/app:latest'],
  ['nginx@sha256:abc', 'docker.io/library/nginx@sha256:abc'],
])('the runtime calls %s %s', (image, name) => {
  expect(normalizedImage(image)).toBe(name);
});

test('only registries under .invalid cannot be reached', () => {
  expect(pullFailureOf('example.invalid/web:1')).toContain('lookup example.invalid: no such host');
  expect(pullFailureOf('example.invalid:5000/web:1')).toContain('lookup example.invalid');
  expect(pullFailureOf('invalid/web:1')).toBeUndefined();
  expect(pullFailureOf('nginx:1.24')).toBeUndefined();
});

test('an image has the same digest under its short and its full name, and another than other images', () => {
  expect(imageIdOf('nginx')).toBe(imageIdOf('docker.io/library/nginx:latest'));
  expect(imageIdOf('nginx')).not.toBe(imageIdOf('nginx:1.24'));
  expect(imageIdOf('nginx')).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test.each(['nginx', 'a/b:1.2-x_y', 'h.io:5000/a/b@sha256:00'])('%s is a reference', (image) => {
  expect(isImageReference(image)).toBe(true);
});

test.each(['Nginx', 'a b', ':1', ''])('%j is no reference', (image) => {
  expect(isImageReference(image)).toBe(false);
});
