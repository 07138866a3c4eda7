// The milestones of a recording, in the order in which they came.

import { listMilestones } from '../src/trace/milestone-list.ts';
import type { Milestone } from '../src/trace/milestone-list.ts';
import type { Recording } from './recording.ts';

export type { Milestone } from '../src/trace/milestone-list.ts';

/** The milestones after the beginning, of all objects but Events, which are compared by themselves. */
export function milestoneList({ observations }: Recording): readonly Milestone[] {
  return listMilestones(observations);
}
