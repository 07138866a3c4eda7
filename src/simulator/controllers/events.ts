// The recorder through which every component says what it does. Events are correlated before an object is built, and
// written one after another by each source, later than what they tell of (API-EVT-05).

import { composeKindKey } from '../../kubernetes/kind.ts';
import { Fifo } from '../fifo.ts';
import { draw, type Profile } from '../profile.ts';
import { hex32 } from '../hexadecimal.ts';
import { epochSeconds } from '../timestamp.ts';
import { EventCorrelator, type EventLog } from './event-correlator.ts';
import type { KubernetesObject, Manifest } from '../../kubernetes/object.ts';
import type { ApiServer } from '../api/server.ts';
import type { Clock, Micros } from '../clock.ts';
import type { Random } from '../random.ts';
import type { EventRecorder } from './controller.ts';

type Recorded = Parameters<EventRecorder['record']>[0];

/** Events that a source holds back for writing; what comes beyond is dropped, as client-go's broadcaster does. */
const unwrittenMax = 1000;

/** The epoch in nanoseconds, in two halves of 32 bits: together they do not fit into a number. */
const epochHigh = Number((BigInt(epochSeconds) * 1_000_000_000n) >> 32n);
const epochLow = Number((BigInt(epochSeconds) * 1_000_000_000n) & 0xffff_ffffn);
const wordSize = 0x1_0000_0000;

const eventKind = composeKindKey('', 'Event');

/** What a recorder is made of. */
export interface EventRecorderOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly api: Pick<ApiServer, 'create' | 'update'>;
  readonly profile: Profile;
}

/** Creates the recorder of a simulation; it keeps the sources apart by component and host. */
export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  return new CorrelatingRecorder(options);
}

/** An event to be written: a new object, or a higher count of one. */
interface Unwritten {
  readonly event: Recorded;
  readonly log: EventLog;
  readonly message: string;
  readonly count: number;
  readonly timestamp: string;
}

/** One component on one host. */
interface Source {
  readonly correlator: EventCorrelator;
  readonly unwritten: Fifo<Unwritten>;
  readonly random: Random;
  readonly label: string;
  readonly write: () => void;
}

class CorrelatingRecorder implements EventRecorder {
  readonly #options: EventRecorderOptions;
  /** By component, then host. */
  readonly #sources = new Map<string, Map<string, Source>>();
  /** The last event's moment, and its place among the nanoseconds in it: in one number they would soon pass 2^53. */
  #lastMicros: Micros = 0;
  #lastNano = 0;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
  }

  record(event: Recorded): void {
    const source = this.#source(event.component, event.host ?? '');
    if (source.unwritten.length >= unwrittenMax) return;
    const { now, timestamp } = this.#options.clock;
    const { about, fieldPath, type, reason, message } = event;
    const correlated = source.correlator.correlate({ uid: about.metadata.uid, fieldPath, type, reason, message }, now);
    if (correlated === undefined) return;
    const { log } = correlated;
    if (log.name === '') {
      log.name = `${about.metadata.name}.${this.#nanos()}`;
      log.firstTimestamp = timestamp;
    }
    source.unwritten.push({ event, log, message: correlated.message, count: log.count, timestamp });
    if (source.unwritten.length === 1) this.#arm(source);
  }

  #source(component: string, host: string): Source {
    let hosts = this.#sources.get(component);
    if (hosts === undefined) this.#sources.set(component, (hosts = new Map()));
    let source = hosts.get(host);
    if (source === undefined) {
      const name = host === '' ? component : `${component}/${host}`;
      const made: Source = {
        correlator: new EventCorrelator(),
        unwritten: new Fifo(),
        random: this.#options.random.stream(`events/${name}`),
        label: `${name}: events`,
        write: () => this.#writeNext(made),
      };
      hosts.set(host, (source = made));
    }
    return source;
  }

  #arm(source: Source): void {
    const { clock, profile } = this.#options;
    clock.after(draw(profile.latencies.apiCall, source.random), 'work', source.label, source.write);
  }

  #writeNext(source: Source): void {
    const next = source.unwritten.shift();
    if (next !== undefined) this.#write(next);
    if (source.unwritten.length > 0) this.#arm(source);
  }

  /** Refusals are not tried again: a terminating namespace takes no events (API-EVT-06), and client-go drops them too. */
  #write(unwritten: Unwritten): void {
    const { api } = this.#options;
    const { event, log, message, count, timestamp: lastTimestamp } = unwritten;
    const manager = { manager: event.component };
    if (count > 1) {
      const key = `${namespaceOf(event.about)}/${log.name}`;
      const counted = api.update(eventKind, key, (current) => ({ ...current, count, lastTimestamp, message }), manager);
      if (counted.ok || counted.status.code !== 404) return;
    }
    api.create(eventObject(unwritten), manager);
  }

  /** The moment in nanoseconds as the end of an event's name: as many digits as today, and never the same twice. */
  #nanos(): string {
    const { now } = this.#options.clock;
    if (now > this.#lastMicros) {
      this.#lastMicros = now;
      this.#lastNano = 0;
    } else if (this.#lastNano < 999) {
      this.#lastNano += 1;
    } else {
      this.#lastMicros += 1;
      this.#lastNano = 0;
    }
    const highMicros = Math.floor(this.#lastMicros / wordSize);
    const low = (this.#lastMicros - highMicros * wordSize) * 1000 + this.#lastNano + epochLow;
    const carry = Math.floor(low / wordSize);
    return hex32(epochHigh + highMicros * 1000 + carry) + hex32(low - carry * wordSize);
  }
}

function namespaceOf(about: KubernetesObject): string {
  return about.metadata.namespace ?? 'default';
}

/** The core recorder's Event (API-EVT-01), members in the order of the wire. */
function eventObject({ event, log, message, count, timestamp }: Unwritten): Manifest {
  const { about, component, host, fieldPath, type, reason } = event;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: log.name, namespace: namespaceOf(about) },
    involvedObject: referenceTo(about, fieldPath),
    reason,
    message,
    source: host === undefined ? { component } : { component, host },
    firstTimestamp: log.firstTimestamp,
    lastTimestamp: timestamp,
    count,
    type,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? '',
  };
}

function referenceTo({ apiVersion, kind, metadata }: KubernetesObject, fieldPath: string | undefined): object {
  const { name, namespace, uid, resourceVersion } = metadata;
  const reference: Record<string, string> = { kind };
  if (namespace !== undefined) reference['namespace'] = namespace;
  reference['name'] = name;
  reference['uid'] = uid;
  reference['apiVersion'] = apiVersion;
  reference['resourceVersion'] = resourceVersion;
  if (fieldPath !== undefined) reference['fieldPath'] = fieldPath;
  return reference;
}
