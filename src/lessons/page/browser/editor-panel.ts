// The editors of the learner's files, one a tab, and how each file stands on disk.

import { h, replace } from '../../../../reporters/html/page/dom.ts';
import { FileEditor } from './editor/file-editor.ts';
import type { ExerciseFile } from '../../exercises/exercise.ts';
import type { ExerciseDetail, LearnerFile } from '../wire.ts';
import type { FileState } from './answer-files.ts';
import type { PageContext } from './app.ts';
import type { LineRemark } from './editor/file-editor.ts';
import type { Words } from './words/en.ts';

/** What happens in it. */
export interface EditorEvents {
  readonly context: PageContext;
  readonly onEdit: (path: string) => void;
  readonly onCheck: () => void;
  readonly onResolve: (path: string, keep: 'mine' | 'disk') => void;
}

interface Tab {
  readonly file: ExerciseFile;
  readonly editor: FileEditor;
  readonly button: HTMLElement;
  readonly panel: HTMLElement;
  state: FileState;
}

/** The middle of the page. */
export class EditorPanel {
  readonly element = h('section', { class: 'ex-editor' });
  readonly #events: EditorEvents;
  readonly #tabs: readonly Tab[];
  readonly #list = h('div', { class: 'ex-tabs', role: 'tablist', on: { keydown: (event) => this.#onKey(event) } });
  readonly #note = h('span', { class: 'small ex-note' });
  readonly #saved = h('span', { class: 'small ex-saved' });
  readonly #trouble = h('div', { class: 'ex-trouble', role: 'alert', hidden: true });
  #words: Words;
  #open: Tab | undefined;

  constructor({ files }: ExerciseDetail, texts: readonly LearnerFile[], events: EditorEvents) {
    this.#events = events;
    this.#words = events.context.words;
    this.#tabs = files.map((file, at) => this.#tab(file, at, texts));
    replace(this.#list, ...this.#tabs.map(({ button }) => button));
    replace(
      this.element,
      h('header', {}, this.#list, this.#note, h('span', { class: 'space' }), this.#saved),
      this.#trouble,
      ...this.#tabs.map(({ panel }) => panel),
    );
    this.#choose(this.#tabs[0]);
  }

  textOf(path: string): string {
    return this.#of(path)?.editor.text ?? '';
  }

  replace(path: string, text: string): void {
    this.#of(path)?.editor.replace(text);
  }

  /** Opens a file at a line. */
  open(path: string, line: number): void {
    const tab = this.#of(path);
    if (tab === undefined) return;
    this.#choose(tab);
    tab.editor.focus(line);
  }

  state(path: string, state: FileState): void {
    const tab = this.#of(path);
    if (tab === undefined) return;
    tab.state = state;
    this.#drawState();
  }

  remark(remarks: readonly (LineRemark & { readonly file: string })[]): void {
    for (const { file, editor } of this.#tabs) editor.remark(remarks.filter((remark) => remark.file === file.path));
  }

  speak({ words }: PageContext): void {
    this.#words = words;
    this.element.setAttribute('aria-label', words.editor);
    this.#list.setAttribute('aria-label', words.files);
    for (const { editor } of this.#tabs) editor.speak(words);
    this.#drawState();
  }

  focus(): void {
    this.#open?.editor.focus();
  }

  dispose(): void {
    for (const { editor } of this.#tabs) editor.dispose();
  }

  #of(path: string): Tab | undefined {
    return this.#tabs.find(({ file }) => file.path === path);
  }

  #tab(file: ExerciseFile, at: number, texts: readonly LearnerFile[]): Tab {
    const { context, onEdit, onCheck } = this.#events;
    const editor = new FileEditor({
      file,
      text: texts.find(({ path }) => path === file.path)?.text ?? '',
      words: context.words,
      nonce: context.settings.nonce,
      descriptions: () => context.server.descriptions(),
      onChange: () => onEdit(file.path),
      onCheck,
    });
    const [id, panelId] = [`ex-tab-${at}`, `ex-panel-${at}`];
    const click = (): void => this.#choose(this.#of(file.path));
    const button = h('button', {
      type: 'button',
      role: 'tab',
      id,
      'aria-controls': panelId,
      text: file.path,
      on: { click },
    });
    const panel = h('div', { class: 'ex-panel', role: 'tabpanel', id: panelId, 'aria-labelledby': id }, editor.element);
    return { file, editor, button, panel, state: { kind: 'saved' } };
  }

  #choose(tab: Tab | undefined): void {
    this.#open = tab;
    for (const { button, panel, editor, file } of this.#tabs) {
      const isOpen = file === tab?.file;
      button.setAttribute('aria-selected', String(isOpen));
      button.tabIndex = isOpen ? 0 : -1;
      panel.hidden = !isOpen;
      if (isOpen) editor.measure();
    }
    this.#drawState();
  }

  #onKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = this.#tabs.findIndex((tab) => tab === this.#open);
    const next = this.#tabs[(at + step + this.#tabs.length) % this.#tabs.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    this.#choose(next);
    next.button.focus();
  }

  #drawState(): void {
    const tab = this.#open;
    if (tab === undefined) return;
    const { file, state } = tab;
    const words = this.#words;
    this.#note.textContent =
      file.kind === 'manifest' ? words.kindsOf(file.kinds.join(', ')) : words.commandsOf(file.commands.join(', '));
    this.#saved.textContent =
      state.kind === 'saved' ? words.saved : state.kind === 'unsaved' ? words.saving : words.unsaved;
    for (const { button, state: of } of this.#tabs) {
      button.classList.toggle('ex-alarm', of.kind === 'conflict' || of.kind === 'unreadable');
    }
    const button = (text: string, keep: 'mine' | 'disk'): HTMLElement =>
      h('button', {
        type: 'button',
        class: 'tool',
        text,
        on: { click: () => this.#events.onResolve(file.path, keep) },
      });
    this.#trouble.hidden = state.kind !== 'conflict' && state.kind !== 'unreadable';
    if (state.kind === 'conflict') {
      const choices = [button(words.takeDisk, 'disk'), button(words.keepMine, 'mine')];
      replace(this.#trouble, h('span', { text: words.conflict(file.path) }), ...choices);
    } else if (state.kind === 'unreadable') {
      const text = words.unreadable(file.path, state.reason);
      replace(this.#trouble, h('span', { text }), button(words.writeAgain, 'mine'));
    } else replace(this.#trouble);
  }
}
