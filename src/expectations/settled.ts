// `settled X`: X holds at the first quiet point after the positive words are decided.

import { LiveGroup } from './clauses/live-clause.ts';
import { independent } from './clauses/dependencies.ts';
import { explainUnmet } from './explain/clauses.ts';
import { describeEnd, explanationOf } from './explain/explanation.ts';
import { historyOf } from './explain/history.ts';
import { isUnderway, waitingOn } from './explain/waiting.ts';
import { Monitor } from './monitor.ts';
import type { ClauseGroup } from '../scenario/model.ts';
import type { WindowEnd } from '../trace/record.ts';
import type { Scene } from './scene.ts';

const comingHint = 'what takes longer than the quiet time to begin is awaited with `eventually` or `order`';

/** Looks at a group once, when told that all is quiet; until then it costs nothing. */
export class Settled extends Monitor {
  readonly dependencies = independent;
  readonly #group: ClauseGroup;

  constructor(group: ClauseGroup, scene: Scene) {
    super({ word: 'settled', text: group.text, span: group.span }, scene);
    this.#group = group;
  }

  observe(): void {}

  /** The quiet point has come. */
  judge(): void {
    const { scene } = this;
    if (new LiveGroup(this.#group, { world: scene.world }).holds) {
      this.pass();
      return;
    }
    const { seen, compared, lines, subjects } = explainUnmet(this.#group, scene.world);
    const waiting = waitingOn(scene, subjects);
    const isComing = waiting.length > 0 || subjects.some((subject) => isUnderway(scene, subject));
    this.fail(
      explanationOf({
        rule: `once everything is quiet, ${this.#group.text} must hold`,
        seen: `quiet, but ${seen}`,
        lines,
        history: historyOf(scene, { subjects }),
        compared,
        waitingOn: waiting,
        // Of no use where values have settled differently: waiting longer would not change them.
        ...(isComing ? { hint: comingHint } : {}),
      }),
    );
  }

  protected override onClose(end: WindowEnd): void {
    const { scene } = this;
    const moving = scene.moving();
    this.fail(
      explanationOf({
        rule: `once everything is quiet, ${this.#group.text} must hold`,
        seen: `not quiet: ${describeEnd(end, scene)}${moving.length === 0 ? '' : `, ${moving.length} still moving`}`,
        lines: [{ span: this.#group.span, text: this.#group.text }],
        waitingOn: moving,
      }),
    );
  }
}
