// `order [e…]`: the events happen in this order. The k-th mention of an event is its k-th edge in the window; only edges of
// one record may come in any order among themselves. A later item before an earlier one fails at once.

import { joinDependencies } from './clauses/dependencies.ts';
import { EventKeys } from './clauses/event-key.ts';
import { EventIndex } from './clauses/event-index.ts';
import { watchEvent } from './clauses/live-event.ts';
import { gapMatches } from './clauses/gap.ts';
import { explainGap, explainMissing, explainSwapped } from './explain/order.ts';
import { Monitor } from './monitor.ts';
import type { Event, OrderItem, Span } from '../scenario/model.ts';
import type { Change } from '../trace/change.ts';
import type { Observation, WindowEnd } from '../trace/record.ts';
import type { Dependencies } from './clauses/dependencies.ts';
import type { LiveEvent } from './clauses/live-event.ts';
import type { Scene } from './scene.ts';

/** One mention of an event in the list, and the edge that answered it. */
export interface Mention {
  /** Position of its item in the order, from 0. */
  readonly item: number;
  readonly event: Event;
  /** Which edge of the event is meant, from 1. */
  readonly occurrence: number;
  readonly watch: Watch;
  seen?: { readonly record: Observation; readonly name: string };
}

/** An event under watch, with all its mentions. */
export interface Watch {
  readonly live: LiveEvent;
  readonly mentions: Mention[];
  edges: number;
}

/** Judges one order. */
export class Order extends Monitor {
  readonly dependencies: Dependencies;
  readonly #items: readonly OrderItem[];
  readonly #mentions: readonly (readonly Mention[])[];
  readonly #watches: EventIndex<Watch>;
  /** The first item that is not complete. */
  #next = 0;
  /** Mentions that the record at hand answered. */
  #fresh: Mention[] = [];

  constructor(items: readonly OrderItem[], options: { readonly scene: Scene; readonly span: Span }) {
    super({ word: 'order', text: textOf(items), span: options.span }, options.scene);
    const { world } = options.scene;
    const keys = new EventKeys();
    const watches = new Map<string, Watch>();
    this.#items = items;
    this.#mentions = items.map((item, position) =>
      item.events.map((event) => {
        const key = keys.keyOf(event);
        let watch = watches.get(key);
        if (watch === undefined) watches.set(key, (watch = { live: watchEvent(event, world), mentions: [], edges: 0 }));
        const mention: Mention = { item: position, event, occurrence: watch.mentions.length + 1, watch };
        watch.mentions.push(mention);
        return mention;
      }),
    );
    this.#watches = new EventIndex([...watches.values()].map((watch) => ({ watch, event: eventOf(watch) })));
    this.dependencies = joinDependencies([...watches.values()].map(({ live }) => live.dependencies));
  }

  observe(change: Change): void {
    this.#watches.visit(change, (watch) => {
      for (const name of watch.live.update(change)) this.#happened(watch, { record: change.record, name });
    });
  }

  override recordEnd(): void {
    if (this.#fresh.length === 0) return;
    const fresh = this.#fresh;
    this.#fresh = [];
    const complete = this.#advance();
    const early = fresh.find((mention) => mention.item > this.#next);
    if (early !== undefined) this.#swapped(early);
    else if (complete && this.verdict === undefined) this.pass();
  }

  protected override onOpen(): void {
    if (this.#items.length === 0) this.pass();
  }

  protected override onGap(): void {
    // What was lost may have been the next event, or have come before it.
    this.passUnlessGap();
  }

  protected override onClose(end: WindowEnd): void {
    const missing = this.#firstUnseen();
    if (missing !== undefined)
      this.fail(explainMissing({ missing, end, items: this.#items, mentions: this.#mentions }, this.scene));
  }

  #happened(watch: Watch, seen: { readonly record: Observation; readonly name: string }): void {
    const mention = watch.mentions[watch.edges];
    watch.edges += 1;
    if (mention === undefined) return;
    mention.seen = seen;
    this.#fresh.push(mention);
  }

  /** Moves on over complete items, judging the times between them. Returns whether all are complete. */
  #advance(): boolean {
    for (let mentions = this.#mentions[this.#next]; mentions !== undefined; mentions = this.#mentions[this.#next]) {
      if (mentions.some(({ seen }) => seen === undefined)) return false;
      this.#judgeGap(mentions);
      this.#next += 1;
    }
    return true;
  }

  #judgeGap(mentions: readonly Mention[]): void {
    const gap = this.#items[this.#next]?.gap;
    if (gap === undefined) return;
    const { scene } = this;
    const before = this.#mentions[this.#next - 1];
    // The first item has none before it: its time counts from the answer of the step's request.
    const fromMs = before === undefined ? scene.openedMs : Math.max(...before.map(({ seen }) => seen?.record.at ?? 0));
    for (const mention of mentions) {
      const elapsedMs = (mention.seen?.record.at ?? 0) - fromMs;
      if (gapMatches({ matcher: gap, elapsedMs, slackMs: scene.slackMs, world: scene.world })) continue;
      this.fail(explainGap({ mention, before: before?.[0], gap, elapsedMs }, scene));
    }
  }

  #swapped(early: Mention): void {
    const earlier = this.#firstUnseen();
    if (earlier !== undefined) this.fail(explainSwapped({ earlier, early }, this.scene));
  }

  #firstUnseen(): Mention | undefined {
    return this.#mentions[this.#next]?.find(({ seen }) => seen === undefined);
  }
}

function eventOf({ mentions }: Watch): Event | undefined {
  return mentions[0]?.event;
}

function textOf(items: readonly OrderItem[]): string {
  const texts = items.map(({ events }) =>
    events.length === 1 ? (events[0]?.text ?? '') : `[${events.map(({ text }) => text).join(', ')}]`,
  );
  const shown = texts.length > 4 ? [...texts.slice(0, 3), '…', texts.at(-1)] : texts;
  return shown.join(', ');
}
