// What a comparison finds.

/** What is compared. */
export type Check = 'milestones' | 'status' | 'final' | 'events' | 'outputs';

/** All checks, in the order of the report. */
export const checks: readonly Check[] = ['milestones', 'status', 'final', 'events', 'outputs'];

/** One difference between a recording and the simulator. */
export interface Finding {
  readonly check: Check;
  /** What differs, in a form that an expectation can name: `statefulset.apps/web status.readyReplicas`. */
  readonly subject: string;
  /** What was recorded and what the simulator did, for people. */
  readonly message: string;
}

/** How one check of one recording went. */
export interface Outcome {
  readonly check: Check;
  /** How many things were compared. */
  readonly compared: number;
  readonly findings: readonly Finding[];
}
