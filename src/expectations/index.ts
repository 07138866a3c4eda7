// The front desk of the room: what judges a run, live or from its trace.

export { createJudge } from './create-judge.ts';
export { judgedAnswer } from './judged-answer.ts';
export { judgeTrace } from './replay.ts';
export type { Judge, JudgedAnswer, JudgeOptions } from './judge.ts';
export type { ReplayedStep } from './replay.ts';
export type { Verdict } from './verdict.ts';
