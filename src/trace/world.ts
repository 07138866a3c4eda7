// The world as the trace shows it: what exists now, and what existed when the step began.

import { kindKey } from '../kubernetes/kind.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Observation } from './record.ts';

/** Current objects by kind and name (a run has one namespace), and their baseline. */
export interface World {
  get(kind: KindKey, name: string): KubernetesObject | undefined;
  byUid(uid: string): KubernetesObject | undefined;
  /** By name, in order of appearance. */
  objects(kind: KindKey): ReadonlyMap<string, KubernetesObject>;
  /** The kinds of which objects were ever seen. */
  kinds(): Iterable<KindKey>;
  /** What `get` would have answered when `markStart` was last called. O(1). */
  atStart(kind: KindKey, name: string): KubernetesObject | undefined;
  /** The object's state before its latest record: undefined if it did not exist. */
  before(kind: KindKey, name: string): KubernetesObject | undefined;
  /** The object that bears the name, or the one that bore it last; undefined if there never was one. */
  last(kind: KindKey, name: string): KubernetesObject | undefined;
  /** As `byUid`, also for objects that are gone: chains of owners stay readable while their dependents live. */
  lastByUid(uid: string): KubernetesObject | undefined;
  /** Applies an observation. Gives what bore the name before; undefined: nothing did. */
  observe(record: Observation): KubernetesObject | undefined;
  /** From now on, `atStart` answers with the present. O(1). */
  markStart(): void;
}

/** An empty world. */
export function createWorld(): World {
  return new RecordedWorld();
}

/** One object from its creation on; a name can be borne by several, one after another. */
interface Life {
  readonly uid: string;
  last: KubernetesObject;
}

/** What is known of one name beyond its present object. */
interface Track {
  life: Life;
  before: KubernetesObject | undefined;
  start: KubernetesObject | undefined;
  /** The mark that `start` belongs to; an older one means that nothing has happened to the name since the newest mark. */
  mark: number;
}

interface KindWorld {
  readonly present: Map<string, KubernetesObject>;
  readonly tracks: Map<string, Track>;
}

const nothing: ReadonlyMap<string, KubernetesObject> = new Map();

class RecordedWorld implements World {
  readonly #kinds = new Map<KindKey, KindWorld>();
  readonly #lives = new Map<string, Life>();
  #mark = 0;

  get(kind: KindKey, name: string): KubernetesObject | undefined {
    return this.#kinds.get(kind)?.present.get(name);
  }

  byUid(uid: string): KubernetesObject | undefined {
    const object = this.lastByUid(uid);
    if (object === undefined) return undefined;
    return this.get(kindKey(object), object.metadata.name) === object ? object : undefined;
  }

  objects(kind: KindKey): ReadonlyMap<string, KubernetesObject> {
    return this.#kinds.get(kind)?.present ?? nothing;
  }

  kinds(): Iterable<KindKey> {
    return this.#kinds.keys();
  }

  atStart(kind: KindKey, name: string): KubernetesObject | undefined {
    const track = this.#kinds.get(kind)?.tracks.get(name);
    if (track === undefined) return undefined;
    return track.mark === this.#mark ? track.start : this.get(kind, name);
  }

  before(kind: KindKey, name: string): KubernetesObject | undefined {
    return this.#kinds.get(kind)?.tracks.get(name)?.before;
  }

  last(kind: KindKey, name: string): KubernetesObject | undefined {
    return this.#kinds.get(kind)?.tracks.get(name)?.life.last;
  }

  lastByUid(uid: string): KubernetesObject | undefined {
    return this.#lives.get(uid)?.last;
  }

  observe({ type, object }: Observation): KubernetesObject | undefined {
    const { present, tracks } = this.#worldOf(kindKey(object));
    const { name, uid } = object.metadata;
    const before = present.get(name);
    const track = tracks.get(name);
    if (track === undefined) {
      tracks.set(name, { life: this.#lifeOf(object), before, start: undefined, mark: this.#mark });
    } else {
      if (track.mark !== this.#mark) {
        track.start = before;
        track.mark = this.#mark;
      }
      track.before = before;
      if (track.life.uid === uid) track.life.last = object;
      else track.life = this.#lifeOf(object);
    }
    if (type === 'DELETED') present.delete(name);
    else present.set(name, object);
    return before;
  }

  markStart(): void {
    this.#mark += 1;
  }

  /** A life begins, or one that was seen before goes on. */
  #lifeOf(object: KubernetesObject): Life {
    const { uid } = object.metadata;
    const life = this.#lives.get(uid) ?? { uid, last: object };
    life.last = object;
    this.#lives.set(uid, life);
    return life;
  }

  #worldOf(kind: KindKey): KindWorld {
    let world = this.#kinds.get(kind);
    if (world === undefined) this.#kinds.set(kind, (world = { present: new Map(), tracks: new Map() }));
    return world;
  }
}
