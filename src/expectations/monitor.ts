// What a temporal word is to the judge: a monitor that is shown records and time, and reaches one verdict.

import { kindKey } from '../kubernetes/kind.ts';
import { formatSubject } from './explain/describe.ts';
import type { Span } from '../scenario/model.ts';
import type { Change } from '../trace/change.ts';
import type { GapRecord, Observation, WindowEnd } from '../trace/record.ts';
import type { Dependencies } from './clauses/dependencies.ts';
import type { Scene } from './scene.ts';
import type { Explanation, ExpectationWord, Outcome, RecordReference, Verdict } from './verdict.ts';

/** What a monitor judges, for its verdict. */
export interface Judged {
  readonly word: ExpectationWord;
  readonly text: string;
  readonly span: Span;
}

/**
 * One expectation under way. It is made when its step begins; `open` starts the points; the judge shows it the changes of
 * the kinds that it depends on until it has a verdict; `close` ends its window and forces one.
 */
export abstract class Monitor {
  abstract readonly dependencies: Dependencies;
  protected readonly scene: Scene;
  readonly #judged: Judged;
  #verdict: Verdict | undefined;
  #opened = false;
  #gap: GapRecord | undefined;
  /** The window has ended: what is decided now is not decided by the record at hand. */
  #closing = false;

  constructor(judged: Judged, scene: Scene) {
    this.#judged = judged;
    this.scene = scene;
  }

  /** Undefined: pending. */
  get verdict(): Verdict | undefined {
    return this.#verdict;
  }

  /** Whether points count already. */
  protected get opened(): boolean {
    return this.#opened;
  }

  /** The first gap in the window among the kinds that this monitor depends on. */
  protected get gapSeen(): GapRecord | undefined {
    return this.#gap;
  }

  /** The next time at which something is decided without a record, milliseconds. */
  get nextMs(): number | undefined {
    return undefined;
  }

  /** Points count from now on; the present is the first. */
  open(): void {
    this.#opened = true;
    this.onOpen();
  }

  /** A change, which the world has already seen. */
  abstract observe(change: Change): void;

  /** All changes of a record were shown. */
  recordEnd(): void {}

  /** Time has come to `nextMs` of this monitor. */
  onTime(): void {}

  /** Records of a kind were lost. */
  lose(gap: GapRecord): void {
    const { kinds } = this.dependencies;
    if (this.#gap !== undefined || (kinds !== undefined && !kinds.has(gap.gap.of))) return;
    this.#gap = gap;
    this.onGap(gap);
  }

  /** The start of a step was marked; only monitors that outlive steps hear of it. */
  refresh(): void {}

  /** The window has ended: decides what is pending. */
  close(end: WindowEnd): void {
    if (this.#verdict !== undefined) return;
    this.#closing = true;
    if (end === 'interrupted') this.inconclusive(`the window was not seen to its end: the run stopped first`);
    else this.onClose(end);
  }

  protected onOpen(): void {}

  protected onGap(_gap: GapRecord): void {}

  protected abstract onClose(end: WindowEnd): void;

  /** `vacuous`: nothing could have broken it. */
  protected pass(options?: { readonly vacuous: boolean }): void {
    this.#decide('pass', options);
  }

  protected fail(explanation: Explanation): void {
    this.#decide('fail', { explanation });
  }

  /** A pass that only records could give that were lost. */
  protected passUnlessGap(options?: { readonly vacuous: boolean }): void {
    if (this.#gap === undefined) this.pass(options);
    else this.inconclusive(gapSentence(this.#gap));
  }

  /** A failure that lost records could have prevented. */
  protected failUnlessGap(explanation: Explanation): void {
    if (this.#gap === undefined) this.fail(explanation);
    else this.inconclusive(gapSentence(this.#gap));
  }

  protected inconclusive(seen: string): void {
    const { text, span } = this.#judged;
    const explanation: Explanation = {
      rule: text,
      seen,
      lines: [{ span, text }],
      history: [],
      compared: [],
      waitingOn: [],
    };
    this.#decide('inconclusive', { explanation });
  }

  #decide(outcome: Outcome, options: { readonly vacuous?: boolean; readonly explanation?: Explanation } = {}): void {
    if (this.#verdict !== undefined) return;
    const { vacuous = false, explanation } = options;
    const { nowMs, record } = this.scene;
    const verdict = { ...this.#judged, outcome, vacuous, atMs: nowMs };
    const decided = record === undefined || this.#closing ? {} : { decidedBy: referenceTo(record) };
    this.#verdict = { ...verdict, ...decided, ...(explanation === undefined ? {} : { explanation }) };
  }
}

function referenceTo({ object }: Observation): RecordReference {
  const { name, resourceVersion } = object.metadata;
  return { object: formatSubject({ kind: kindKey(object), name }), resourceVersion };
}

function gapSentence({ gap }: GapRecord): string {
  return `watch gap, resourceVersion ${gap.after} to ${gap.before} on ${gap.of}: what happened in between cannot be known`;
}
