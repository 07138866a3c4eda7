// What a command line shows. The front desk of this room.

import { showDescribe } from './show-describe.ts';
import { showGet } from './show-get.ts';
import { showRolloutHistory, showRolloutStatus } from './show-rollout.ts';
import { showWatch } from './show-watch.ts';
import { showWrite } from './show-write.ts';
import type { ClusterView } from './cluster-view.ts';
import type { KubectlRequest } from './request.ts';
import type { ViewEvent } from './show-watch.ts';
import type { WriteAnswer } from './show-write.ts';

/** A window of time in a cluster, as a command line sees it. */
export interface CommandWindow {
  /** Before the request that the window belongs to: a watch in a second terminal is there already. */
  readonly start: ClusterView;
  /** When the request was answered: a command that waits begins here. */
  readonly opened: ClusterView;
  /** At its end: a command that only looks. */
  readonly end: ClusterView;
  /** What happened since `start`, oldest first. */
  readonly events: Iterable<ViewEvent>;
  /** What happened since `opened`. */
  readonly eventsSinceOpened: Iterable<ViewEvent>;
  /** The answers to the request. */
  readonly answers: readonly WriteAnswer[];
}

/** The output of a command line, errors included; every line ends with a line break. */
export function showCommand(request: KubectlRequest, window: CommandWindow): string {
  if (request.verb === 'get') {
    return request.watch ? showWatch(request, window.start, window.events) : showGet(request, window.end);
  }
  if (request.verb === 'describe') return showDescribe(request, window.end);
  if (request.verb === 'rollout status') return showRolloutStatus(request, window.opened, window.eventsSinceOpened);
  return request.verb === 'rollout history'
    ? showRolloutHistory(request, window.end)
    : showWrite(request, window.answers);
}
