// `holds {for, state}`: from the first point at which the state holds, unbroken for that long.

import { addMs } from './add-ms.ts';
import { LiveGroup } from './clauses/live-clause.ts';
import { explainUnmet } from './explain/clauses.ts';
import { describeEnd, explanationOf, formatTime, remarked } from './explain/explanation.ts';
import { historyOf } from './explain/history.ts';
import { waitingOn } from './explain/waiting.ts';
import { Monitor } from './monitor.ts';
import type { ClauseGroup, Span } from '../scenario/model.ts';
import type { Change } from '../trace/change.ts';
import type { WindowEnd } from '../trace/record.ts';
import type { Dependencies } from './clauses/dependencies.ts';
import type { Scene } from './scene.ts';

/** Waits for a group, then for a time without a break. It must begin within the budget and may end behind it. */
export class Holds extends Monitor {
  readonly dependencies: Dependencies;
  readonly #group: LiveGroup;
  readonly #forMs: number;
  #beganMs: number | undefined;

  constructor(rule: { readonly forMs: number; readonly group: ClauseGroup; readonly span: Span }, scene: Scene) {
    super({ word: 'holds', text: `${rule.group.text} for ${formatTime(rule.forMs)}`, span: rule.span }, scene);
    this.#group = new LiveGroup(rule.group, { world: scene.world });
    this.#forMs = rule.forMs;
    this.dependencies = this.#group.dependencies;
  }

  /** When it will have held for long enough. */
  override get nextMs(): number | undefined {
    return this.#beganMs === undefined ? undefined : addMs(this.#beganMs, this.#forMs);
  }

  observe(change: Change): void {
    this.#group.update(change);
    if (this.opened) this.#look(change);
  }

  override onTime(): void {
    this.pass();
  }

  protected override onOpen(): void {
    this.#look(undefined);
  }

  protected override onGap(): void {
    // A break may have been lost; what begins later is seen whole.
    if (this.#beganMs !== undefined) this.passUnlessGap();
  }

  protected override onClose(end: WindowEnd): void {
    const { scene } = this;
    const { group } = this.#group;
    if (this.#beganMs !== undefined) {
      // When nothing can happen any more, nothing can break it.
      if (end === 'idle') this.pass();
      else this.#failed(`it held from +${formatTime(this.#beganMs)} on, but ${describeEnd(end, scene)}`);
      return;
    }
    const { seen, compared, lines, subjects } = explainUnmet(group, scene.world);
    this.failUnlessGap(
      explanationOf({
        rule: this.#rule(),
        seen: `it never began: ${describeEnd(end, scene)}: ${seen}`,
        lines: remarked(lines, '← never seen'),
        history: historyOf(scene, { subjects }),
        compared,
        waitingOn: waitingOn(scene, subjects),
      }),
    );
  }

  #look(change: Change | undefined): void {
    const { holds } = this.#group;
    if (holds) {
      this.#beganMs ??= this.scene.nowMs;
      return;
    }
    if (this.#beganMs === undefined) return;
    const heldMs = this.scene.nowMs - this.#beganMs;
    this.#failed(`it broke after ${formatTime(heldMs)}, at +${formatTime(this.scene.nowMs)}`, change);
  }

  #failed(seen: string, change?: Change): void {
    const { seen: why, compared, lines, subjects } = explainUnmet(this.#group.group, this.scene.world);
    this.fail(
      explanationOf({
        rule: this.#rule(),
        seen: change === undefined ? seen : `${seen}: ${why}`,
        lines,
        history: historyOf(this.scene, { subjects, decisive: change?.record }),
        compared,
      }),
    );
  }

  #rule(): string {
    return `${this.#group.group.text} must hold unbroken for ${formatTime(this.#forMs)}`;
  }
}
