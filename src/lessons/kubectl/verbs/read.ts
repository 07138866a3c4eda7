// Commands that only look: `get`, `describe`, `rollout history`, and `rollout status`, which waits.

import { readCommand } from '../../../kubernetes/kubectl/read-command.ts';
import { showCommand } from '../../../kubernetes/kubectl/show-command.ts';
import { formatTimestamp } from '../../../simulator/timestamp.ts';
import { defaultNamespace } from '../session.ts';
import { BeyondUs } from '../own-errors.ts';
import type { KubectlRequest } from '../../../kubernetes/kubectl/request.ts';
import type { ViewEvent } from '../../../kubernetes/kubectl/show-watch.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';
import type { KubectlSession } from '../session.ts';

/** Reads a command line that only looks. Throws `BeyondUs` for what cannot be shown. */
export function readLook(call: KubectlCall): KubectlRequest {
  if (call.files.length > 0) throw new BeyondUs(`\`kubectl ${call.verb} -f\` needs the real kubectl`);
  if (call.flags.on('all-namespaces')) throw new BeyondUs('`--all-namespaces` needs the real kubectl');
  const read = readCommand(call.line);
  if (read.ok) return read.request;
  const hint = read.hint === undefined ? '' : ` (${read.hint})`;
  throw new BeyondUs(`only the real kubectl can show it: ${read.message}${hint}`);
}

/** Shows what there is. */
export function look(call: KubectlCall): KubectlAnswer {
  const request = readLook(call);
  const now = call.session.view(call.namespace);
  const window = { start: now, opened: now, end: now, events: [], eventsSinceOpened: [], answers: [] };
  return answerOf(showCommand(request, window), call);
}

/** Waits for a rollout, if it is given time. */
export async function rolloutStatus(call: KubectlCall): Promise<KubectlAnswer> {
  const request = readLook(call);
  const opened = call.session.view(call.namespace, { frozen: true });
  const window = { start: opened, opened, end: opened, events: [], answers: [] };
  const atOnce = showCommand(request, { ...window, eventsSinceOpened: [] });
  if (!call.flowing || isOver(atOnce)) return answerOf(atOnce, call);
  const recording = recordEvents(call.session, call.namespace);
  await call.session.settle();
  const text = showCommand(request, { ...window, eventsSinceOpened: recording.stop() });
  const answer = answerOf(text, call);
  return isOver(text) ? answer : { ...answer, code: undefined };
}

/** Whether the last line is one after which kubectl stops waiting. */
function isOver(text: string): boolean {
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  return !/^waiting\b/iu.test(last);
}

/** Keeps what happens in a namespace, and to objects of none. */
export function recordEvents(session: KubectlSession, namespace: string): { stop(): readonly ViewEvent[] } {
  const events: ViewEvent[] = [];
  const unsubscribe = session.simulator.subscribe(({ type, object, at }) => {
    if ((object.metadata.namespace ?? namespace) !== namespace) return;
    events.push({ type, object, now: formatTimestamp(at) });
  });
  return {
    stop: () => {
      unsubscribe();
      return events;
    },
  };
}

/** The printer knows one namespace, `default`; its text about another names that one. */
export function answerOf(text: string, { namespace }: Pick<KubectlCall, 'namespace'>): KubectlAnswer {
  const output =
    namespace === defaultNamespace
      ? text
      : text.replaceAll(
          /^No resources found in default namespace\.$/gmu,
          `No resources found in ${namespace} namespace.`,
        );
  return { output, code: /^(?:error: |Error from server\b)/mu.test(output) ? 1 : 0 };
}
