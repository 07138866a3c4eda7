// Events whose presence or number is an accident of timing on a real cluster, each with the reason.

/** Events that are compared with indulgence. */
export interface RacyEvent {
  /** Matches `reason: message`. */
  readonly event: RegExp;
  /** `count`: it must come, how often does not matter. `presence`: it may also be missing. */
  readonly free: 'count' | 'presence';
  readonly why: string;
}

/** The list. */
export const racyEvents: readonly RacyEvent[] = [
  {
    event: /^ExternalProvisioning: /,
    free: 'count',
    why: 'repeated for every look at a claim that waits for its provisioner',
  },
  {
    event: /^FailedScheduling: .*unbound immediate PersistentVolumeClaims/,
    free: 'count',
    why: 'the scheduler looks again at each of the four writes that bind a volume, as far as it sees them one by one (VB-09)',
  },
];

/** What is free about an event. */
export function freedomOf(event: string): RacyEvent['free'] | undefined {
  return racyEvents.find((racy) => racy.event.test(event))?.free;
}
