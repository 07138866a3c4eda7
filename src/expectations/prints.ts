// `prints {kubectl, output}`: what a command line shows of the trace, against the author's transcript. Loaded only for
// scenarios that have one.

import { kindKey } from '../kubernetes/kind.ts';
import { kindOfWord } from '../kubernetes/kinds.ts';
import { isWrite } from '../kubernetes/kubectl/is-write.ts';
import { showCommand } from '../kubernetes/kubectl/show-command.ts';
import { compareTranscript } from '../kubernetes/transcript/compare-transcript.ts';
import { describeEnd, explanationOf } from './explain/explanation.ts';
import { Monitor } from './monitor.ts';
import { viewEvents, viewOfEnd, viewOfStart } from './prints-views.ts';
import { writeAnswers } from './prints-answers.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { KubectlRequest } from '../kubernetes/kubectl/request.ts';
import type { TranscriptDiffLine } from '../kubernetes/transcript/compare-transcript.ts';
import type { Printed } from '../scenario/model.ts';
import type { WindowEnd } from '../trace/record.ts';
import type { Dependencies } from './clauses/dependencies.ts';
import type { JudgedAnswer } from './judge.ts';
import type { Scene } from './scene.ts';
import type { TranscriptLine } from './verdict.ts';

/** Makes a monitor of one transcript. */
export function createPrints(printed: Printed, scene: Scene): Prints {
  return new Prints(printed, scene);
}

/** Compares once: at the answers of a request that changes something, else when the window ends. */
export class Prints extends Monitor {
  readonly dependencies: Dependencies;
  readonly #printed: Printed;
  #answers: readonly JudgedAnswer[] = [];
  /** How many changes of the step there were when its request was answered. */
  #changesBefore = 0;

  constructor(printed: Printed, scene: Scene) {
    super({ word: 'prints', text: `kubectl ${commandOf(printed)}`, span: printed.span }, scene);
    this.#printed = printed;
    this.dependencies = { kinds: kindsOf(printed.request), foreign: [], start: false };
  }

  observe(): void {}

  /** The answers of the step's action. */
  answer(answers: readonly JudgedAnswer[]): void {
    if (this.verdict !== undefined) return;
    this.#answers = answers;
    if (isWrite(this.#printed.request)) this.#judge('');
  }

  protected override onOpen(): void {
    this.#changesBefore = this.scene.changes().length;
  }

  protected override onClose(end: WindowEnd): void {
    this.#judge(` (${describeEnd(end, this.scene)})`);
  }

  #judge(note: string): void {
    const { request, output } = this.#printed;
    const actual = this.#show(request);
    const result = compareTranscript({ expected: output, actual });
    if (result.kind === 'same') {
      // A transcript without a line that counts could not have been wrong.
      this.passUnlessGap({ vacuous: result.rows === 0 && output.trim() !== '' && actual.trim() !== '' });
      return;
    }
    const { outputSpan, outputLine, kubectl } = this.#printed;
    this.failUnlessGap(
      explanationOf({
        rule: `kubectl ${commandOf(this.#printed)} must print what the transcript shows`,
        seen: `${result.reason}${note}`,
        lines: [{ span: this.#printed.span, text: `kubectl: ${kubectl}` }],
        transcript: {
          lines: result.diff.map((line) => transcriptLine(line, outputLine)),
          actual,
          output: outputSpan,
        },
      }),
    );
  }

  #show(request: KubectlRequest): string {
    const { scene } = this;
    const changes = scene.changes();
    return showCommand(request, {
      start: viewOfStart(scene, changes),
      opened: viewOfStart(scene, changes, this.#changesBefore),
      end: viewOfEnd(scene),
      events: viewEvents(scene, changes),
      eventsSinceOpened: viewEvents(scene, changes.slice(this.#changesBefore)),
      answers: writeAnswers(this.#answers, scene.world),
    });
  }
}

function transcriptLine({ kind, text, expectedLine, remark }: TranscriptDiffLine, outputLine: number): TranscriptLine {
  const line = kind === 'extra' || expectedLine === undefined ? {} : { line: outputLine + expectedLine - 1 };
  return { kind, text, ...line, ...(remark === undefined ? {} : { remark }) };
}

function commandOf({ kubectl }: Printed): string {
  return kubectl.trim().replace(/^(?:\$\s+)?(?:kubectl\s+)?/u, '');
}

const revisionKinds = ['ControllerRevision', 'ReplicaSet'].map((kind) => kindKey({ apiVersion: 'apps/v1', kind }));

/** The kinds whose lost records make an output unknown; undefined: any. */
function kindsOf(request: KubectlRequest): ReadonlySet<KindKey> | undefined {
  if (request.verb === 'describe') return undefined;
  if (isWrite(request)) return new Set();
  const targets = request.verb === 'get' ? request.targets : [request.target];
  const keys = targets.map(({ word }) => kindOfWord(word.toLowerCase())?.key);
  if (keys.includes(undefined)) return undefined;
  const more = request.verb === 'rollout history' ? revisionKinds : [];
  return new Set([...keys.filter((key) => key !== undefined), ...more]);
}
