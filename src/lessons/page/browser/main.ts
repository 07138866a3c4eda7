// Where the page begins: reads the settings out of its own document.

import { h, replace } from '../../../../reporters/html/page/dom.ts';
import { App } from './app.ts';
import type { PageSettings } from '../wire.ts';

try {
  const { settings } = document.documentElement.dataset;
  if (settings === undefined) throw new Error('the document has no settings');
  new App(JSON.parse(settings) as PageSettings).start();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  replace(document.body, h('p', { class: 'broken', role: 'alert', text: `The page cannot be shown: ${reason}` }));
}
