// `setpiece explain [TOPIC]`: the manual's tables, one entry of them, or the list of topics.

import { createPalette } from '../../../reporters/render/palette.ts';
import { hanging } from '../../../reporters/render/width.ts';
import { closest } from '../../kubernetes/did-you-mean.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { manualTopics } from '../../scenario/generated/manual.js';
import { ReportedError } from '../reported-error.ts';
import { standardOutput } from '../streams.ts';
import type { Palette } from '../../../reporters/render/palette.ts';
import type { Backend } from '../../backends/cluster.ts';
import type { ManualRow, ManualTopic } from '../../scenario/definition/manual.ts';

/** Explains a topic, or the entry of that name in any topic. */
export async function explain(topic: string | undefined): Promise<number> {
  const palette = createPalette(standardOutput.colours);
  const lines = topic === undefined ? overview(palette) : await explanation(topic, palette);
  standardOutput.write(`${lines.join('\n')}\n`);
  return exitCodes.pass;
}

function overview(palette: Palette): readonly string[] {
  const width = Math.max(...manualTopics.map(({ topic }) => topic.length));
  return [
    'setpiece explain TOPIC, or the name of anything in one:',
    '',
    ...manualTopics.flatMap(({ topic, title }) => row(palette.strong(topic.padEnd(width)), title, width)),
  ];
}

function row(name: string, text: string, width: number): readonly string[] {
  return hanging(`  ${name}   `, text, { columns: standardOutput.columns, indent: width + 5 });
}

async function explanation(name: string, palette: Palette): Promise<readonly string[]> {
  const whole = manualTopics.find(({ topic }) => topic === name);
  if (whole !== undefined) return [...table(whole, palette), ...(await offers(whole))];
  const entries: string[] = [];
  for (const { topic, rows } of manualTopics) {
    for (const row of rows) if (row.name === name) entries.push('', ...entry(topic, row, palette));
  }
  if (entries.length > 0) return entries.slice(1);
  const near = closest(
    name,
    manualTopics.flatMap(({ topic, rows }) => [topic, ...rows.map((row) => row.name)]),
  );
  const hint =
    near === undefined ? `topics: ${manualTopics.map(({ topic }) => topic).join(', ')}` : `did you mean ${near}?`;
  throw new ReportedError(`there is nothing called \`${name}\` to explain: ${hint}`, exitCodes.invalid);
}

function table({ title, rows }: ManualTopic, palette: Palette): readonly string[] {
  const width = Math.min(28, Math.max(...rows.map(({ name }) => name.length)));
  return [
    palette.strong(title),
    '',
    ...rows.flatMap(({ name, meaning }) => row(palette.place(name.padEnd(width)), meaning, width)),
  ];
}

function entry(topic: string, { name, shape, meaning, example }: ManualRow, palette: Palette): readonly string[] {
  return [
    `${palette.strong(name)}   ${palette.faint(`(${topic})`)}`,
    ...(shape === '' ? [] : paragraph(shape)),
    ...paragraph(meaning),
    ...(example === '' ? [] : ['', ...example.split('\n').map((line) => `    ${palette.place(line)}`)]),
  ];
}

function paragraph(text: string): readonly string[] {
  return hanging('  ', text, { columns: standardOutput.columns, indent: 2 });
}

/** What each backend offers of the capabilities. */
async function offers({ topic, rows }: ManualTopic): Promise<readonly string[]> {
  if (topic !== 'capabilities') return [];
  const { selectBackend } = await import('../../backends/select.ts');
  const backend: Backend = await selectBackend({ kind: 'simulator' });
  const offered = rows
    .map(({ name }) => name)
    .filter((name) => (backend.capabilities as ReadonlySet<string>).has(name));
  await backend.dispose();
  return ['', ...hanging('the simulator has: ', offered.join(', '), { columns: standardOutput.columns, indent: 19 })];
}
