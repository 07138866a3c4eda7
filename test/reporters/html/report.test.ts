import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createHtmlReporter } from '../../../reporters/html.ts';
import { RowWriter } from '../../../reporters/html/write-rows.ts';
import { readRows } from '../../../reporters/html/read-rows.ts';
import { gather, hostile, madeMessages } from './made-report.ts';
import type { RecordRow } from '../../../reporters/html/document.ts';
import type { Message } from '../../../src/runner/messages.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';

let messages: readonly Message[] = [];
beforeAll(async () => {
  messages = await madeMessages();
});

function write(stream: readonly Message[]): string {
  let text = '';
  const page = { script: 'window.page = "</b>";', style: 'b { color: red }' };
  const reporter = createHtmlReporter({ page: () => page, write: (piece) => void (text += piece) });
  for (const message of stream) reporter.on(message);
  void reporter.end?.();
  return text;
}

function recordsOf(seed: number): readonly TraceRecord[] {
  return messages.flatMap((message) => (message.kind === 'record' && message.id.seed === seed ? [message.record] : []));
}

describe('html report', () => {
  test('it wants records', () => {
    expect(createHtmlReporter({ page: () => ({ script: '', style: '' }), write: () => {} }).wantsRecords).toBe(true);
  });

  test('both runs of a scenario are in it, with their records', () => {
    const { document, blocks } = gather(messages);

    expect(document.runs.map(({ id, outcome }) => [id.seed, outcome])).toEqual([
      [1, 'pass'],
      [2, 'fail'],
    ]);
    expect(blocks.map((text) => (JSON.parse(text) as unknown[]).length)).toEqual([
      recordsOf(1).length,
      recordsOf(2).length,
    ]);
  });

  test('records come back as they were, but for managed fields', () => {
    const records = recordsOf(1);
    const writer = new RowWriter();
    for (const record of records) writer.add(record);

    const read = readRows(JSON.parse(writer.text()) as readonly RecordRow[]);

    const plain = JSON.parse(
      JSON.stringify(records, (name, value: unknown) => (name === 'managedFields' ? undefined : value)),
    ) as unknown;
    expect(read.map(({ record }) => record)).toEqual(plain);
  });

  test('an apply is known to be by its field manager', () => {
    const writer = new RowWriter();
    for (const record of recordsOf(1)) writer.add(record);
    const read = readRows(JSON.parse(writer.text()) as readonly RecordRow[]);

    const created = read.find(({ record }) => record.kind === 'observation' && record.object.kind === 'StatefulSet');

    expect(created?.manager).toBe('setpiece');
  });

  test('scripts and styles are only those of the page, by hash', () => {
    const html = write(messages);
    const hash = createHash('sha256').update('window.page = "</b>";').digest('base64');

    expect(html).toContain(`script-src 'sha256-${hash}'`);
    expect(html).toContain("default-src 'none'");
  });

  test('what comes from traces ends no script', () => {
    const html = write(messages);

    expect(html).not.toContain(hostile);
    expect(html.match(/<script/g)).toHaveLength(4);
    expect(html.match(/<\/script>/g)).toHaveLength(4);
  });

  test('a run that could not be made still gives a page, with the reason', () => {
    const [started] = messages;
    const ended = { ...messages.at(-1), exitCode: 2, reason: 'nowhere does not exist' };

    expect(write([started, ended] as Message[])).toContain('nowhere does not exist');
  });

  test('without an end nothing is written', () => {
    expect(write(messages.slice(0, 1))).toBe('');
  });

  test('of several streams the exit code is not that of a later green one', () => {
    expect(
      gather([
        ...messages,
        ...messages.filter(({ kind }) => kind === 'runStarted' || kind === 'runFinished').slice(0, 2),
      ]).document.exitCode,
    ).toBe(1);
  });
});

test('5,000 records of 60 pods take less than 5 MB', () => {
  const writer = new RowWriter();
  const template = recordsOf(1).find((record) => record.kind === 'observation' && record.object.kind === 'Pod');
  if (template?.kind !== 'observation') throw new Error('the run has no pod');
  for (let number = 0; number < 5000; number += 1) {
    const status = {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: number % 120 < 60 ? 'True' : 'False' }],
      at: number,
    };
    const metadata = { ...template.object.metadata, name: `web-${number % 60}`, resourceVersion: String(number) };
    writer.add({
      ...template,
      at: number,
      type: number < 60 ? 'ADDED' : 'MODIFIED',
      object: { ...template.object, metadata, status },
    });
  }

  expect(writer.text().length).toBeLessThan(1_500_000);
  expect(writer.count).toBe(5000);
});

test('records beyond what a page can show are counted', () => {
  const writer = new RowWriter();
  for (let number = 0; number < 20_007; number += 1)
    writer.add({ kind: 'window', at: number, step: 0, window: 'opened' });

  expect([writer.count, writer.leftOut]).toEqual([20_000, 7]);
});
