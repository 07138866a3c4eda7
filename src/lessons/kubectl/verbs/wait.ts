// `kubectl wait`: for a condition, or until objects are gone, one object after the other. Its timeout is virtual time.

import { parseDurationMs } from '../../../kubernetes/duration.ts';
import { BeyondUs, KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { findTargets } from '../targets.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';
import type { FoundObject } from '../targets.ts';

const timeoutDefault = '30s';

/** Waits for what `--for` says. */
export function wait(call: KubectlCall): KubectlAnswer {
  const { flags, session } = call;
  flags.allow('for', 'all', 'selector', 'field-selector', 'output');
  const met = readFor(flags.last('for'));
  const timeoutMs = parseDurationMs(flags.last('timeout') ?? timeoutDefault);
  if (timeoutMs === undefined) throw new BeyondUs(`\`--timeout=${flags.last('timeout')}\` is no time that can be read`);
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  // What is gone already need not be waited for.
  const goes = flags.last('for')?.toLowerCase() === 'delete';
  const { found, selected } = findTargets(call, goes ? new Printed() : printed);
  if (found.length === 0 && selected && !goes) printed.fault({ text: 'no matching resources found' });
  const { clock } = session.simulator;
  for (const one of found) {
    const { kind, object, address } = one;
    const holds = (): boolean => met(session.get(address), one);
    const end = session.simulator.until(holds, clock.now + timeoutMs * 1000);
    if (end === 'done' || holds()) printed.done(kind, object.metadata.name, 'condition met');
    else {
      clock.advanceTo(Math.max(clock.now, clock.now + timeoutMs * 1000));
      printed.fault({ text: `timed out waiting for the condition on ${kind.plural}/${object.metadata.name}` });
    }
  }
  return finish(printed);
}

type Met = (now: KubernetesObject | undefined, one: FoundObject) => boolean;

function readFor(text: string | undefined): Met {
  if (text === undefined || text === '') throw new KubectlRefusal('unrecognized condition: ""');
  if (text.toLowerCase() === 'delete') return (now, { object }) => now?.metadata.uid !== object.metadata.uid;
  const condition = /^condition=([\w./-]+)(?:=([\w-]+))?$/u.exec(text);
  if (condition === null) throw new BeyondUs(`\`--for=${text}\` needs the real kubectl`);
  const [, type = '', value = 'True'] = condition;
  return (now) => {
    const { conditions = [], observedGeneration } = (now?.['status'] ?? {}) as Observed;
    const generation = now?.metadata.generation;
    if (observedGeneration !== undefined && generation !== undefined && observedGeneration < generation) return false;
    const is = conditions.find((one) => one.type?.toLowerCase() === type.toLowerCase());
    return is?.status?.toLowerCase() === value.toLowerCase();
  };
}

interface Observed {
  readonly observedGeneration?: number;
  readonly conditions?: readonly { readonly type?: string; readonly status?: string }[];
}
