// Which node image has which Kubernetes. Digests are those that kind's releases carry as their default
// (pkg/apis/config/defaults/image.go); an image is best run by the release that it was built for, or a later one.

import { BackendError } from '../cluster.ts';

/** What a release of kind starts when nothing is said. */
export interface NodeImage {
  /** `0.32.0`. */
  readonly kind: string;
  /** `1.36.1`. */
  readonly kubernetes: string;
  readonly image: string;
}

/** Newest first. */
export const nodeImages: readonly NodeImage[] = [
  ['0.33.0', '1.37.0', 'a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5'],
  ['0.32.0', '1.36.1', '3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5'],
  ['0.31.0', '1.35.0', '452d707d4862f52530247495d180205e029056831160e22870e37e3f6c1ac31f'],
  ['0.30.0', '1.34.0', '7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a'],
  ['0.29.0', '1.33.1', '050072256b9a903bd914c0b2866828150cb229cea0efe5892e2b644d5dd3b34f'],
].map(([kind = '', kubernetes = '', digest = '']) => ({
  kind,
  kubernetes,
  image: `kindest/node:v${kubernetes}@sha256:${digest}`,
}));

/** The repository of kind's node images. */
export const nodeRepository = 'kindest/node';

/**
 * The image for `v1.36` or `v1.36.2`. An image of the minor that is there already (`present`: `kindest/node:v1.36.2`) goes
 * before one that would have to be pulled, the newest patch first. Throws `BackendError` for what is no version, or one that
 * no image is known for.
 */
export function chooseNodeImage(version: string, present: readonly string[]): string {
  const asked = /^v?(\d+)\.(\d+)(?:\.(\d+))?$/.exec(version);
  if (asked === null) {
    throw new BackendError(`--kubernetes ${version}: wanted a version such as v1.36 or v1.36.2`);
  }
  const [, major = '', minor = '', patch] = asked;
  if (patch !== undefined) return exactImage(`${major}.${minor}.${patch}`, present);
  const patches = present.flatMap((name) => {
    const found = /:v(\d+\.\d+)\.(\d+)$/.exec(name);
    return found?.[1] === `${major}.${minor}` ? [{ name, patch: Number(found[2]) }] : [];
  });
  const newest = patches.sort((a, b) => b.patch - a.patch)[0];
  if (newest !== undefined) return newest.name;
  const known = nodeImages.find(({ kubernetes }) => kubernetes.startsWith(`${major}.${minor}.`));
  if (known !== undefined) return known.image;
  const minors = nodeImages.map(({ kubernetes }) => `v${kubernetes.replace(/\.\d+$/, '')}`).join(', ');
  throw new BackendError(
    `--kubernetes ${version}: no node image is known for it (known: ${minors}); a whole version such as v${major}.${minor}.1 or --node-image IMAGE names one`,
  );
}

function exactImage(version: string, present: readonly string[]): string {
  const tagged = `${nodeRepository}:v${version}`;
  if (present.includes(tagged)) return tagged;
  return nodeImages.find(({ kubernetes }) => kubernetes === version)?.image ?? tagged;
}

/** The image that a release of kind starts by itself; `text` is what `kind version` prints. Undefined for releases not in the table. */
export function defaultNodeImage(text: string): string | undefined {
  const release = /v(\d+\.\d+\.\d+)/.exec(text)?.[1];
  return nodeImages.find(({ kind }) => kind === release)?.image;
}
