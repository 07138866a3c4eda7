// The checks of an exercise, and what became of the last answer.

import { formatReal } from '../../../../reporters/render/time.ts';
import { h, replace } from '../../../../reporters/html/page/dom.ts';
import { checkCard } from './check-card.ts';
import type { Child } from '../../../../reporters/html/page/dom.ts';
import type { CheckedAnswer, ExerciseDetail, Texts } from '../wire.ts';
import type { PageContext } from './app.ts';

type ShownGrade = CheckedAnswer['grade'];

/** What can be done in the result. */
export interface ResultEvents {
  readonly toLine: (file: string, line: number) => void;
  /** The record that shows why a step failed, to be shown on the timeline. */
  readonly recordOf: (step: number) => number | undefined;
  readonly toRecord: (record: number) => void;
}

/** The list of checks with its summary. */
export class ResultView {
  readonly element = h('div', { class: 'ex-result' });
  readonly #exercise: ExerciseDetail;
  readonly #events: ResultEvents;
  readonly #hints = new Map<string, readonly Texts[]>();
  #context: PageContext;
  #grade: ShownGrade | undefined;
  #isOutdated = false;

  constructor(exercise: ExerciseDetail, context: PageContext, events: ResultEvents) {
    this.#exercise = exercise;
    this.#context = context;
    this.#events = events;
    this.#draw();
  }

  show(grade: ShownGrade): void {
    this.#grade = grade;
    this.#isOutdated = false;
    this.#draw();
    this.#context.tell(this.#summary());
  }

  /** The files were changed since. */
  outdate(): void {
    if (this.#grade === undefined || this.#isOutdated) return;
    this.#isOutdated = true;
    this.#draw();
  }

  speak(context: PageContext): void {
    this.#context = context;
    this.#draw();
  }

  #draw(): void {
    const { words, language } = this.#context;
    const cards = this.#exercise.asked.map((asked) => {
      const result = this.#grade?.checks.find(({ id }) => id === asked.id);
      const record = result?.step === undefined ? undefined : this.#events.recordOf(result.step);
      return checkCard({
        asked,
        result,
        hints: this.#hints.get(asked.id) ?? [],
        words,
        language,
        gradeLanguage: this.#grade?.language ?? language,
        onHint: () => void this.#hint(asked.id),
        onTimeline: record === undefined ? undefined : () => this.#events.toRecord(record),
      });
    });
    replace(
      this.element,
      ...this.#head(),
      ...this.#troubles(),
      h('ol', { class: 'ex-checks', 'aria-label': words.checks }, ...cards),
      ...this.#commands(),
    );
    this.element.classList.toggle('ex-outdated', this.#isOutdated);
  }

  #head(): readonly Child[] {
    const { words } = this.#context;
    const grade = this.#grade;
    if (grade === undefined) return [h('p', { class: 'small', text: words.notChecked })];
    const share = grade.max === 0 ? 0 : (grade.points / grade.max) * 100;
    const bar = h('span', { class: 'ex-bar', 'aria-hidden': 'true' }, h('i', {}));
    (bar.firstElementChild as HTMLElement).style.width = `${share}%`;
    return [
      h(
        'div',
        { class: `ex-summary ${grade.passed ? 'ex-pass' : 'ex-fail'}` },
        h('strong', { text: words.pointsOf(grade.points, grade.max) }),
        bar,
        h('span', { text: this.#verdict(grade) }),
        grade.kind === 'graded' &&
          h('span', { class: 'small', text: words.took(grade.seeds.length, formatReal(grade.realMs)) }),
      ),
      this.#isOutdated && h('p', { class: 'small ex-old', text: words.outdated }),
    ];
  }

  #verdict(grade: ShownGrade): string {
    const { words } = this.#context;
    if (grade.kind === 'unreadable') return words.cannotRun;
    if (grade.kind === 'failed') return `${words.couldNotGrade}: ${grade.reason ?? ''}`;
    return grade.passed ? words.passed : words.failedChecks(failing(grade).length);
  }

  #summary(): string {
    const { words, language } = this.#context;
    const grade = this.#grade;
    if (grade === undefined) return '';
    const failed = failing(grade).map(({ id, asks }) => {
      const asked = this.#exercise.asked.find((check) => check.id === id);
      return asked?.asks[language] ?? asks;
    });
    return [words.pointsOf(grade.points, grade.max), this.#verdict(grade), ...failed].join(' ');
  }

  /** What is wrong with the files, and what the API would not have. */
  #troubles(): readonly Child[] {
    const { words } = this.#context;
    const { problems = [], refused = [], remarks = [], untried = [] } = this.#grade ?? {};
    const link = (file: string, line: number): HTMLElement =>
      h('button', {
        type: 'button',
        class: 'link',
        text: words.line(file, line),
        on: { click: () => this.#events.toLine(file, line) },
      });
    const found = problems.map(({ file, line, message, hint, severity }) =>
      h(
        'li',
        { class: `ex-${severity}` },
        link(file, line),
        h('span', { lang: 'en', text: ` ${message}` }),
        hint !== undefined && h('span', { class: 'small', lang: 'en', text: ` ${hint}` }),
      ),
    );
    const denied = refused.map(({ file, line = 0, message }) =>
      h('li', { class: 'ex-error' }, link(file, line), h('span', { lang: 'en', text: ` ${message}` })),
    );
    return [
      found.length > 0 && h('h3', { text: words.problems }),
      found.length > 0 && h('ul', { class: 'ex-troubles' }, ...found),
      denied.length > 0 && h('h3', { text: words.refused }),
      denied.length > 0 && h('ul', { class: 'ex-troubles' }, ...denied),
      ...untried.map(({ step, check }) => h('p', { class: 'small', text: words.untried(step, check) })),
      ...remarks.map((text) => h('p', { class: 'small', lang: 'en', text })),
    ];
  }

  #commands(): readonly Child[] {
    const commands = this.#grade?.commands ?? [];
    if (commands.length === 0) return [];
    const text = commands.map(({ command, output }) =>
      [`$ ${command}`, output.trimEnd()].filter((part) => part !== ''),
    );
    const { words } = this.#context;
    return [
      h('h3', { text: words.commands }),
      h('pre', { class: 'ex-console', tabindex: 0, 'aria-label': words.commands, text: text.flat().join('\n') }),
    ];
  }

  async #hint(check: string): Promise<void> {
    const before = this.#hints.get(check) ?? [];
    try {
      const { hint } = await this.#context.server.hint(this.#exercise.id, { check, number: before.length });
      this.#hints.set(check, [...before, hint]);
      this.#draw();
      const card = this.element.querySelector(`[data-check="${CSS.escape(check)}"]`);
      // The button that was pressed is gone, or is the next hint's.
      const next =
        card?.querySelector<HTMLElement>('.ex-buttons button') ?? card?.querySelector<HTMLElement>('.ex-hints');
      next?.focus();
      this.#context.tell(card?.querySelector('.ex-hints li:last-child')?.textContent ?? '');
    } catch (error) {
      this.#context.warn(error);
    }
  }
}

function failing({ checks }: ShownGrade): ShownGrade['checks'] {
  return checks.filter(({ outcome }) => outcome !== 'pass');
}
