// The timeline: an element that shows one run, or several on one axis, and says what is selected on it. It knows nothing of
// reports, so that other pages can use it.

export { createTimeline } from './timeline.ts';
export { alignSteps, unaligned } from './align-steps.ts';
export { barAt, buildLanes } from './lane-model.ts';
export { shortKind } from './group-lanes.ts';
export { trackLetter } from './labels.ts';
export { labelFault, labelRequest } from './mark-of.ts';
export type { Timeline, TimelineInput } from './timeline.ts';
export type { Lane, LaneModel } from './lane-model.ts';
export type { RecordPlace } from './navigate.ts';
