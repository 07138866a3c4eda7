// A question before something that cannot be taken back.

import { h } from '../../../../reporters/html/page/dom.ts';

/** Asks in a dialog of the page; the focus goes back to where it was. Gives whether the answer was yes. */
export function ask(texts: { readonly question: string; readonly yes: string; readonly no: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const close = (value: string) => () => dialog.close(value);
    const dialog: HTMLDialogElement = h(
      'dialog',
      { class: 'ex-dialog', 'aria-labelledby': 'ex-question' },
      h('p', { id: 'ex-question', text: texts.question }),
      h(
        'footer',
        {},
        h('button', { type: 'button', class: 'tool', text: texts.no, on: { click: close('') } }),
        h('button', { type: 'button', class: 'tool ex-main', text: texts.yes, on: { click: close('yes') } }),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Shows something in a dialog until it is closed. */
export function showDialog(title: string, closeText: string, ...content: readonly HTMLElement[]): void {
  const dialog: HTMLDialogElement = h(
    'dialog',
    { class: 'ex-dialog ex-wide', 'aria-labelledby': 'ex-dialog-title' },
    h(
      'header',
      {},
      h('h2', { id: 'ex-dialog-title', text: title }),
      h('button', { type: 'button', class: 'tool', text: closeText, on: { click: () => dialog.close() } }),
    ),
    ...content,
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
