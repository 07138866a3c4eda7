// `rejected A` and `answered A`: what the action's answers must look like.

import { independent } from './clauses/dependencies.ts';
import { formatSubject } from './explain/describe.ts';
import { describeEnd, explanationOf } from './explain/explanation.ts';
import { formatMatcher } from './matchers/format-matcher.ts';
import { matches } from './matchers/matches.ts';
import { mismatches } from './matchers/mismatches.ts';
import { formatValue } from './matchers/operand.ts';
import { Monitor } from './monitor.ts';
import { canonicalReference } from '../trace/states.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { AnswerCheck } from '../scenario/model.ts';
import type { WindowEnd } from '../trace/record.ts';
import type { JudgedAnswer } from './judge.ts';
import type { Place } from './matchers/place.ts';
import type { Scene } from './scene.ts';
import type { Explanation } from './verdict.ts';

/** Checks answers. Of reads, which `repeat`, a wrong answer decides nothing as long as there is budget for another. */
export class Answers extends Monitor {
  readonly dependencies = independent;
  readonly #check: AnswerCheck;
  readonly #word: 'rejected' | 'answered';
  readonly #repeat: boolean;
  #answers: readonly JudgedAnswer[] = [];

  constructor(
    check: AnswerCheck,
    options: { readonly word: 'rejected' | 'answered'; readonly repeat: boolean; readonly scene: Scene },
  ) {
    super({ word: options.word, text: check.text, span: check.span }, options.scene);
    this.#check = check;
    this.#word = options.word;
    this.#repeat = options.repeat;
  }

  observe(): void {}

  /** The answers of the action, or of its repetition. */
  answer(answers: readonly JudgedAnswer[]): void {
    if (this.verdict !== undefined) return;
    this.#answers = answers.filter((answer) => this.#isMeant(answer));
    if (this.#answers.length > 0 && this.#answers.every((answer) => this.#matches(answer))) this.pass();
    else if (!this.#repeat) this.fail(this.#explain(''));
  }

  protected override onClose(end: WindowEnd): void {
    this.fail(this.#explain(` (last answer; ${describeEnd(end, this.scene)})`));
  }

  #isMeant({ target }: JudgedAnswer): boolean {
    const { of } = this.#check;
    return of === undefined || (target !== undefined && canonicalReference(target) === `${of.of}/${of.name}`);
  }

  #matches(answer: JudgedAnswer): boolean {
    if (this.#word === 'rejected' && !answer.refused) return false;
    return matches(this.#check.matcher, answer.value, this.#placeOf(answer)) === true;
  }

  /** `it` of a matcher is the object of the answer, where there is one. */
  #placeOf({ target }: JudgedAnswer): Place {
    const { world } = this.scene;
    const slash = target?.indexOf('/') ?? -1;
    if (target === undefined || slash < 0) return { world, kind: '' as KindKey, name: '', object: undefined };
    const kind = canonicalReference(target).slice(0, canonicalReference(target).indexOf('/')) as KindKey;
    const name = target.slice(slash + 1);
    return { world, kind, name, object: world.get(kind, name) };
  }

  #explain(note: string): Explanation {
    const check = this.#check;
    const wrong = this.#answers.find((answer) => !this.#matches(answer));
    const must = this.#word === 'rejected' ? 'the request must be refused with' : 'the answer must match';
    const of = check.of === undefined ? '' : `, for ${formatSubject({ kind: check.of.of, name: check.of.name })}`;
    return explanationOf({
      rule: `${must} ${formatMatcher(check.matcher)}${of}`,
      seen: `${this.#seen(wrong)}${note}`,
      lines: [{ span: check.span, text: check.text, remark: '← not so' }],
      compared: wrong === undefined ? [] : this.#compare(wrong),
      ...(this.scene.request === undefined ? {} : { history: [this.scene.request] }),
    });
  }

  #seen(wrong: JudgedAnswer | undefined): string {
    if (wrong === undefined) return 'there was no answer';
    const target = wrong.target === undefined ? '' : ` for ${wrong.target}`;
    if (this.#word === 'rejected' && !wrong.refused) return `ACCEPTED with code ${wrong.code}${target}`;
    return `${wrong.refused ? 'refused' : 'answered'} with code ${wrong.code}${target}`;
  }

  #compare(wrong: JudgedAnswer): Explanation['compared'] {
    if (this.#word === 'rejected' && !wrong.refused) {
      return [{ field: 'answer', expected: 'a refusal', received: formatValue(wrong.value) }];
    }
    return mismatches(this.#check.matcher, wrong.value, this.#placeOf(wrong));
  }
}
