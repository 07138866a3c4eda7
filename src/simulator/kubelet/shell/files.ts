// The files of a container or of a volume.

/** Why a file cannot be changed, in the words of the C library. */
export type FileError =
  | 'No such file or directory'
  | 'Is a directory'
  | 'Not a directory'
  | 'Read-only file system'
  | 'File exists'
  | 'Directory not empty';

/** Files by absolute, normalised path. */
export interface Files {
  /** The text of a file; undefined when there is none, or a directory. */
  read(path: string): string | undefined;
  isDirectory(path: string): boolean;
  /** Names in a directory, sorted; undefined when it is none. */
  list(path: string): readonly string[] | undefined;
  write(path: string, text: string): FileError | undefined;
  makeDirectory(path: string): FileError | undefined;
  /** Makes a symbolic link; what it leads to need not be there. */
  link(path: string, target: string): FileError | undefined;
  /** Removes a file, or a directory with what is in it. */
  remove(path: string): FileError | undefined;
}

/**
 * A tree of files in memory. Without `open`, files can be written only into directories that exist; an open tree stands for an
 * image, whose directories are not known: everything can be written to.
 */
export class FileTree implements Files {
  readonly #files = new Map<string, string>();
  readonly #links = new Map<string, string>();
  readonly #directories = new Set<string>(['/']);
  readonly #open: boolean;
  readonly #listeners = new Set<() => void>();

  constructor({ open = false }: { readonly open?: boolean } = {}) {
    this.#open = open;
  }

  /** Told after every change. The answer unsubscribes. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  read(path: string): string | undefined {
    return this.#files.get(followed(path, (each) => this.#links.get(each)));
  }

  /** Where a symbolic link leads, as it was written. */
  linkAt(path: string): string | undefined {
    return this.#links.get(path);
  }

  isDirectory(path: string): boolean {
    return this.#directories.has(path);
  }

  list(path: string): readonly string[] | undefined {
    if (!this.#directories.has(path)) return undefined;
    const prefix = path === '/' ? '/' : `${path}/`;
    const names = [...this.#files.keys(), ...this.#links.keys(), ...this.#directories].filter(
      (each) => each.startsWith(prefix) && each !== prefix && !each.slice(prefix.length).includes('/'),
    );
    return names.map((each) => each.slice(prefix.length)).sort();
  }

  write(linked: string, text: string): FileError | undefined {
    const path = followed(linked, (each) => this.#links.get(each));
    if (this.#directories.has(path)) return 'Is a directory';
    const error = this.#enter(path);
    if (error !== undefined) return error;
    if (this.#files.get(path) === text) return undefined;
    this.#files.set(path, text);
    this.#tell();
    return undefined;
  }

  makeDirectory(path: string): FileError | undefined {
    return this.#make(path, () => this.#directories.add(path));
  }

  link(path: string, target: string): FileError | undefined {
    return this.#make(path, () => this.#links.set(path, target));
  }

  remove(path: string): FileError | undefined {
    if (!this.#links.delete(path) && !this.#files.delete(path)) {
      if (!this.#directories.has(path)) return 'No such file or directory';
      for (const each of this.#files.keys()) if (each.startsWith(`${path}/`)) this.#files.delete(each);
      for (const each of this.#links.keys()) if (each.startsWith(`${path}/`)) this.#links.delete(each);
      for (const each of this.#directories) if (each.startsWith(`${path}/`)) this.#directories.delete(each);
      this.#directories.delete(path);
    }
    this.#tell();
    return undefined;
  }

  /** Makes what must not be there yet. */
  #make(path: string, make: () => void): FileError | undefined {
    if (this.#directories.has(path) || this.#files.has(path) || this.#links.has(path)) return 'File exists';
    const error = this.#enter(path);
    if (error !== undefined) return error;
    make();
    this.#tell();
    return undefined;
  }

  /** Whether there is a directory for a path; an open tree makes it. */
  #enter(path: string): FileError | undefined {
    const parent = parentOf(path);
    if (this.#directories.has(parent)) return undefined;
    if (this.#files.has(parent)) return 'Not a directory';
    if (!this.#open) return 'No such file or directory';
    for (let each = parent; !this.#directories.has(each); each = parentOf(each)) this.#directories.add(each);
    return undefined;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const linksMax = 8;

/** The path at the end of a chain of links; a chain without end leads nowhere. */
export function followed(path: string, linkAt: (path: string) => string | undefined): string {
  let at = path;
  for (let links = 0; links < linksMax; links++) {
    const target = linkAt(at);
    if (target === undefined) return at;
    at = target.startsWith('/') ? target : `${parentOf(at) === '/' ? '' : parentOf(at)}/${target}`;
  }
  return '';
}

/** The directory that holds a path. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}
