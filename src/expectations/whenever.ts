// `whenever {when, then}`: `then` holds at each point at which the event `when` happens.

import { joinDependencies } from './clauses/dependencies.ts';
import { LiveGroup } from './clauses/live-clause.ts';
import { watchEvent } from './clauses/live-event.ts';
import { explainUnmet } from './explain/clauses.ts';
import { explanationOf, formatTime, remarked } from './explain/explanation.ts';
import { historyOf } from './explain/history.ts';
import { phraseHappening } from './explain/phrase.ts';
import { Monitor } from './monitor.ts';
import type { ClauseGroup, Event, Span } from '../scenario/model.ts';
import type { Change } from '../trace/change.ts';
import type { Dependencies } from './clauses/dependencies.ts';
import type { LiveEvent } from './clauses/live-event.ts';
import type { Scene } from './scene.ts';

/** Ties a group of clauses to the points of an event. */
export class Whenever extends Monitor {
  readonly dependencies: Dependencies;
  readonly #when: Event;
  readonly #event: LiveEvent;
  readonly #then: LiveGroup;
  #happened = false;

  constructor(rule: { readonly when: Event; readonly then: ClauseGroup; readonly span: Span }, scene: Scene) {
    super({ word: 'whenever', text: `${rule.when.text} → ${rule.then.text}`, span: rule.span }, scene);
    this.#when = rule.when;
    this.#event = watchEvent(rule.when, scene.world);
    this.#then = new LiveGroup(rule.then, { world: scene.world });
    this.dependencies = joinDependencies([this.#event.dependencies, this.#then.dependencies]);
  }

  observe(change: Change): void {
    this.#then.update(change);
    if (this.#event.update(change).length === 0) return;
    this.#happened = true;
    if (!this.#then.holds) this.#violated(change);
  }

  override refresh(): void {
    this.#then.refresh();
  }

  protected override onClose(): void {
    this.passUnlessGap({ vacuous: !this.#happened });
  }

  #violated(change: Change): void {
    const { scene } = this;
    const { group } = this.#then;
    const when = this.#when;
    const { seen, compared, lines, subjects } = explainUnmet(group, scene.world);
    this.fail(
      explanationOf({
        rule: `whenever ${phraseHappening(when)}, ${group.text} must hold`,
        seen: `at +${formatTime(change.record.at)} ${phraseHappening(when)}, but ${seen}`,
        lines: [{ span: when.span, text: when.text, remark: '← happened' }, ...remarked(lines, '← does not hold')],
        history: historyOf(scene, {
          subjects: [{ kind: change.kind, name: change.name }, ...subjects],
          decisive: change.record,
          remark: phraseHappening(when),
        }),
        compared,
      }),
    );
  }
}
