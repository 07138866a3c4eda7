// `always X`: X at every point at which the selection is not empty; with `count`, at every point.

import { LiveGroup } from './clauses/live-clause.ts';
import { explainUnmet } from './explain/clauses.ts';
import { explanationOf, formatTime, remarked } from './explain/explanation.ts';
import { historyOf } from './explain/history.ts';
import { Monitor } from './monitor.ts';
import type { ClauseGroup } from '../scenario/model.ts';
import type { Change } from '../trace/change.ts';
import type { Dependencies } from './clauses/dependencies.ts';
import type { Scene } from './scene.ts';

/** Demands clauses at every point. A clause whose selection is empty is not asked at that point. */
export class Always extends Monitor {
  readonly dependencies: Dependencies;
  readonly #group: LiveGroup;
  #asked = false;

  constructor(group: ClauseGroup, scene: Scene) {
    super({ word: 'always', text: group.text, span: group.span }, scene);
    this.#group = new LiveGroup(group, { world: scene.world });
    this.dependencies = this.#group.dependencies;
  }

  observe(change: Change): void {
    this.#group.update(change);
    if (this.opened) this.#look(change);
  }

  override refresh(): void {
    this.#group.refresh();
  }

  protected override onOpen(): void {
    this.#look(undefined);
  }

  protected override onClose(): void {
    this.passUnlessGap({ vacuous: !this.#asked });
  }

  #look(change: Change | undefined): void {
    let broken = false;
    for (const live of this.#group.clauses) {
      if (live.clause.quantifier.kind !== 'count' && !live.selects) continue;
      this.#asked = true;
      if (!live.holds) broken = true;
    }
    if (broken) this.#violated(change);
  }

  #violated(change: Change | undefined): void {
    const { scene } = this;
    const { group } = this.#group;
    const { seen, compared, lines, subjects } = explainUnmet(group, scene.world);
    const involved = change === undefined ? subjects : [{ kind: change.kind, name: change.name }, ...subjects];
    this.fail(
      explanationOf({
        rule: `${group.text} must hold at every point`,
        seen: `at +${formatTime(scene.nowMs)} ${seen}`,
        lines: remarked(lines, '← does not hold'),
        history: historyOf(scene, { subjects: involved, decisive: change?.record }),
        compared,
      }),
    );
  }
}
