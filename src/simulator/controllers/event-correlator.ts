// client-go's event correlator: how often something may be said, and when two events are one (API-EVT-03).

import type { Micros } from '../clock.ts';

/** From this number of different messages of one reason on, they become one combined event. */
const similarMax = 10;
/** Similar messages count together unless they are further apart. */
const similarWithin: Micros = 600_000_000;
/** The spam filter lets pass so many events of a source about one object, then one each `spamInterval`. */
const spamBurst = 25;
const spamInterval: Micros = 300_000_000;
/** A source remembers at least so many objects, those that it mentioned last, and at most twice as many. */
const subjectsMax = 4096;
/** Events that are remembered for an object and reason; only those that repeat for hours reach it. */
const logsMax = 64;

const combinedPrefix = '(combined from similar events): ';

/** What a source says about an object. */
export interface Utterance {
  /** Of the object. */
  readonly uid: string;
  readonly fieldPath: string | undefined;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** An event that was said before is the same object with a higher count. */
export interface EventLog {
  readonly fieldPath: string | undefined;
  readonly message: string;
  /** Name of the Event object; this and the first timestamp are set by whoever writes it. */
  name: string;
  /** RFC 3339. */
  firstTimestamp: string;
  count: number;
}

/** What becomes of an utterance: the log that counts it, and the message as it is shown. */
export interface Correlated {
  readonly log: EventLog;
  readonly message: string;
}

/** Utterances of one type and reason about one object. */
interface Similar {
  readonly type: string;
  readonly reason: string;
  lastAt: Micros;
  /** Different messages, oldest first; one less than `similarMax` at most between two utterances. */
  readonly messages: string[];
  readonly logs: EventLog[];
  combined: EventLog | undefined;
}

/** One object as a source knows it. */
interface Subject {
  readonly similar: Similar[];
  /** When the spam filter's bucket will be full again. */
  bucketFullAt: Micros;
}

/** Correlates the events of one source (a component on a host). Short lists are scanned: an object has few reasons and messages. */
export class EventCorrelator {
  #recent = new Map<string, Subject>();
  #earlier: ReadonlyMap<string, Subject> = new Map();

  /** Undefined: the spam filter drops it. What it drops counts all the same, as it does upstream. */
  correlate(utterance: Utterance, now: Micros): Correlated | undefined {
    const subject = this.#subject(utterance.uid);
    const similar = similarTo(subject, utterance, now);
    const correlated = count(similar, utterance);
    return admits(subject, now) ? correlated : undefined;
  }

  /** Two generations instead of a list in the order of use: moving an entry in a Map at each event costs more than the rest. */
  #subject(uid: string): Subject {
    const recent = this.#recent.get(uid);
    if (recent !== undefined) return recent;
    if (this.#recent.size >= subjectsMax) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    const subject = this.#earlier.get(uid) ?? { similar: [], bucketFullAt: 0 };
    this.#recent.set(uid, subject);
    return subject;
  }
}

function similarTo(subject: Subject, utterance: Utterance, now: Micros): Similar {
  const { type, reason, message, fieldPath } = utterance;
  let similar = subject.similar.find((each) => each.reason === reason && each.type === type);
  if (similar === undefined) {
    // Lists that begin with an entry hold just that: an empty one takes 17 places with its first push.
    similar = {
      type,
      reason,
      lastAt: now,
      messages: [message],
      logs: [newLog(message, fieldPath)],
      combined: undefined,
    };
    subject.similar.push(similar);
  }
  if (now - similar.lastAt > similarWithin) similar.messages.length = 0;
  similar.lastAt = now;
  return similar;
}

/** Finds or makes the log that counts the utterance, and counts it. */
function count(similar: Similar, { fieldPath, message }: Utterance): Correlated {
  if (!similar.messages.includes(message)) similar.messages.push(message);
  if (similar.messages.length >= similarMax) {
    // Upstream forgets any one of them, as its map has no order; the oldest is one of those.
    similar.messages.shift();
    const combined = (similar.combined ??= newLog('', undefined));
    combined.count++;
    return { log: combined, message: combinedPrefix + message };
  }
  let log = similar.logs.find((each) => each.message === message && each.fieldPath === fieldPath);
  if (log === undefined) {
    log = newLog(message, fieldPath);
    if (similar.logs.length >= logsMax) similar.logs.shift();
    similar.logs.push(log);
  }
  log.count++;
  return { log, message };
}

function newLog(message: string, fieldPath: string | undefined): EventLog {
  return { fieldPath, message, name: '', firstTimestamp: '', count: 0 };
}

/** A token bucket, told by the moment at which it will be full. */
function admits(subject: Subject, now: Micros): boolean {
  const fullAt = Math.max(subject.bucketFullAt, now) + spamInterval;
  if (fullAt - now > spamBurst * spamInterval) return false;
  subject.bucketFullAt = fullAt;
  return true;
}
