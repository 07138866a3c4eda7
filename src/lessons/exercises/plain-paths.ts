// Paths in what a run says: learners know their files by the names that they have, not by where the scenario finds them.

import { posix } from 'node:path';
import { answerFolder } from './plan-answer.ts';
import type { Verdict } from '../../expectations/verdict.ts';
import type { Exercise } from './exercise.ts';

/** Shortens the paths in the texts of verdicts; spans keep theirs. */
export function plainPaths({ file }: Pick<Exercise, 'file'>): (verdict: Verdict) => Verdict {
  const folder = `${posix.dirname(file)}/`;
  const answer = `${posix.join(folder, answerFolder)}/`;
  const plain = (text: string): string => text.replaceAll(answer, '').replaceAll(folder, '');
  return (verdict) => {
    const { explanation } = verdict;
    const text = plain(verdict.text);
    if (explanation === undefined) return { ...verdict, text };
    return {
      ...verdict,
      text,
      explanation: {
        ...explanation,
        rule: plain(explanation.rule),
        seen: plain(explanation.seen),
        lines: explanation.lines.map((line) => Object.assign({}, line, { text: plain(line.text) })),
        history: explanation.history.map((row) => Object.assign({}, row, { what: plain(row.what) })),
        waitingOn: explanation.waitingOn.map(plain),
      },
    };
  };
}
