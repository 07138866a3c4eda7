// The editor of one file.

import { autocompletion } from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { indentUnit } from '@codemirror/language';
import { forceLinting, lintGutter, linter } from '@codemirror/lint';
import { Compartment, EditorState, StateEffect } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { completeCommands, completeManifest } from './completion.ts';
import { findFaults } from './find-faults.ts';
import { indentManifest } from './indent.ts';
import { look } from './look.ts';
import { sayFault } from './say-fault.ts';
import type { Diagnostic } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import type { ExerciseFile } from '../../../exercises/exercise.ts';
import type { Words } from '../words/en.ts';
import type { Descriptions } from './field-at.ts';

/** What a check said of a line of the file. */
export interface LineRemark {
  /** From 1; 0 is the first. */
  readonly line: number;
  readonly message: string;
  readonly severity: 'error' | 'info';
}

/** What an editor needs. */
export interface FileEditorOptions {
  readonly file: ExerciseFile;
  readonly text: string;
  readonly words: Words;
  readonly nonce: string;
  readonly descriptions: () => Promise<Descriptions>;
  readonly onChange: () => void;
  readonly onCheck: () => void;
}

/** What is to be marked has changed without the text. */
const remarked = StateEffect.define();

/** One file in an editor. */
export class FileEditor {
  readonly element: HTMLElement;
  readonly #view: EditorView;
  readonly #file: ExerciseFile;
  readonly #tongue = new Compartment();
  #words: Words;
  #remarks: readonly LineRemark[] = [];
  /** A change that comes from disk is nobody's edit. */
  #quietly = false;

  constructor(options: FileEditorOptions) {
    const { file, text, words, nonce, onChange, onCheck } = options;
    this.#file = file;
    this.#words = words;
    const check = { key: 'Mod-Enter', run: () => (onCheck(), true) };
    this.#view = new EditorView({
      doc: text,
      extensions: [
        keymap.of([check]),
        EditorView.cspNonce.of(nonce),
        basicSetup,
        look,
        lintGutter(),
        linter((view) => this.#diagnose(view), {
          delay: 300,
          needsRefresh: ({ transactions }) =>
            transactions.some(({ effects }) => effects.some((effect) => effect.is(remarked))),
        }),
        indentUnit.of('  '),
        languageOf(options),
        this.#tongue.of(this.#spoken()),
        EditorView.updateListener.of(({ docChanged }) => {
          if (!docChanged) return;
          this.#remarks = [];
          if (!this.#quietly) onChange();
        }),
      ],
    });
    this.element = this.#view.dom;
  }

  get text(): string {
    return this.#view.state.sliceDoc();
  }

  /** Puts another text in, as the smallest change, so that the caret stays where it is. */
  replace(text: string): void {
    const old = this.text;
    if (old === text) return;
    let from = 0;
    while (from < old.length && old[from] === text[from]) from += 1;
    let tail = 0;
    while (tail < Math.min(old.length, text.length) - from && old.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
    this.#quietly = true;
    this.#view.dispatch({ changes: { from, to: old.length - tail, insert: text.slice(from, text.length - tail) } });
    this.#quietly = false;
  }

  /** Marks lines; gone with the next change. */
  remark(remarks: readonly LineRemark[]): void {
    this.#remarks = remarks;
    this.#view.dispatch({ effects: remarked.of(null) });
    forceLinting(this.#view);
  }

  speak(words: Words): void {
    this.#words = words;
    this.#view.dispatch({ effects: [this.#tongue.reconfigure(this.#spoken()), remarked.of(null)] });
    forceLinting(this.#view);
  }

  focus(line?: number): void {
    if (line !== undefined && line > 0 && line <= this.#view.state.doc.lines) {
      const { from } = this.#view.state.doc.line(line);
      this.#view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    }
    this.#view.focus();
  }

  /** After it was hidden. */
  measure(): void {
    this.#view.requestMeasure();
  }

  dispose(): void {
    this.#view.destroy();
  }

  #spoken(): Extension {
    return [
      EditorState.phrases.of(this.#words.phrases),
      EditorView.contentAttributes.of({ 'aria-label': this.#words.fileEditor(this.#file.path) }),
    ];
  }

  #diagnose({ state }: EditorView): readonly Diagnostic[] {
    const { doc } = state;
    const told = this.#remarks.map(({ line, message, severity }): Diagnostic => {
      const { from, to, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      return { from: Math.min(to, from + text.search(/\S|$/)), to, severity, message };
    });
    if (this.#file.kind === 'commands') return told;
    const found = findFaults(state.sliceDoc(), this.#file.kinds).map(({ from, to, what }): Diagnostic => {
      const end = Math.min(Math.max(to, from), doc.length);
      const severity = what.kind === 'yaml' ? 'error' : 'warning';
      return { from: Math.min(from, end), to: end, severity, message: sayFault(what, this.#words) };
    });
    // What the check said of a line is not said twice.
    const lines = new Set(told.map(({ from }) => doc.lineAt(from).number));
    return [...told, ...found.filter(({ from }) => !lines.has(doc.lineAt(from).number))];
  }
}

function languageOf({ file, descriptions }: FileEditorOptions): Extension {
  const isManifest = file.kind === 'manifest';
  const source = isManifest ? completeManifest(file.kinds, descriptions) : completeCommands(file.commands);
  return [
    isManifest ? [indentManifest, yaml()] : [],
    autocompletion({ override: [source], icons: false, activateOnTypingDelay: 60 }),
  ];
}
