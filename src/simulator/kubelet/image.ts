// Images: what a runtime calls them, which of them can be pulled, and the digest that stands for their content.

import { digestOf } from './digest.ts';

/** The runtime's full name of an image: `nginx:1.24` is `docker.io/library/nginx:1.24`, no tag means `latest`. */
export function normalizedImage(image: string): string {
  const slash = image.indexOf('/');
  const host = slash < 0 ? '' : image.slice(0, slash);
  const hasRegistry = host.includes('.') || host.includes(':') || host === 'localhost';
  const full = hasRegistry ? image : slash < 0 ? `docker.io/library/${image}` : `docker.io/${image}`;
  const last = full.slice(full.lastIndexOf('/') + 1);
  return last.includes(':') || last.includes('@') ? full : `${full}:latest`;
}

/** The image's content as containerd reports it: the same for the same name, on every node and in every run. */
export function imageIdOf(image: string): string {
  return `sha256:${digestOf(normalizedImage(image))}`;
}

/** Bytes of an image, as the Pulled event tells them; made up from the name, between 20 and 220 MB. */
export function imageSizeOf(image: string): number {
  return 20_000_000 + (Number.parseInt(digestOf(normalizedImage(image)).slice(0, 7), 16) % 200_000_000);
}

/** Why an image cannot be pulled; undefined when it can. Registries under `.invalid` never resolve (RFC 2606). */
export function pullFailureOf(image: string): string | undefined {
  const name = normalizedImage(image);
  const host = name.slice(0, name.indexOf('/'));
  const bare = host.split(':')[0] ?? host;
  if (!bare.endsWith('.invalid')) return undefined;
  return (
    `failed to pull and unpack image "${name}": failed to resolve reference "${name}": failed to do request: ` +
    `Head "https://${host}/v2/": dial tcp: lookup ${bare}: no such host`
  );
}

/** A reference that no runtime would accept (POD-IMG-04). */
export function isImageReference(image: string): boolean {
  return /^[a-z0-9]+([._:/@-]+[A-Za-z0-9_]+)*$/.test(image);
}
