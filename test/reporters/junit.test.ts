import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { createJunitReporter } from '../../reporters/junit.ts';
import { element, renderXml } from '../../reporters/render/xml.ts';
import { explanationOf, orderViolated, streamOf, verdictOf } from './stored-run.ts';
import type { JunitGranularity } from '../../reporters/junit.ts';
import type { Message } from '../../src/runner/messages.ts';

const schema = readFileSync(join(import.meta.dirname, '../fixtures/junit.xsd'), 'utf8');

function report(messages: readonly Message[], granularity?: JunitGranularity): string {
  let text = '';
  const reporter = createJunitReporter((piece) => void (text += piece), granularity);
  for (const message of messages) reporter.on(message);
  void reporter.end?.();
  return text;
}

async function mistakesOf(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [schema] });
  return errors.map(({ message }) => message);
}

const hostile = verdictOf({
  outcome: 'fail',
  text: ']]> <b>&amp;\u0001\uD800 "x"',
  explanation: explanationOf({ rule: 'line\none\ttwo <script>' }),
});
const streams: readonly (readonly [string, readonly Message[]])[] = [
  ['a pass', streamOf([verdictOf({})], {})],
  ['a failure', streamOf([orderViolated], { outcome: 'fail', notRun: ['scale in'] }, 1)],
  ['a verdict of hostile text', streamOf([hostile], { outcome: 'fail' }, 1)],
  ['a vacuous pass', streamOf([verdictOf({ vacuous: true })], { vacuous: 1 })],
  [
    'an inconclusive invariant',
    streamOf([], { outcome: 'inconclusive', invariants: [verdictOf({ outcome: 'inconclusive' })] }, 4),
  ],
  ['a skip', streamOf([], { outcome: 'skipped', reason: 'needs 3 nodes' })],
  ['an invalid file', streamOf([], { outcome: 'invalid', frames: ['a.yaml:1:1  unknown-verb'] }, 2)],
  ['a broken environment', streamOf([], { outcome: 'error', reason: 'no server\nat all' }, 3)],
  [
    'a flaky pass',
    streamOf([verdictOf({})], { outcome: 'flaky', id: { scenario: 's', backend: 'kind', seed: 1, attempt: 2 } }),
  ],
];

describe('junit reporter', () => {
  test.each(streams)('%s is accepted by the schema, scenario by scenario and step by step', async (_, messages) => {
    expect(await mistakesOf(report(messages))).toEqual([]);
    expect(await mistakesOf(report(messages, 'step'))).toEqual([]);
  });

  test('the schema refuses what JUnit does not know', async () => {
    const broken = renderXml(element('testsuites', {}, [element('testsuite', { name: 'x', tests: 'many' })]));

    expect(await mistakesOf(broken)).not.toEqual([]);
  });

  test('a failure says the rule, and shows what the terminal shows', () => {
    const xml = report(streamOf([orderViolated], { outcome: 'fail' }, 1));

    expect(xml).toContain('<testsuites name="setpiece" tests="1" failures="1" errors="0"');
    expect(xml).toContain('classname="simulator.scenarios.scale"');
    expect(xml).toContain('message="pod/web-3 must be Ready before pod/web-4 is Created"');
    expect(xml).toContain('replay: setpiece run scenarios/scale.scenario.yaml --seed 7');
  });

  test('steps that were not run are skipped cases', () => {
    const xml = report(streamOf([orderViolated], { outcome: 'fail', notRun: ['scale in'] }, 1), 'step');

    expect(xml).toContain('name="1. scale out one member at a time"');
    expect(xml).toMatch(/name="scale in"[^>]*>\s*<skipped message="a step before it did not pass"\/>/);
    expect(xml).toContain('tests="2" failures="1" errors="0" skipped="1"');
  });

  test('a try that is followed by another does not count', () => {
    const xml = report(streamOf([orderViolated], { outcome: 'fail', retried: true }));

    expect(xml).toContain('tests="0"');
  });
});
