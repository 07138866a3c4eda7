// The public API of setpiece: what programs may build on. Everything else may change from one version to the next.

export { runScenario } from './runner/run-scenario.ts';
export { runSuite } from './runner/suite.ts';
export { checkTrace, readTraceFile } from './runner/check.ts';
export { findScenarios } from './runner/find-scenarios.ts';
export { loadFile } from './runner/load-file.ts';
export { completeRunOptions } from './runner/run-options.ts';
export { exitCodes } from './runner/exit-code.ts';
export { version } from './runner/version.ts';
export { expandRuns } from './scenario/expand.ts';
export { renderProblem } from './scenario/frame.ts';
export { lintScenario } from './scenario/lint.ts';
export { ScenarioError } from './scenario/problem.ts';
export { BackendError, UnsupportedByBackend } from './backends/cluster.ts';
export { selectBackend } from './backends/select.ts';
export { createListReporter } from '../reporters/list.ts';
export { createLineReporter } from '../reporters/line.ts';
export { createJsonReporter } from '../reporters/json.ts';
export { createJunitReporter } from '../reporters/junit.ts';
export { createGithubReporter } from '../reporters/github.ts';
export { createMarkdownReporter } from '../reporters/markdown.ts';
export { createTraceEventReporter } from '../reporters/trace-event.ts';
export { createStreamReporter } from '../reporters/stream.ts';
export { compareScenarios } from './runner/compare.ts';
export { findConflict, mergeRuns } from './runner/merge-runs.ts';
export { readMessages } from './runner/read-messages.ts';

export type { RunScenarioInput } from './runner/run-scenario.ts';
export type { SuiteInput } from './runner/suite.ts';
export type { SuiteFilter } from './runner/plan-suite.ts';
export type { CheckInput } from './runner/check.ts';
export type { FoundFiles } from './runner/find-scenarios.ts';
export type { LoadedFile, LoadedScenario } from './runner/load-file.ts';
export type { RunOptions } from './runner/run-options.ts';
export type {
  Message,
  RecordSeen,
  Reporter,
  RunFinished,
  RunId,
  RunStarted,
  ScenarioFinished,
  ScenarioOutcome,
  ScenarioStarted,
  StepFinished,
  StepStarted,
} from './runner/messages.ts';
export type { RunRow } from './scenario/expand.ts';
export type { Scenario, Span } from './scenario/model.ts';
export type { Problem } from './scenario/problem.ts';
export type {
  WrittenArgument,
  WrittenClause,
  WrittenScenario,
  WrittenSelection,
} from './scenario/definition/language.ts';
export type { Explanation, HistoryRow, Outcome, Verdict } from './expectations/verdict.ts';
export type { Trace, TraceHeader, TraceRecord } from './trace/record.ts';
export type { Backend, BackendName, Capability, Cluster } from './backends/cluster.ts';
export type { BackendOptions, BackendSetup } from './backends/backend-options.ts';
export type { CompareEnd, CompareEvents, CompareInput, SideChoice } from './runner/compare.ts';
export type { Comparison } from './runner/compare/comparison.ts';
export type { Guarantee } from './scenario/guarantees.ts';
export type { JsonReport, JsonScenario, JsonStep } from '../reporters/json.ts';
export type { Output } from '../reporters/output.ts';
