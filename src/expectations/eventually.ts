// `eventually X`: X holds at a point. The clauses of a map hold together at one point; each member of a list is a monitor.

import { LiveGroup } from './clauses/live-clause.ts';
import { explainUnmet } from './explain/clauses.ts';
import { describeEnd, explanationOf, formatTime, remarked } from './explain/explanation.ts';
import { historyOf } from './explain/history.ts';
import { waitingOn } from './explain/waiting.ts';
import { Monitor } from './monitor.ts';
import type { ClauseGroup } from '../scenario/model.ts';
import type { Change } from '../trace/change.ts';
import type { WindowEnd } from '../trace/record.ts';
import type { Dependencies } from './clauses/dependencies.ts';
import type { Scene } from './scene.ts';

/** Waits for a group of clauses; also what `until` waits for. */
export class Eventually extends Monitor {
  readonly dependencies: Dependencies;
  readonly #group: LiveGroup;
  readonly #word: 'eventually' | 'until';
  #nearest: { readonly inState: number; readonly selected: number; readonly atMs: number } | undefined;

  constructor(group: ClauseGroup, options: { readonly scene: Scene; readonly word: 'eventually' | 'until' }) {
    super({ word: options.word, text: group.text, span: group.span }, options.scene);
    this.#group = new LiveGroup(group, { world: options.scene.world });
    this.#word = options.word;
    this.dependencies = this.#group.dependencies;
  }

  observe(change: Change): void {
    this.#group.update(change);
    if (this.opened) this.#look();
  }

  protected override onOpen(): void {
    this.#look();
  }

  protected override onClose(end: WindowEnd): void {
    const { scene } = this;
    const { group } = this.#group;
    const { seen, compared, lines, subjects } = explainUnmet(group, scene.world);
    const until = this.#word === 'until' ? ', to end the window' : '';
    this.failUnlessGap(
      explanationOf({
        rule: `${group.text} must hold at some point within ${formatTime(scene.budgetMs)}${until}`,
        seen: `${describeEnd(end, scene)}: ${seen}${this.#approach()}`,
        lines: remarked(lines, '← never seen'),
        history: historyOf(scene, { subjects }),
        compared,
        waitingOn: waitingOn(scene, subjects),
      }),
    );
  }

  #look(): void {
    if (this.#group.holds) {
      this.pass();
      return;
    }
    let inState = 0;
    for (const live of this.#group.clauses) inState += live.inState;
    if (this.#nearest !== undefined && inState <= this.#nearest.inState) return;
    let selected = 0;
    for (const live of this.#group.clauses) selected += live.selected;
    this.#nearest = { inState, selected, atMs: this.scene.nowMs };
  }

  /** `; nearest: 2 of 3 at +41s`, where several objects are meant. */
  #approach(): string {
    if (this.#nearest === undefined || this.#nearest.selected < 2) return '';
    const { inState, selected, atMs } = this.#nearest;
    return `; nearest: ${inState} of ${selected} at +${formatTime(atMs)}`;
  }
}
