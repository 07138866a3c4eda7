// What the rules of all kinds may look at and draw from.

import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Store } from '../store/store.ts';
import type { Uids } from '../uid.ts';
import type { KindRegistry } from './kind-registry.ts';
import type { ServiceAddresses } from './service-addresses.ts';

/** Shared by all requests of one API server. */
export interface ApiContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly registry: KindRegistry;
  readonly addresses: ServiceAddresses;
  /** Streams of their own, so that a draw of one does not shift another. */
  readonly uids: Uids;
  readonly names: Random;
  /** A pod whose ServiceAccount is absent is refused, also when it is `default` (API-PODDEF-05). */
  readonly requireServiceAccount: boolean;
}
