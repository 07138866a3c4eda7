// `kubectl logs POD`: what the main process of a container printed, as far as its command is understood.

import { obstacleToLog } from '../../../simulator/http/container-log.ts';
import { logText, readLogQuery } from '../../../simulator/http/log-query.ts';
import { BeyondUs } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { containerOf, podOf } from './container.ts';
import { finish } from './finish.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';

/** Prints a log. */
export function logs(call: KubectlCall): KubectlAnswer {
  const { flags, words, session } = call;
  flags.allow('container', 'tail', 'previous', 'timestamps', 'since', 'limit-bytes');
  if (words.length > 2 || call.files.length > 0) throw new BeyondUs('logs of several objects need the real kubectl');
  const printed = new Printed();
  const pod = podOf(call, printed);
  if (pod === undefined) return finish(printed);
  const container = words[1] ?? containerOf(call, pod, printed);
  if (container === undefined) return finish(printed);
  const parameters = new URLSearchParams();
  const tail = flags.whole('tail') ?? -1;
  if (tail >= 0) parameters.set('tailLines', `${tail}`);
  if (flags.on('timestamps')) parameters.set('timestamps', 'true');
  if (flags.on('previous')) parameters.set('previous', 'true');
  const since = /^(\d+)(s|m|h)$/u.exec(flags.last('since') ?? '');
  if (flags.has('since') && since === null) throw new BeyondUs('`--since` is read as a number of s, m or h');
  if (since !== null)
    parameters.set('sinceSeconds', `${Number(since[1]) * { s: 1, m: 60, h: 3600 }[since[2] as 's' | 'm' | 'h']}`);
  const query = readLogQuery(parameters, pod.metadata.name, session.simulator.clock.now);
  const obstacle = query.ok ? obstacleToLog(pod, container, query.value) : query.status;
  if (obstacle !== undefined || !query.ok) {
    if (obstacle !== undefined) printed.refused(obstacle);
    return finish(printed);
  }
  const run = query.value.previous ? 'previous' : 'current';
  const entries = session.simulator.log({ uid: pod.metadata.uid, container, run });
  return { output: printed.text + logText(entries, query.value), code: 0 };
}
