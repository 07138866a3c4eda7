// Who owns which fields, for writes through the REST door (API-SSA-04). A client that does not name itself owns nothing of
// what it creates; what it changes of others is written down under `unknown`.

import { needsTracking, trackUpdate } from '../apply/track-update.ts';
import type { Subresource } from '../strategy.ts';
import type { Tracker } from './create.ts';
import type { RoutedRequest } from './routed-request.ts';

/** The tracker of a request; without a manager there is none that is new. */
export function trackerOf(
  { request, subresource, context }: RoutedRequest,
  part: Subresource | undefined = subresource,
): { readonly track: Tracker } {
  return { track: trackerFor(request.query?.fieldManager, context.clock.timestamp, part) };
}

/** A tracker for a manager, who may be unknown. */
export function trackerFor(manager: string | undefined, now: string, subresource?: Subresource): Tracker {
  const part = subresource === undefined ? {} : { subresource };
  return (after, before) => {
    if (before === undefined) return manager === undefined ? after : trackUpdate({ after, manager, now });
    if (manager === undefined && !needsTracking(before, after)) return after;
    return trackUpdate({ before, after, manager: manager ?? 'unknown', now, ...part });
  };
}
