// A Markdown lesson from a scenario: the scenario must pass, every step must be sayable, and what the lesson shows is what
// kubectl prints when the lesson is run.

import { checkLesson } from '../check/check-lesson.ts';
import { fillOutputs } from '../check/fill-outputs.ts';
import { readLesson } from '../markdown/read-lesson.ts';
import { composeLesson } from './compose-lesson.ts';
import { lanesOf } from './lanes.ts';
import { rehearse } from './rehearse.ts';
import { timelineSvg } from './timeline-svg.ts';
import type { LoadedScenario } from '../../runner/load-file.ts';
import type { CheckLessonOptions } from '../check/check-lesson.ts';

/** What is asked for. */
export interface LessonFromOptions {
  readonly seed: number;
  readonly open: CheckLessonOptions['open'];
  /** What the picture's link says, given the picture; the caller writes it there. */
  readonly pictureLink: (svg: string) => string;
}

/** A lesson and its picture, or why there is none. */
export type LessonFrom =
  | { readonly kind: 'lesson'; readonly markdown: string; readonly svg: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'unsayable'; readonly reasons: readonly string[] };

/** Writes a lesson. Rejects with `BackendError` when the machine fails us. */
export async function lessonFrom(loaded: LoadedScenario, options: LessonFromOptions): Promise<LessonFrom> {
  const { seed, open, pictureLink } = options;
  const { scenario } = loaded;
  const rehearsal = await rehearse(loaded, { seed });
  const { finished, steps, records } = rehearsal;
  if (finished.outcome !== 'pass') {
    const why = finished.reason === undefined ? '' : ` (${finished.reason})`;
    return {
      kind: 'failed',
      reason: `a lesson must be true, and the scenario came to ${finished.outcome}${why}: ${finished.replay}`,
    };
  }
  const starts = steps.map(({ step, atMs }) => ({ title: step.name, atMs }));
  const svg = timelineSvg(scenario.title, lanesOf(records), starts);
  const composed = composeLesson(loaded, rehearsal, { seed, picture: pictureLink(svg) });
  if (composed.kind === 'unsayable') return composed;
  const read = await readLesson(scenario.file, composed.markdown);
  if (!read.ok)
    throw new Error(`the lesson cannot be read back: ${read.problems.map(({ message }) => message).join('; ')}`);
  const check = await checkLesson(read.lesson, { open });
  return { kind: 'lesson', markdown: fillOutputs(read.lesson, check.results), svg };
}
