// What a controller knows of one set's pods and claims, kept up to date by the informer's changes, so that no pass has to
// look at all replicas: about ten passes are made for every pod.

import { parseTimestamp } from '../../timestamp.ts';
import { claimNameOf, claimTemplatesOf } from './claims.ts';
import { isClaimable } from './identity.ts';
import { MaturingPods } from '../maturing.ts';
import { OrdinalSet } from './ordinal-set.ts';
import { factsOf, sameFacts } from './pod-facts.ts';
import { hasUnexpectedController, isClaimUpToDate } from './retention.ts';
import { addTo, Tally } from './tally.ts';
import { keyOf } from './types.ts';
import type { Micros } from '../../clock.ts';
import type { ObjectKey } from '../../store/store.ts';
import type { Claim } from './claims.ts';
import type { PodFacts } from './pod-facts.ts';
import type { Counts } from './tally.ts';
import type { Pod, StatefulSet } from './types.ts';

const noClaims: readonly (Claim | undefined)[] = [];

/** The index of one set (one uid). */
export class SetIndex {
  #set: StatefulSet;
  readonly #pods = new Map<number, PodFacts>();
  /** Claimed pods whose ordinal cannot be managed. They keep their revision alive and are counted nowhere. */
  readonly #unnumbered = new Map<ObjectKey, PodFacts>();
  /** Pods that the set controls but that are not its own any more: to be released (STS-OWN-03). */
  readonly #strays = new Map<ObjectKey, Pod>();
  readonly #claims = new Map<number, (Claim | undefined)[]>();
  readonly #available = new OrdinalSet();
  readonly #present = new OrdinalSet();
  readonly #alive = new OrdinalSet();
  readonly #settled = new OrdinalSet();
  readonly #needy = new OrdinalSet();
  readonly #unavailable = new OrdinalSet();
  readonly #condemnedClaims = new OrdinalSet();
  readonly #byRevision = new Map<string, OrdinalSet>();
  readonly #labels = new Map<string, number>();
  readonly #maturing = new MaturingPods<PodFacts>();
  readonly #tally = new Tally();
  #now: Micros = 0;

  constructor(set: StatefulSet) {
    this.#set = set;
  }

  get set(): StatefulSet {
    return this.#set;
  }

  get strays(): ReadonlyMap<ObjectKey, Pod> {
    return this.#strays;
  }

  /** Takes a new version of the set. Only a change of two fields makes it look at every pod again. */
  configure(set: StatefulSet): void {
    const before = this.#set.spec;
    this.#set = set;
    const { minReadySeconds, persistentVolumeClaimRetentionPolicy: policy } = set.spec;
    const policyBefore = before.persistentVolumeClaimRetentionPolicy;
    const samePolicy =
      policy?.whenDeleted === policyBefore?.whenDeleted && policy?.whenScaled === policyBefore?.whenScaled;
    if (minReadySeconds === before.minReadySeconds && samePolicy) return;
    this.#maturing.clear();
    for (const facts of Array.from(this.#pods.values())) this.#replace(facts, facts);
  }

  /** Takes a version of a pod that the set controls. */
  putPod(pod: Pod): void {
    const key = keyOf(pod);
    const facts = factsOf(this.#set, pod);
    if (!isClaimable(this.#set, pod)) {
      this.removePod(pod);
      this.#strays.set(key, pod);
      return;
    }
    this.#strays.delete(key);
    if (facts.ordinal === undefined) {
      this.#removeUnnumbered(key);
      this.#unnumbered.set(key, facts);
      this.#countLabel(facts, 1);
    } else {
      const known = this.#pods.get(facts.ordinal);
      // What matures is told apart by its facts, and has to be found again.
      if (known !== undefined && this.#maturing.soonest === undefined && sameFacts(known, facts)) {
        this.#pods.set(facts.ordinal, facts);
      } else {
        this.#replace(known, facts);
      }
    }
  }

  /** Forgets a pod that is gone, or that the set does not control any more. */
  removePod(pod: Pod): void {
    const key = keyOf(pod);
    this.#strays.delete(key);
    this.#removeUnnumbered(key);
    const { ordinal } = factsOf(this.#set, pod);
    const known = ordinal === undefined ? undefined : this.#pods.get(ordinal);
    if (known !== undefined && keyOf(known.pod) === key) this.#replace(known, undefined);
  }

  /** Takes a version of a claim, or that it is gone. `template` is the place of its template in the set. */
  putClaim(place: { readonly ordinal: number; readonly template: number }, claim: Claim | undefined): void {
    const { ordinal, template } = place;
    let claims = this.#claims.get(ordinal);
    if (claims === undefined) {
      if (claim === undefined) return;
      this.#claims.set(ordinal, (claims = []));
    }
    claims[template] = claim;
    if (claims.every((other) => other === undefined)) this.#claims.delete(ordinal);
    this.#refresh(ordinal);
  }

  /** Lets pods become available that have been ready for long enough at `now`. */
  advance(now: Micros): void {
    this.#now = now;
    for (let next = this.nextAvailability(); next !== undefined && next <= now; next = this.nextAvailability()) {
      const facts = this.#maturing.soonest?.facts;
      this.#maturing.removeSoonest();
      if (facts === undefined) continue;
      this.#tally.count(facts, false, -1);
      this.#tally.count(facts, true, 1);
      this.#available.set(facts.ordinal ?? 0, true);
      this.#refresh(facts.ordinal ?? 0);
    }
  }

  /** When the next pod becomes available; undefined when none is on the way (STS-AVAIL-05). */
  nextAvailability(): Micros | undefined {
    for (let next = this.#maturing.soonest; next !== undefined; next = this.#maturing.soonest) {
      if (this.#pods.get(next.facts.ordinal ?? -1) === next.facts) return next.at;
      this.#maturing.removeSoonest();
    }
    return undefined;
  }

  /** The pod of an ordinal. */
  pod(ordinal: number): PodFacts | undefined {
    return this.#pods.get(ordinal);
  }

  /** The cached claims of an ordinal in the order of their templates; holes are missing claims. */
  claims(ordinal: number): readonly (Claim | undefined)[] {
    return this.#claims.get(ordinal) ?? noClaims;
  }

  /** The lowest ordinal from `from` on that is missing or that an ordered walk has something to do or to wait for. */
  attention(from: number): number {
    return this.#settled.nextMissing(from);
  }

  /** The lowest missing ordinal from `from` on. */
  missing(from: number): number {
    return this.#present.nextMissing(from);
  }

  /** The lowest ordinal from `from` on whose pod needs a call whatever its health; Infinity for none. */
  needy(from: number): number {
    return this.#needy.next(from);
  }

  /** The lowest ordinal from `from` on whose pod is unavailable; Infinity for none. */
  unavailable(from: number): number {
    return this.#unavailable.next(from);
  }

  /** The highest ordinal up to `upto` whose pod is unavailable; -1 for none. */
  unavailableUpto(upto: number): number {
    return this.#unavailable.previous(upto);
  }

  /** The highest ordinal up to `upto` that has a pod; -1 for none. */
  highest(upto: number): number {
    return this.#present.previous(upto);
  }

  /** The highest ordinal up to `upto` that has a pod which is not terminating; -1 for none. */
  highestAlive(upto: number): number {
    return this.#alive.previous(upto);
  }

  /** The highest ordinal up to `upto` whose claims do not fit a pod that goes; -1 for none. */
  condemnedClaims(upto: number): number {
    return this.#condemnedClaims.previous(upto);
  }

  /** The highest ordinal up to `upto` whose pod is not terminating and not at a revision; -1 for none. */
  outdated(upto: number, revision: string): number {
    let highest = -1;
    for (const [other, ordinals] of this.#byRevision) {
      if (other !== revision) highest = Math.max(highest, ordinals.previous(upto));
    }
    return highest;
  }

  /** What a status counts over the pods with an ordinal. */
  counts(revisions: { readonly current: string; readonly update: string }): Counts {
    return this.#tally.counts(revisions);
  }

  /** Whether any claimed pod bears the label of a revision. */
  hasPodAt(revision: string): boolean {
    return this.#labels.has(revision);
  }

  #removeUnnumbered(key: ObjectKey): void {
    const facts = this.#unnumbered.get(key);
    if (facts === undefined) return;
    this.#unnumbered.delete(key);
    this.#countLabel(facts, -1);
  }

  #countLabel(facts: PodFacts, by: 1 | -1): void {
    if (facts.revision !== undefined) addTo(this.#labels, facts.revision, by);
  }

  #replace(before: PodFacts | undefined, after: PodFacts | undefined): void {
    const ordinal = (before ?? after)?.ordinal;
    if (ordinal === undefined) return;
    if (before !== undefined) {
      this.#tally.count(before, this.#available.has(ordinal), -1);
      this.#countLabel(before, -1);
      if (!before.terminating) this.#byRevision.get(before.revision ?? '')?.set(ordinal, false);
      this.#pods.delete(ordinal);
    }
    const available = after !== undefined && this.#isAvailable(after);
    this.#available.set(ordinal, available);
    if (after !== undefined) {
      this.#pods.set(ordinal, after);
      this.#tally.count(after, available, 1);
      this.#countLabel(after, 1);
      if (!after.terminating) this.#ofRevision(after.revision ?? '').set(ordinal, true);
    }
    this.#refresh(ordinal);
  }

  #ofRevision(revision: string): OrdinalSet {
    let ordinals = this.#byRevision.get(revision);
    if (ordinals === undefined) this.#byRevision.set(revision, (ordinals = new OrdinalSet()));
    return ordinals;
  }

  /** Decides availability, and remembers when it will come (STS-HEALTH-01, STS-HEALTH-03). */
  #isAvailable(facts: PodFacts): boolean {
    const minReadySeconds = this.#set.spec.minReadySeconds ?? 0;
    if (!facts.ready || minReadySeconds === 0) return facts.ready;
    const since = facts.readySince === undefined ? undefined : parseTimestamp(facts.readySince);
    if (since === undefined) return false;
    const at = since + minReadySeconds * 1_000_000;
    if (at <= this.#now) return true;
    this.#maturing.add({ at, facts });
    return false;
  }

  /** Files an ordinal anew under what is to be done about its pod. */
  #refresh(ordinal: number): void {
    const facts = this.#pods.get(ordinal);
    const available = this.#available.has(ordinal);
    const claims = facts === undefined ? 'settled' : this.#claimState(facts, ordinal);
    const consistent = facts?.consistent === true && claims !== 'outdated';
    const alive = facts?.terminating === false;
    this.#present.set(ordinal, facts !== undefined);
    this.#alive.set(ordinal, alive);
    this.#unavailable.set(ordinal, facts !== undefined && (!available || !alive));
    this.#settled.set(ordinal, alive && facts.runningAndReady && available && consistent);
    this.#needy.set(ordinal, facts !== undefined && isNeedy(facts, claims, consistent));
    this.#condemnedClaims.set(ordinal, facts !== undefined && !this.#claimsFit(facts, ordinal, true));
  }

  #claimState(facts: PodFacts, ordinal: number): ClaimState {
    if (!this.#claimsFit(facts, ordinal, false)) return 'outdated';
    const { length } = claimTemplatesOf(this.#set);
    if (length === 0) return 'settled';
    const { name, uid } = facts.pod.metadata;
    const user = { name, uid, condemned: false };
    const claims = this.claims(ordinal);
    for (let place = 0; place < length; place++) {
      const claim = claims[place];
      if (claim === undefined || claim.metadata.deletionTimestamp !== undefined) return 'unsettled';
      if (hasUnexpectedController(this.#set, claim, user)) return 'unsettled';
    }
    return 'settled';
  }

  /** Missing claims are not out of date (STS-RET-02). */
  #claimsFit({ pod }: PodFacts, ordinal: number, condemned: boolean): boolean {
    const claims = this.claims(ordinal);
    if (claims.length === 0) return true;
    const { name, uid } = pod.metadata;
    const user = { name, uid, condemned };
    return claims.every((claim) => claim === undefined || isClaimUpToDate(this.#set, claim, user));
  }
}

/** `outdated`: owner references do not fit; `unsettled`: a claim is missing, terminating or somebody else's. */
type ClaimState = 'settled' | 'unsettled' | 'outdated';

/** Whether a pod needs a call even if nothing is waited for, as under Parallel (STS-POD-01, STS-POD-06, STS-RET-02). */
function isNeedy(facts: PodFacts, claims: ClaimState, consistent: boolean): boolean {
  if (facts.terminal) return !facts.terminating;
  return !consistent || (facts.pending && claims === 'unsettled');
}

/** Where a claim belongs: undefined unless its name is one of the set's. */
export function claimPlace(
  set: StatefulSet,
  name: string,
): { readonly ordinal: number; readonly template: number } | undefined {
  const ordinal = Number(name.slice(name.lastIndexOf('-') + 1));
  const template = claimTemplatesOf(set).findIndex((candidate) => claimNameOf(set, candidate, ordinal) === name);
  return template < 0 || ordinal > 2_147_483_647 ? undefined : { ordinal, template };
}
