// The page as a whole: the address names the exercise, the bar above has what is the same everywhere.

import { h, replace } from '../../../../reporters/html/page/dom.ts';
import { startTheme } from '../../../../reporters/html/page/theme.ts';
import { showDialog } from './ask.ts';
import { ExerciseView } from './exercise-view.ts';
import { listView } from './list-view.ts';
import { PageServer } from './server.ts';
import { languages, rememberedLanguage, rememberLanguage, textIn, wordsIn } from './words/words.ts';
import type { ExerciseDetail, PageSettings } from '../wire.ts';
import type { Words } from './words/en.ts';

/** What views need of the page around them. */
export interface PageContext {
  readonly server: PageServer;
  readonly settings: PageSettings;
  readonly words: Words;
  readonly language: string;
  /** Says something to those who do not see it, in the page's language unless told otherwise. */
  readonly tell: (text: string, language?: string) => void;
  /** Shows what went wrong. */
  readonly warn: (error: unknown) => void;
}

/** The page. */
export class App {
  readonly #settings: PageSettings;
  readonly #server: PageServer;
  readonly #live = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  readonly #warning = h('div', { class: 'ex-warning', role: 'alert', hidden: true });
  readonly #place = h('div', { class: 'ex-place' });
  #theme: { readonly toggle: () => 'light' | 'dark' } | undefined;
  #language: string;
  #view: ExerciseView | undefined;
  /** Counts addresses that were followed; an answer that comes too late is not shown. */
  #turn = 0;

  constructor(settings: PageSettings) {
    this.#settings = settings;
    this.#server = new PageServer(settings.token);
    this.#language = rememberedLanguage(settings.language);
  }

  /** Builds the page and follows the address from now on. */
  start(): void {
    this.#theme = startTheme(() => this.#view?.repaint());
    window.addEventListener('hashchange', () => void this.#follow());
    document.addEventListener('keydown', (event) => this.#onKey(event));
    window.addEventListener('beforeunload', (event) => {
      if (this.#view?.unsaved === true) event.preventDefault();
    });
    void this.#follow();
  }

  get #context(): PageContext {
    return {
      server: this.#server,
      settings: this.#settings,
      words: wordsIn(this.#language),
      language: this.#language,
      tell: (text, language = this.#language) => {
        this.#live.lang = language;
        this.#live.textContent = text;
      },
      warn: (error) => this.#warn(error),
    };
  }

  async #follow(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const id = decodeURIComponent(location.hash.replace(/^#\/?/, ''));
    this.#view?.dispose();
    this.#view = undefined;
    this.#warning.hidden = true;
    const context = this.#context;
    try {
      if (id === '') {
        const list = await this.#server.list();
        if (turn === this.#turn) this.#show(undefined, listView(list, context));
        return;
      }
      const exercise = await this.#server.exercise(id);
      const { files } = await this.#server.start(id);
      if (turn !== this.#turn) return;
      const view = new ExerciseView(exercise, files, context);
      this.#view = view;
      this.#show(exercise, view.element);
      view.begin();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#show(undefined, h('main', { class: 'ex-list' }));
      this.#warn(error);
    }
  }

  #show(exercise: ExerciseDetail | undefined, content: HTMLElement): void {
    const { words } = this.#context;
    const title = exercise === undefined ? words.title : textIn(exercise.title, this.#language);
    document.title = `${title} · setpiece`;
    document.documentElement.lang = this.#language;
    replace(this.#place, content);
    replace(document.body, this.#bar(exercise), this.#place, this.#warning, this.#live);
  }

  #bar(exercise: ExerciseDetail | undefined): HTMLElement {
    const { words } = this.#context;
    const language = h(
      'select',
      { class: 'tool', 'aria-label': words.language, on: { change: () => this.#speak(language.value) } },
      ...languages.map(({ tag, name }) =>
        h('option', { value: tag, lang: tag, selected: tag === this.#language, text: name }),
      ),
    );
    const tool = (text: string, label: string, click: () => void): HTMLElement =>
      h('button', { type: 'button', class: 'tool', title: label, 'aria-label': label, text, on: { click } });
    return h(
      'header',
      { class: 'top' },
      h('a', { class: 'brand', href: '#/', text: 'setpiece' }),
      exercise !== undefined && h('span', { class: 'ex-crumb', 'aria-hidden': 'true', text: '›' }),
      exercise !== undefined && h('span', { class: 'ex-title', text: textIn(exercise.title, this.#language) }),
      exercise !== undefined && h('span', { class: 'small', text: words.levelOf(exercise.level) }),
      exercise !== undefined &&
        h('button', {
          type: 'button',
          class: 'tool to-timeline',
          text: words.skip,
          on: { click: () => this.#view?.focusEditor() },
        }),
      h('span', { class: 'space' }),
      exercise !== undefined && h('a', { class: 'ex-back', href: '#/', text: words.all }),
      language,
      tool('◐', words.theme, () => void this.#theme?.toggle()),
      tool('?', words.keys, () => this.#showKeys()),
    );
  }

  #speak(language: string): void {
    this.#language = language;
    rememberLanguage(language);
    const view = this.#view;
    if (view === undefined) void this.#follow();
    else {
      view.speak(this.#context);
      this.#show(view.exercise, view.element);
    }
    // The bar is built anew; whoever switched goes on from the switch.
    document.querySelector<HTMLElement>('.top select')?.focus();
  }

  #showKeys(): void {
    const { words } = this.#context;
    const rows = words.keyList.map(([keys, what]) =>
      h('tr', {}, h('th', { scope: 'row' }, h('kbd', { text: keys })), h('td', { text: what })),
    );
    const about = h('p', { class: 'small' }, `${words.work} `, h('code', { text: this.#settings.work }));
    const thanks = h('p', { class: 'small', text: words.descriptionsFrom });
    showDialog(words.keys, words.close, h('table', { class: 'ex-keys' }, h('tbody', {}, ...rows)), about, thanks);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#view?.check();
    else if (event.key === 'F6') this.#view?.nextPart(event.shiftKey);
    else return;
    event.preventDefault();
  }

  #warn(error: unknown): void {
    // `fetch` rejects with a TypeError when nobody answers.
    const { words } = this.#context;
    const text =
      error instanceof TypeError ? words.noConnection : error instanceof Error ? error.message : String(error);
    const close = (): void => {
      this.#warning.hidden = true;
    };
    replace(
      this.#warning,
      h('span', { text }),
      h('button', { type: 'button', class: 'tool', text: words.close, on: { click: close } }),
    );
    this.#warning.hidden = false;
  }
}
