// A container's files: its image, with volumes over some directories.

import { followed } from './files.ts';
import type { FileError, Files, FileTree } from './files.ts';

/** A directory of a container that is another tree's. */
export interface Mount {
  /** Where it stands in the container, without a slash at the end. */
  readonly path: string;
  readonly tree: FileTree;
  /** The directory of the tree, `/` or without a slash at the end. */
  readonly base: string;
  readonly readOnly: boolean;
}

interface Place {
  readonly tree: FileTree;
  readonly path: string;
  readonly readOnly: boolean;
}

/** The files of one run of a container. */
export class MountedFiles implements Files {
  readonly #root: FileTree;
  /** Longest path first: a mount may stand in another one. */
  readonly #mounts: readonly Mount[];

  constructor(root: FileTree, mounts: readonly Mount[]) {
    this.#root = root;
    this.#mounts = [...mounts].sort((a, b) => b.path.length - a.path.length);
    for (const { tree, base } of mounts) makeDirectories(tree, base);
  }

  /** Told after every change of the image's layer or of a mounted volume, by whomever. The answer unsubscribes. */
  onChange(listener: () => void): () => void {
    const trees = new Set([this.#root, ...this.#mounts.map(({ tree }) => tree)]);
    const stops = Array.from(trees, (tree) => tree.onChange(listener));
    return () => {
      for (const stop of stops) stop();
    };
  }

  read(path: string): string | undefined {
    const place = this.#placeOf(this.#followed(path));
    return place.tree.read(place.path);
  }

  isDirectory(path: string): boolean {
    const place = this.#placeOf(path);
    return place.tree.isDirectory(place.path) || this.#mountsIn(path).length > 0;
  }

  list(path: string): readonly string[] | undefined {
    const place = this.#placeOf(path);
    const names = place.tree.list(place.path);
    const mounted = this.#mountsIn(path);
    if (names === undefined && mounted.length === 0) return undefined;
    return [...new Set([...(names ?? []), ...mounted])].sort();
  }

  write(path: string, text: string): FileError | undefined {
    const place = this.#placeOf(this.#followed(path));
    return place.readOnly ? 'Read-only file system' : place.tree.write(place.path, text);
  }

  makeDirectory(path: string): FileError | undefined {
    const place = this.#placeOf(path);
    return place.readOnly ? 'Read-only file system' : place.tree.makeDirectory(place.path);
  }

  link(path: string, target: string): FileError | undefined {
    const place = this.#placeOf(path);
    return place.readOnly ? 'Read-only file system' : place.tree.link(place.path, target);
  }

  remove(path: string): FileError | undefined {
    const place = this.#placeOf(path);
    return place.readOnly ? 'Read-only file system' : place.tree.remove(place.path);
  }

  /** Links lead through the container's own tree of names, whatever volume they lie in. */
  #followed(path: string): string {
    return followed(path, (each) => {
      const place = this.#placeOf(each);
      return place.tree.linkAt(place.path);
    });
  }

  #placeOf(path: string): Place {
    const mount = this.#mounts.find((each) => path === each.path || path.startsWith(`${each.path}/`));
    if (mount === undefined) return { tree: this.#root, path, readOnly: false };
    const inside = path.slice(mount.path.length);
    const under = mount.base === '/' ? inside || '/' : `${mount.base}${inside}`;
    return { tree: mount.tree, path: under, readOnly: mount.readOnly };
  }

  /** Names in a directory that lead to mounts. */
  #mountsIn(path: string): readonly string[] {
    const prefix = path === '/' ? '/' : `${path}/`;
    return this.#mounts
      .filter((mount) => mount.path.startsWith(prefix))
      .map((mount) => mount.path.slice(prefix.length).split('/')[0] ?? '');
  }
}

function makeDirectories(tree: FileTree, path: string): void {
  let made = '';
  for (const part of path.split('/').slice(1)) {
    if (part === '') return;
    made += `/${part}`;
    tree.makeDirectory(made);
  }
}
