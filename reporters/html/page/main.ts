// Where the page begins: reads the report out of its own document.

import { App } from './app.ts';
import { h, replace } from './dom.ts';
import type { RecordRow, ReportDocument } from '../document.ts';

function read(id: string): unknown {
  const text = document.querySelector(`#${id}`)?.textContent;
  if (text === null || text === undefined) throw new Error(`this file has no block ${id}; it was cut or changed`);
  return JSON.parse(text);
}

try {
  const report = read('report') as ReportDocument;
  // The document's body is emptied for the page; the blocks stay where they can be read.
  const blocks = report.runs.map((_, position) => document.querySelector(`#records-${position}`)?.textContent ?? '[]');
  new App(report, (run) => JSON.parse(blocks[run] ?? '[]') as readonly RecordRow[]).start();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  replace(document.body, h('p', { class: 'broken', role: 'alert', text: `The report cannot be shown: ${reason}` }));
}
