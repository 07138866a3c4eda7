// The learner's files in the page and on disk, side by side: what is written here is saved, what somebody else writes is shown, and
// where both wrote, the learner chooses.

import type { LearnerFile } from '../wire.ts';
import type { PageServer } from './server.ts';

/** Milliseconds without a key after which a text is saved. */
const restMs = 400;
/** Milliseconds between looks at the disk. */
const lookMs = 1000;

/** How a file stands. */
export type FileState =
  | { readonly kind: 'saved' | 'unsaved' }
  /** The disk has another text than the one that was edited. */
  | { readonly kind: 'conflict'; readonly disk: LearnerFile }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What the files are shown in. */
export interface FilesOwner {
  textOf(path: string): string;
  /** The disk has another text. */
  replace(path: string, text: string): void;
  onState(path: string, state: FileState): void;
  onError(error: unknown): void;
}

/** The files of one exercise. */
export class AnswerFiles {
  readonly #id: string;
  readonly #server: PageServer;
  readonly #owner: FilesOwner;
  /** What is on disk, as far as is known. */
  readonly #disk = new Map<string, LearnerFile>();
  readonly #states = new Map<string, FileState>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Requests go one after another, so that no answer is older than the one before it. */
  #last: Promise<void> = Promise.resolve();
  #looking: ReturnType<typeof setTimeout> | undefined;
  #silent = false;
  #ended = false;

  constructor(id: string, server: PageServer, owner: FilesOwner) {
    this.#id = id;
    this.#server = server;
    this.#owner = owner;
  }

  /** Begins with what is on disk, and looks at it from now on. */
  begin(files: readonly LearnerFile[]): void {
    for (const file of files) this.#take(file);
    this.#lookLater();
  }

  get unsaved(): boolean {
    return [...this.#states.values()].some(({ kind }) => kind === 'unsaved' || kind === 'conflict');
  }

  /** The text was edited. */
  edited(path: string): void {
    if (this.#states.get(path)?.kind === 'conflict') return;
    this.#set(path, { kind: 'unsaved' });
    clearTimeout(this.#timers.get(path));
    this.#timers.set(
      path,
      setTimeout(() => void this.#run(() => this.#save(path)), restMs),
    );
  }

  /** Saves what is not saved; resolves to whether everything is on disk. */
  async flush(): Promise<boolean> {
    // Whoever asks wants to be told again.
    this.#silent = false;
    for (const [path, { kind }] of this.#states) {
      if (kind !== 'unsaved') continue;
      clearTimeout(this.#timers.get(path));
      void this.#run(() => this.#save(path));
    }
    await this.#last;
    return !this.unsaved;
  }

  /** Ends a conflict, or writes a file again that is gone. */
  resolve(path: string, keep: 'mine' | 'disk'): void {
    const state = this.#states.get(path);
    if (keep === 'mine') void this.#run(() => this.#save(path, { over: true }));
    else if (state?.kind === 'conflict') {
      this.#disk.set(path, state.disk);
      this.#owner.replace(path, state.disk.text);
      this.#set(path, { kind: 'saved' });
    }
  }

  /** Puts the handed-out texts back. */
  async startOver(): Promise<void> {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const path of this.#disk.keys()) {
      await this.#run(async () => {
        const { file } = await this.#server.write(this.#id, { path, start: true });
        this.#disk.set(path, file);
        this.#owner.replace(path, file.text);
        this.#set(path, { kind: 'saved' });
      });
    }
  }

  dispose(): void {
    void this.flush();
    this.#ended = true;
    clearTimeout(this.#looking);
  }

  async #save(path: string, { over = false } = {}): Promise<void> {
    const text = this.#owner.textOf(path);
    const base = this.#disk.get(path)?.version;
    const written = await this.#server.write(this.#id, { path, text, ...(over || base === undefined ? {} : { base }) });
    if (written.kind === 'conflict') {
      this.#set(path, { kind: 'conflict', disk: written.file });
      return;
    }
    this.#disk.set(path, written.file);
    // Somebody went on writing while it was saved.
    if (this.#owner.textOf(path) === text) this.#set(path, { kind: 'saved' });
  }

  async #look(): Promise<void> {
    for (const file of (await this.#server.files(this.#id)).files) this.#take(file);
  }

  #take(file: LearnerFile): void {
    const { path, text, version, trouble } = file;
    const known = this.#disk.get(path);
    const state = this.#states.get(path)?.kind ?? 'saved';
    if (trouble !== undefined) {
      this.#disk.set(path, file);
      if (state === 'saved' || state === 'unreadable') this.#set(path, { kind: 'unreadable', reason: trouble });
    } else if (version !== known?.version || state === 'unreadable') {
      const isOther = known !== undefined && this.#owner.textOf(path) !== text;
      if (isOther && (state === 'unsaved' || state === 'conflict')) this.#set(path, { kind: 'conflict', disk: file });
      else {
        this.#disk.set(path, file);
        this.#owner.replace(path, text);
        this.#set(path, { kind: 'saved' });
      }
    }
  }

  #set(path: string, state: FileState): void {
    this.#states.set(path, state);
    this.#owner.onState(path, state);
  }

  #lookLater(): void {
    if (this.#ended) return;
    this.#looking = setTimeout(() => {
      const looked = document.visibilityState === 'visible' ? this.#run(() => this.#look()) : Promise.resolve();
      void looked.then(() => this.#lookLater());
    }, lookMs);
  }

  #run(work: () => Promise<void>): Promise<void> {
    this.#last = this.#after(this.#last, work);
    return this.#last;
  }

  async #after(before: Promise<void>, work: () => Promise<void>): Promise<void> {
    await before;
    try {
      await work();
      this.#silent = false;
    } catch (error) {
      // A server that is gone is told once, not every second.
      if (!this.#silent) this.#owner.onError(error);
      this.#silent = true;
    }
  }
}
