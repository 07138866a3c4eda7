// One exercise: task, editor, checks, timeline.

import { h, replace } from '../../../../reporters/html/page/dom.ts';
import { AnswerFiles } from './answer-files.ts';
import { ask, showDialog } from './ask.ts';
import { keepPoints } from './best-points.ts';
import { EditorPanel } from './editor-panel.ts';
import { ResultView } from './result-view.ts';
import { TimelinePanel } from './timeline-panel.ts';
import { textIn } from './words/words.ts';
import type { CheckedAnswer, ExerciseDetail, LearnerFile } from '../wire.ts';
import type { PageContext } from './app.ts';

/** The exercise in the document. */
export class ExerciseView {
  readonly element = h('main', { class: 'ex-page' });
  readonly exercise: ExerciseDetail;
  readonly #task = h('article', { class: 'ex-task', tabindex: 0 });
  readonly #editor: EditorPanel;
  readonly #result: ResultView;
  readonly #checks: HTMLElement;
  readonly #timeline: TimelinePanel;
  readonly #files: AnswerFiles;
  readonly #buttons = h('div', { class: 'ex-actions' });
  readonly #given: readonly LearnerFile[];
  #context: PageContext;
  #isChecking = false;
  #isGone = false;

  constructor(exercise: ExerciseDetail, files: readonly LearnerFile[], context: PageContext) {
    this.exercise = exercise;
    this.#given = files;
    this.#context = context;
    this.#timeline = new TimelinePanel(context);
    this.#editor = new EditorPanel(exercise, files, {
      context,
      onEdit: (path) => {
        this.#files.edited(path);
        this.#result.outdate();
      },
      onCheck: () => this.check(),
      onResolve: (path, keep) => this.#files.resolve(path, keep),
    });
    this.#result = new ResultView(exercise, context, {
      toLine: (file, line) => this.#editor.open(file, line),
      recordOf: (step) => this.#timeline.recordOf(step),
      toRecord: (record) => this.#timeline.select(record),
    });
    this.#files = new AnswerFiles(exercise.id, context.server, {
      textOf: (path) => this.#editor.textOf(path),
      replace: (path, text) => this.#replace(path, text),
      onState: (path, state) => this.#editor.state(path, state),
      onError: (error) => {
        if (!this.#isGone) this.#context.warn(error);
      },
    });
    this.#checks = h('section', { class: 'ex-side', tabindex: -1 }, this.#buttons, this.#result.element);
    replace(this.element, this.#task, this.#editor.element, this.#checks, this.#timeline.element);
    this.speak(context);
  }

  /** Once it stands in the document. */
  begin(): void {
    this.#files.begin(this.#given);
  }

  get unsaved(): boolean {
    return this.#files.unsaved;
  }

  /** Saves the files and has them checked. */
  check(): void {
    void this.#check();
  }

  focusEditor(): void {
    this.#editor.focus();
  }

  /** Moves the focus to the next part, or to the one before. */
  nextPart(isBack: boolean): void {
    const parts = [this.#task, this.#editor.element, this.#checks, this.#timeline.element].filter(
      ({ hidden }) => !hidden,
    );
    const at = parts.findIndex((part) => part.contains(document.activeElement));
    const next = parts[(at + (isBack ? parts.length - 1 : 1)) % parts.length] ?? this.#task;
    if (next === this.#editor.element) this.#editor.focus();
    else if (next === this.#timeline.element) this.#timeline.focus();
    else next.focus();
  }

  speak(context: PageContext): void {
    this.#context = context;
    const { words, language } = context;
    this.#task.setAttribute('aria-label', words.task);
    this.#task.lang = language;
    // The server made this HTML of Markdown, with all markup of its author's escaped.
    this.#task.innerHTML = textIn(this.exercise.tasks, language);
    for (const link of this.#task.querySelectorAll<HTMLAnchorElement>('a[href^="http"]')) {
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
    }
    this.#checks.setAttribute('aria-label', words.checks);
    this.#editor.speak(context);
    this.#result.speak(context);
    this.#timeline.speak(context);
    this.#drawButtons();
  }

  repaint(): void {
    this.#timeline.repaint();
  }

  dispose(): void {
    this.#files.dispose();
    this.#isGone = true;
    this.#editor.dispose();
  }

  #drawButtons(): void {
    const { words } = this.#context;
    const tool = (text: string, click: () => void, more: Readonly<Record<string, unknown>> = {}): HTMLElement =>
      h('button', { type: 'button', class: 'tool', text, on: { click }, ...more });
    const isMac = navigator.userAgent.includes('Mac');
    replace(
      this.#buttons,
      h(
        'button',
        {
          type: 'button',
          class: 'tool ex-main',
          'aria-keyshortcuts': 'Control+Enter Meta+Enter',
          'aria-disabled': this.#isChecking ? 'true' : undefined,
          on: { click: () => this.check() },
        },
        this.#isChecking ? words.checking : words.check,
        ' ',
        h('kbd', { 'aria-hidden': 'true', text: isMac ? '⌘⏎' : 'Ctrl ⏎' }),
      ),
      h('span', { class: 'space' }),
      tool(words.startOver, () => void this.#startOver()),
      tool(words.solution, () => void this.#solution()),
    );
  }

  async #check(): Promise<void> {
    if (this.#isChecking) return;
    this.#tellChecking(true);
    const { server, language, words, tell, warn } = this.#context;
    tell(words.checking);
    try {
      if (!(await this.#files.flush())) return;
      const answer = await server.check(this.exercise.id, language);
      if (!this.#isGone) this.#show(answer);
    } catch (error) {
      if (!this.#isGone) warn(error);
    } finally {
      this.#tellChecking(false);
    }
  }

  #show({ grade, run }: CheckedAnswer): void {
    if (grade.kind === 'graded') keepPoints(this.exercise.id, grade.points);
    this.#timeline.show(run);
    this.#result.show(grade);
    this.#editor.remark([
      ...grade.problems.map(({ file, line, message, severity }) => ({
        file,
        line,
        message,
        severity: severity === 'error' ? ('error' as const) : ('info' as const),
      })),
      ...grade.refused.map(({ file, line = 0, message }) => ({ file, line, message, severity: 'error' as const })),
    ]);
  }

  #tellChecking(isChecking: boolean): void {
    const hadFocus = this.#buttons.firstElementChild === document.activeElement;
    this.#isChecking = isChecking;
    this.#drawButtons();
    if (hadFocus) (this.#buttons.firstElementChild as HTMLElement).focus();
  }

  #replace(path: string, text: string): void {
    if (this.#editor.textOf(path) === text) return;
    this.#editor.replace(path, text);
    this.#result.outdate();
    this.#context.tell(this.#context.words.changedOnDisk(path));
  }

  async #startOver(): Promise<void> {
    const { words } = this.#context;
    if (!(await ask({ question: words.startOverQuestion, yes: words.yes, no: words.cancel }))) return;
    await this.#files.startOver();
    this.#editor.focus();
  }

  async #solution(): Promise<void> {
    const { words, server, warn } = this.#context;
    if (!(await ask({ question: words.solutionQuestion, yes: words.show, no: words.cancel }))) return;
    try {
      const { files } = await server.solution(this.exercise.id);
      const parts = files.flatMap(({ path, text }) => [
        h('h3', { text: path }),
        h('pre', { class: 'ex-solution', tabindex: 0, 'aria-label': path, text }),
      ]);
      showDialog(words.solution, words.close, ...parts);
    } catch (error) {
      warn(error);
    }
  }
}
