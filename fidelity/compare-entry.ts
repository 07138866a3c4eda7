// One recording from its files to its row: replays it under one seed after the other, until no difference is left that is
// not known.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, findingsOf } from './compare.ts';
import { clusterOf } from './recorded-cluster.ts';
import { readRecording } from './recording.ts';
import { replay } from './replay.ts';
import type { Expectations } from './expectations.ts';
import type { Entry } from './recipe.ts';
import type { Replay } from './replay.ts';
import type { Row } from './report.ts';

/** What is compared, and how far to go. */
export interface EntryOptions {
  readonly entry: Entry;
  /** The folder of recordings, with the manifests in `recipes`. */
  readonly folder: string;
  readonly expectations: Expectations;
  /** Seeds from 1 to this one are tried. */
  readonly seedsMax: number;
}

/**
 * Races go one way under one seed and another way under the next, and one recording shows only one way: a difference
 * counts when all seeds show it. Guaranteed orders must hold under two seeds at least.
 */
export async function compareEntry({ entry, folder, expectations, seedsMax }: EntryOptions): Promise<Row> {
  const { recipe, recordingFile } = entry;
  const recorded = readRecording(recipe.name, readFileSync(recordingFile, 'utf8'));
  const { nodes, kinds } = clusterOf(recorded);
  const replays: Replay[] = [];
  for (;;) {
    const seed = replays.length + 1;
    replays.push(await replay({ recipe, manifests: join(folder, 'recipes'), seed, nodes, kinds }));
    if (seed < Math.min(2, seedsMax)) continue;
    const comparison = compare(recorded, replays);
    const judged = expectations.judge(recipe.name, findingsOf(comparison));
    if (judged.unexpected.length > 0 && seed < seedsMax) continue;
    return { comparison, judged, seeds: seed, problems: replays.flatMap(({ problems }) => problems) };
  }
}
