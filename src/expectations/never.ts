// `never X`: at no point X until the window ends; of events (edges, changes), not once.

import { edgeWords } from '../trace/states.ts';
import { LiveClause, LiveGroup } from './clauses/live-clause.ts';
import { watchEvent } from './clauses/live-event.ts';
import { joinDependencies } from './clauses/dependencies.ts';
import { explainMet } from './explain/clauses.ts';
import { formatSubject } from './explain/describe.ts';
import { explanationOf, formatTime, remarked } from './explain/explanation.ts';
import { historyOf } from './explain/history.ts';
import { phraseHappening } from './explain/phrase.ts';
import { Monitor } from './monitor.ts';
import type { Clause, ClauseGroup, Event } from '../scenario/model.ts';
import type { Change } from '../trace/change.ts';
import type { Dependencies } from './clauses/dependencies.ts';
import type { LiveEvent } from './clauses/live-event.ts';
import type { Scene } from './scene.ts';

/** Forbids a state: any selected object in it at any point, or clauses together. */
export class NeverState extends Monitor {
  readonly dependencies: Dependencies;
  readonly #group: LiveGroup;

  constructor(group: ClauseGroup, scene: Scene) {
    super({ word: 'never', text: group.text, span: group.span }, scene);
    this.#group = new LiveGroup(group, { world: scene.world, reading: 'any' });
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
    this.#group.open();
    this.#look(undefined);
  }

  protected override onClose(): void {
    const vacuous = this.#group.clauses.some((live) => !live.everSelected && live.clause.quantifier.kind !== 'count');
    this.passUnlessGap({ vacuous });
  }

  #look(change: Change | undefined): void {
    if (!this.#group.holds) return;
    const { scene } = this;
    const { group } = this.#group;
    const { seen, lines, subjects } = explainMet(group, scene.world);
    this.fail(
      explanationOf({
        rule: `${group.text} must hold at no point`,
        seen:
          change === undefined
            ? `already so when the window opened, at +${formatTime(scene.nowMs)}: ${seen}`
            : `at +${formatTime(scene.nowMs)} ${seen}`,
        lines: remarked(lines, '← seen'),
        history: historyOf(scene, { subjects, decisive: change?.record }),
      }),
    );
  }
}

/** Forbids an event. */
export class NeverEvent extends Monitor {
  readonly dependencies: Dependencies;
  readonly #event: Event;
  readonly #live: LiveEvent;
  /** Whether there was anything to which it could have happened. */
  readonly #selection: LiveClause;
  readonly #breakable: boolean;

  constructor(event: Event, scene: Scene) {
    super({ word: 'never', text: event.text, span: event.span }, scene);
    this.#event = event;
    this.#live = watchEvent(event, scene.world);
    this.#selection = new LiveClause(anyOf(event), { world: scene.world, reading: 'any' });
    this.#breakable = isBreakable(event);
    this.dependencies = joinDependencies([this.#live.dependencies, this.#selection.dependencies]);
  }

  observe(change: Change): void {
    // Whether there was anything is all that it is asked.
    if (!this.#selection.everSelected) this.#selection.update(change);
    const names = this.#live.update(change);
    if (names.length > 0) this.#violated(change, names);
  }

  protected override onClose(): void {
    this.passUnlessGap({ vacuous: !this.#breakable && !this.#selection.everSelected });
  }

  #violated(change: Change, names: readonly string[]): void {
    const { scene } = this;
    const event = this.#event;
    const kind = event.kind === 'edge' ? event.clause.selection.of : event.selection.of;
    const subjects = [
      { kind: change.kind, name: change.name },
      ...names.filter((name) => name !== '').map((name) => ({ kind, name })),
    ];
    this.fail(
      explanationOf({
        rule: `${event.text} must not happen`,
        seen: `at +${formatTime(change.record.at)} ${phraseHappening(event)}: ${formatSubject(subjects.at(-1) ?? change)}`,
        lines: [{ span: event.span, text: event.text, remark: '← happened' }],
        history: historyOf(scene, { subjects, decisive: change.record, remark: phraseHappening(event) }),
      }),
    );
  }
}

/**
 * Whether a record could have broken the promise although nothing was there: a count can rise from 0, and `Created` of a name
 * that never came is a promise that was kept.
 */
function isBreakable(event: Event): boolean {
  if (event.kind !== 'edge') return false;
  const { quantifier, selection, is } = event.clause;
  if (quantifier.kind === 'count') return true;
  if (quantifier.kind !== 'each' || selection.kind !== 'names' || is === undefined) return false;
  return is.words.length > 0 && is.words.every(({ word }) => edgeWords.includes(word));
}

/** The event's selection as a clause of its own: something exists. */
function anyOf(event: Event): Clause {
  const selection = event.kind === 'edge' ? event.clause.selection : event.selection;
  return { selection, quantifier: { kind: 'each' }, text: selection.text, span: selection.span };
}
