// `run --watch`: runs again what a change touches, until it is interrupted.

import { dirname, relative, resolve } from 'node:path';
import { findScenarios } from '../runner/find-scenarios.ts';
import { loadFile } from '../runner/load-file.ts';

/** What is watched, and what is done about it. */
export interface WatchedRun {
  /** As named on the command line. */
  readonly paths: readonly string[];
  /** Runs scenario files. */
  readonly run: (files: readonly string[]) => Promise<void>;
  /** Told before each run after the first: which files changed, and which scenarios they touch. */
  readonly onChange: (changed: readonly string[], files: readonly string[]) => void;
  readonly signal: AbortSignal;
}

/** Editors write a file in several steps; so long nothing more must come, milliseconds. */
const settleMs = 30;

/** Runs all, then what changes touch. Resolves when the signal comes. */
export async function watchFiles({ paths, run, onChange, signal }: WatchedRun): Promise<void> {
  const { watch } = await import('chokidar');
  let uses = await usesOf(paths);
  await run(scenariosOf(uses));
  const watcher = watch(foldersOf(uses, paths), {
    ignoreInitial: true,
    ignored: (path) => /(?:^|[\\/])(?:node_modules|\.git)(?:[\\/]|$)/.test(relative(process.cwd(), path)),
  });
  const changed = new Set<string>();
  let wake: (() => void) | undefined;
  watcher.on('all', (_event, path) => {
    changed.add(resolve(path));
    wake?.();
  });
  signal.addEventListener('abort', () => wake?.());
  while (!signal.aborted) {
    if (changed.size === 0) await new Promise<void>((awake) => (wake = awake));
    if (signal.aborted) break;
    await new Promise((passed) => setTimeout(passed, settleMs));
    const batch = new Set(changed);
    changed.clear();
    // A change can make a scenario, or change which manifests it names.
    const before = uses;
    uses = await usesOf(paths);
    watcher.add(foldersOf(uses, paths));
    const touched = scenariosOf(uses).filter(
      (file) => touches(uses.get(file), batch) || touches(before.get(file), batch),
    );
    if (touched.length === 0) continue;
    onChange(
      [...batch].map((path) => relative(process.cwd(), path)),
      touched,
    );
    await run(touched);
  }
  await watcher.close();
}

/** The files that a scenario is made of, by its own file. */
type Uses = ReadonlyMap<string, ReadonlySet<string>>;

async function usesOf(paths: readonly string[]): Promise<Uses> {
  const found = await findScenarios(paths);
  const uses = new Map<string, ReadonlySet<string>>();
  if (found.kind === 'nothing') return uses;
  for (const file of found.files) {
    const read = loadFile(file);
    // What a broken scenario names is known from its last good state; its own file is what will be mended.
    const manifests = read.kind === 'scenario' ? [...read.loaded.sources.keys()] : [];
    uses.set(file, new Set([file, ...manifests].map((path) => resolve(path))));
  }
  return uses;
}

function scenariosOf(uses: Uses): readonly string[] {
  return [...uses.keys()];
}

function foldersOf(uses: Uses, paths: readonly string[]): string[] {
  const files = [...uses.values()].flatMap((ofScenario) => Array.from(ofScenario, (path) => dirname(path)));
  return [...new Set([...paths.map((path) => resolve(path)), ...files])];
}

function touches(files: ReadonlySet<string> | undefined, changed: ReadonlySet<string>): boolean {
  if (files === undefined) return false;
  for (const path of changed) if (files.has(path)) return true;
  return false;
}
