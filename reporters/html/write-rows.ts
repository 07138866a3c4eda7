// Makes the rows of a run's records while they come, so that a long run is never held twice.

import { kindKey } from '../../src/kubernetes/kind.ts';
import { deltaOf } from './delta.ts';
import { managerOf } from './manager-of.ts';
import type { JsonObject, KubernetesObject } from '../../src/kubernetes/object.ts';
import type { Observation, TraceRecord } from '../../src/trace/record.ts';
import type { RecordRow } from './document.ts';

/** More than these a page would not show in time; they are counted, and the trace file has them. */
const rowsMax = 20_000;

/** Where the newest version of an object, or of any object of a kind, stands. */
interface Seen {
  readonly position: number;
  /** As the record showed it. */
  readonly object: KubernetesObject;
  /** Without its managed fields. */
  readonly shown: JsonObject;
}

/** The rows of one run. */
export class RowWriter {
  readonly #rows: string[] = [];
  readonly #objects = new Map<string, Seen>();
  readonly #kinds = new Map<string, Seen>();
  #leftOut = 0;

  get count(): number {
    return this.#rows.length;
  }

  get leftOut(): number {
    return this.#leftOut;
  }

  add(record: TraceRecord): void {
    if (this.#rows.length >= rowsMax) this.#leftOut += 1;
    else this.#rows.push(JSON.stringify(record.kind === 'observation' ? this.#observation(record) : [record]));
  }

  /** A JSON list of `RecordRow`. */
  text(): string {
    return `[${this.#rows.join(',\n')}]`;
  }

  #observation({ type, at, step, object }: Observation): RecordRow {
    const kind = kindKey(object);
    const key = JSON.stringify([kind, object.metadata.namespace, object.metadata.name]);
    const before = this.#objects.get(key);
    // A new object resembles the last new one of its kind.
    const base = before ?? this.#kinds.get(kind);
    const seen: Seen = { position: this.#rows.length, object, shown: withoutManagers(object) };
    this.#objects.set(key, seen);
    if (before === undefined) this.#kinds.set(kind, seen);
    const manager = type === 'DELETED' ? undefined : managerOf(before?.object, object);
    const delta = deltaOf(base?.shown, seen.shown);
    const row = [type, at, step, base?.position ?? -1, delta] as const;
    return manager === undefined ? row : [...row, manager];
  }
}

/** Managed fields are long, and what they tell is told by the row's manager. */
function withoutManagers(object: KubernetesObject): JsonObject {
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  return { ...object, metadata } as unknown as JsonObject;
}
