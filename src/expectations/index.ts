// The front desk of the room: what judges a run, live or from its trace.

export { createJudge } from './create-judge.ts';
export type { Judge, JudgedAnswer, JudgeOptions } from './judge.ts';
export type { Verdict } from './verdict.ts';
