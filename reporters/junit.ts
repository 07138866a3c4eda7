// The report that every CI system reads: JUnit's XML. A suite is a scenario file; a test is a scenario, or a step of one.

import { Gatherer, titleOf } from './gather.ts';
import { redVerdicts, scenarioText, verdictText } from './plain-text.ts';
import { element, renderXml } from './render/xml.ts';
import type { Verdict } from '../src/expectations/verdict.ts';
import type { Message, Reporter, ScenarioFinished } from '../src/runner/messages.ts';
import type { ScenarioReport, StepReport } from './gather.ts';
import type { XmlElement } from './render/xml.ts';

/** What one test case stands for. */
export type JunitGranularity = 'scenario' | 'step';

/** Hands the document to `write` at the run's end. Times are real seconds; virtual ones stand in the properties. */
export function createJunitReporter(
  write: (text: string) => void,
  granularity: JunitGranularity = 'scenario',
): Reporter {
  const gatherer = new Gatherer();
  const suites = new Map<string, ScenarioReport[]>();
  let realMs = 0;

  return {
    on(message: Message): void {
      if (message.kind === 'runFinished') ({ realMs } = message);
      const report = gatherer.take(message);
      if (report === undefined || report.finished.retried === true) return;
      const { file } = report.finished;
      suites.set(file, [...(suites.get(file) ?? []), report]);
    },
    end(): void {
      const children = [...suites].map(([file, reports]) => suiteOf(file, reports, granularity));
      const attributes = { name: 'setpiece', ...countsOf(children), time: seconds(realMs) };
      write(renderXml(element('testsuites', attributes, children)));
    },
  };
}

function suiteOf(file: string, reports: readonly ScenarioReport[], granularity: JunitGranularity): XmlElement {
  const cases = reports.flatMap((report) => (granularity === 'step' ? stepCases(report) : [scenarioCase(report)]));
  const realMs = reports.reduce((sum, { finished }) => sum + finished.realMs, 0);
  return element('testsuite', { name: file, ...caseCounts(cases), time: seconds(realMs) }, cases);
}

function scenarioCase(report: ScenarioReport): XmlElement {
  const { finished } = report;
  const name = `${titleOf(finished.id)}: ${finished.title}`;
  const attributes = { name, classname: className(finished), file: finished.file, time: seconds(finished.realMs) };
  return element('testcase', attributes, [...properties(finished), ...outcomeOf(report)]);
}

/** One case a step, those that were not run among them; what is not about one step has a case of its own. */
function stepCases(report: ScenarioReport): readonly XmlElement[] {
  const { finished, steps } = report;
  const caseOf = (name: string, children: readonly XmlElement[]): XmlElement =>
    element('testcase', { name, classname: className(finished), file: finished.file, time: '0' }, children);
  const ran = steps.map((step) => caseOf(stepName(step), stepOutcome(step)));
  const notRun = finished.notRun.map((name) =>
    caseOf(name, [element('skipped', { message: 'a step before it did not pass' })]),
  );
  const { invariants } = finished;
  const ofRun = invariants.length === 0 ? [] : [caseOf('invariants', verdictOutcome(invariants))];
  const whole = ['skipped', 'invalid', 'error', 'interrupted'].includes(finished.outcome)
    ? [caseOf(finished.title, outcomeOf(report))]
    : [];
  return [...ran, ...notRun, ...ofRun, ...whole];
}

function stepName({ started }: StepReport): string {
  return `${started.step + 1}. ${started.name}`;
}

function stepOutcome({ finished }: StepReport): readonly XmlElement[] {
  if (finished === undefined) return [element('error', { message: 'the step was broken off', type: 'error' })];
  return verdictOutcome(finished.verdicts);
}

function verdictOutcome(verdicts: readonly Verdict[]): readonly XmlElement[] {
  const red = verdicts.filter(({ outcome }) => outcome !== 'pass');
  if (red.length === 0) return [];
  const type = red.some(({ outcome }) => outcome === 'fail') ? 'fail' : 'inconclusive';
  return [element('failure', { message: headline(red), type }, [red.map(verdictText).join('\n\n')])];
}

/** JUnit knows failures (an expectation), errors (anything else) and skips. */
function outcomeOf(report: ScenarioReport): readonly XmlElement[] {
  const { outcome, reason = '' } = report.finished;
  if (outcome === 'pass' || outcome === 'flaky') return [];
  if (outcome === 'skipped') return [element('skipped', { message: reason })];
  const text = scenarioText(report);
  const red = redVerdicts(report);
  if (outcome === 'fail' || outcome === 'inconclusive') {
    return [element('failure', { message: red.length === 0 ? reason : headline(red), type: outcome }, [text])];
  }
  const [first = ''] = (reason === '' ? text : reason).split('\n');
  return [element('error', { message: first, type: outcome }, [text])];
}

function headline(red: readonly Verdict[]): string {
  const [first] = red;
  const rule = first?.explanation?.rule ?? first?.text ?? '';
  return red.length > 1 ? `${rule} (and ${red.length - 1} more)` : rule;
}

function className({ id, file }: ScenarioFinished): string {
  const path = file.replace(/\.scenario\.ya?ml$/, '').replaceAll('/', '.');
  return `${id.backend}.${path}`;
}

function properties({
  id,
  virtualMs,
  traceHash,
  tracePath,
  replay,
  outcome,
  vacuous,
}: ScenarioFinished): readonly XmlElement[] {
  const facts = {
    backend: id.backend,
    seed: String(id.seed),
    virtualSeconds: seconds(virtualMs),
    ...(outcome === 'flaky' ? { flaky: `passed on try ${id.attempt ?? 1}` } : {}),
    ...(vacuous > 0 ? { vacuous: String(vacuous) } : {}),
    ...(traceHash === undefined ? {} : { traceHash }),
    ...(tracePath === undefined ? {} : { tracePath }),
    replay,
  };
  const list = Object.entries(facts).map(([name, value]) => element('property', { name, value }));
  return [element('properties', {}, list)];
}

type Counts = Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', string>>;

function caseCounts(cases: readonly XmlElement[]): Counts {
  const having = (name: string): string =>
    String(
      cases.filter(({ children }) => children.some((child) => typeof child !== 'string' && child.name === name)).length,
    );
  return {
    tests: String(cases.length),
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  };
}

function countsOf(suites: readonly XmlElement[]): Omit<Counts, 'skipped'> {
  const sum = (name: string): string =>
    String(suites.reduce((total, { attributes }) => total + Number(attributes[name] ?? 0), 0));
  return { tests: sum('tests'), failures: sum('failures'), errors: sum('errors') };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
