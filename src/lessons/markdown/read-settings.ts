// What a lesson says of its cluster: `<!-- setpiece: nodes=2 seed=7 default-class=no -->`.

import { sourceLines } from './source-lines.ts';
import type { LessonProblem, LessonSettings } from './lesson.ts';

const comment = /^<!--[ \t]*setpiece:[ \t]*(.*?)[ \t]*-->[ \t]*$/;
const nodesMax = 100;

/** Reads all such comments; later ones win. */
export function readSettings(text: string): {
  readonly settings: LessonSettings;
  readonly problems: readonly LessonProblem[];
} {
  const settings: LessonSettings = {};
  const problems: LessonProblem[] = [];
  for (const [index, { start, end }] of sourceLines(text).entries()) {
    const words = comment.exec(text.slice(start, end))?.[1]?.split(/\s+/) ?? [];
    for (const word of words) {
      const setting = settingOf(word);
      if (setting !== undefined) Object.assign(settings, setting);
      else {
        const message = `wanted nodes=1…${nodesMax}, seed=NUMBER or default-class=yes|no, found \`${word}\``;
        problems.push({ code: 'bad-settings', message, line: index + 1 });
      }
    }
  }
  return { settings, problems };
}

function settingOf(word: string): LessonSettings | undefined {
  const [, key, value = ''] = /^([a-z-]+)=(\w+)$/.exec(word) ?? [];
  const number = /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  if (key === 'nodes' && number !== undefined && number >= 1 && number <= nodesMax) return { nodes: number };
  if (key === 'seed' && number !== undefined) return { seed: number };
  if (key === 'default-class' && (value === 'yes' || value === 'no')) return { defaultClass: value === 'yes' };
  return undefined;
}
