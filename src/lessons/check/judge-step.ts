// What is said of a command by what it printed.

import { beyondContainers } from './beyond-containers.ts';
import { judgeOutput } from './judge-output.ts';
import { answerOf, refusesState } from './refusals.ts';
import type { Invocation } from './admit/invocation.ts';
import type { BlockResult } from './block-result.ts';
import type { Said } from './executor.ts';
import type { RunStep } from './plan-lesson.ts';
import type { Refusals } from './refusals.ts';

/** What happened. */
export interface StepOutcome {
  readonly step: RunStep;
  readonly said: Said;
  /** What was said when the command failed, though it may have been helped to go on. */
  readonly refusal: Said | undefined;
  readonly notes: readonly string[];
  /** API versions that were replaced so that the lesson could go on. */
  readonly moved: readonly string[] | undefined;
  readonly refusals: Refusals;
}

/** Judges a command. */
export function judgeStep({ step, said, refusal, notes, moved, refusals }: StepOutcome): BlockResult {
  const { item, temper, invocation } = step;
  const base = {
    kind: 'command' as const,
    lines: item.lines,
    title: item.text,
    ...(said.beyond === undefined && { printed: said.output }),
    ...(item.output !== undefined && { shown: item.output }),
  };
  const ran = /^(?:exec|logs|run)$/.test(invocation.verb) ? beyondContainers(said.output) : undefined;
  const beyond = said.beyond ?? ran;
  if (beyond !== undefined) return { ...base, verdict: 'not-checkable', reason: beyond, notes };
  const taken = refusal === undefined || refusesState(refusal.output);
  if (!taken && isSent(invocation) && !showsError(item.output?.texts)) {
    const goesOn = moved === undefined ? [] : [`applied with ${moved.join(', ')}, so that the rest can be checked`];
    const reason = `the API refuses it: ${answerOf(refusal.output)}`;
    return { ...base, verdict: 'not-checkable', reason, notes: [...notes, ...goesOn] };
  }
  const judged = judgeSaid(step, said, temper.watching || invocation.verb === 'rollout status');
  const all = [...notes, ...judged.notes];
  if (judged.verdict === 'false') {
    const missing = refusals.missingIn(`${item.text}\n${item.output?.texts.join('\n') ?? ''}`);
    if (missing !== undefined) {
      return { ...base, verdict: 'not-checkable', reason: `it needs ${missing}`, notes: all };
    }
    if (said.ownWords !== undefined) {
      return { ...base, verdict: 'not-checkable', reason: said.ownWords, notes: all };
    }
    if (refusals.leftOut !== undefined) {
      const reason = `it may show what line ${refusals.leftOut} does, which was not run`;
      return { ...base, verdict: 'not-checkable', reason, notes: all };
    }
  }
  return { ...base, ...judged, notes: all };
}

type Judged = Pick<BlockResult, 'verdict' | 'notes' | 'reason' | 'diff'>;

function judgeSaid({ item, temper }: RunStep, said: Said, watching: boolean): Judged {
  const endless = said.code === undefined && !temper.watching ? ['it never ends: what it waits for does not come'] : [];
  if (item.output === undefined) {
    if (said.code === 0 || temper.watching) return { verdict: 'true', notes: ['the lesson shows no output'] };
    const reason = endless[0] ?? `it fails: ${answerOf(said.output)}`;
    return { verdict: 'false', reason, notes: [] };
  }
  const judged = judgeOutput(item.output, said.output, { watching });
  return { ...judged, notes: [...endless, ...judged.notes] };
}

/** Whether the command sends manifests. */
function isSent({ verb, files }: Invocation): boolean {
  return files.length > 0 && /^(?:apply|create|replace)$/.test(verb);
}

function showsError(texts: readonly string[] = []): boolean {
  return texts.some((text) => /^(?:error|Error)\b|is invalid:/.test(text));
}
