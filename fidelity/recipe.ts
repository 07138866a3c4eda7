// A recipe: what was done while a recording was made, as steps of command lines.

import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { RecordingError } from './recording.ts';

/** One thing of a step: a command line, a shell condition that is awaited, or a wait. */
export type Action =
  | { readonly kind: 'command'; readonly run: string }
  | { readonly kind: 'until'; readonly condition: string; readonly limitMs: number }
  | { readonly kind: 'wait'; readonly ms: number };

/** A named group of actions. */
export interface Step {
  readonly name: string;
  readonly actions: readonly Action[];
}

/** One recipe. It runs in the namespace that bears its name. */
export interface Recipe {
  readonly name: string;
  readonly about: string;
  readonly steps: readonly Step[];
}

/** A recipe of a folder, and its recording's file. */
export interface Entry {
  readonly recipe: Recipe;
  readonly recordingFile: string;
}

/** The recipes of a folder that have a recording beside them, by name. */
export function readFolder(folder: string): readonly Entry[] {
  const recipes = join(folder, 'recipes');
  if (!existsSync(recipes)) throw new RecordingError(`${folder} holds no recordings: there is no folder recipes in it`);
  const names = readdirSync(recipes).filter((file) => file.endsWith('.json'));
  return names.sort().flatMap((file) => {
    const recipe = readRecipe(readFileSync(join(recipes, file), 'utf8'), file);
    const recordingFile = join(folder, `${recipe.name}.jsonl`);
    return existsSync(recordingFile) ? [{ recipe, recordingFile }] : [];
  });
}

const limitDefaultSeconds = 150;

/** Reads a recipe; `file` is only for messages. */
export function readRecipe(text: string, file: string): Recipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RecordingError(`${file}: expected a recipe in JSON: ${(error as Error).message}`);
  }
  const { name, about = '', steps } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string' || !Array.isArray(steps)) {
    throw new RecordingError(`${file}: a recipe has a \`name\` and \`steps\``);
  }
  return { name, about: String(about), steps: steps.map((step) => readStep(step as RawStep, file)) };
}

interface RawStep {
  readonly name?: string;
  readonly run?: readonly unknown[];
}

function readStep({ name = '', run = [] }: RawStep, file: string): Step {
  return { name, actions: run.map((action) => readAction(action, file)) };
}

function readAction(action: unknown, file: string): Action {
  if (typeof action === 'string') return { kind: 'command', run: action };
  const { until, wait, for: limit = limitDefaultSeconds } = (action ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof until === 'string') return { kind: 'until', condition: until, limitMs: Number(limit) * 1000 };
  if (typeof wait === 'number') return { kind: 'wait', ms: wait };
  throw new RecordingError(
    `${file}: expected a command line, {until, for} or {wait}; found ${JSON.stringify(action)?.slice(0, 60)}`,
  );
}
