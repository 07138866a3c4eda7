// Where data lives that outlasts a container: the directories of each node, and volumes that belong to no node.

import { FileTree } from './files.ts';

/** The disks of a cluster. */
export class Disks {
  readonly #nodes = new Map<string, FileTree>();
  readonly #volumes = new Map<string, FileTree>();

  /** The file system of a node. */
  node(name: string): FileTree {
    return treeIn(this.#nodes, name);
  }

  /** The content of a volume that is not a directory of a node, by the uid of its PersistentVolume. */
  volume(uid: string): FileTree {
    return treeIn(this.#volumes, uid);
  }
}

function treeIn(trees: Map<string, FileTree>, name: string): FileTree {
  let tree = trees.get(name);
  if (tree === undefined) trees.set(name, (tree = new FileTree()));
  return tree;
}
