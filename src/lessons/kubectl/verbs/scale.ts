// `kubectl scale`: a patch of the scale subresource; with `--current-replicas`, an update of what was read.

import { KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { findTargets } from '../targets.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';

/** Scales objects. */
export function scale(call: KubectlCall): KubectlAnswer {
  const { flags, session } = call;
  flags.allow('replicas', 'current-replicas', 'all', 'selector', 'output');
  flags.require('replicas');
  const replicas = flags.whole('replicas') ?? -1;
  if (replicas < 0) {
    throw new KubectlRefusal('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  }
  const expected = flags.whole('current-replicas') ?? -1;
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  const { found } = findTargets(call, printed);
  if (found.length === 0) printed.gatherFaults('no objects passed to scale');
  for (const { kind, object, address } of found) {
    const { replicas: now = 0 } = (object['spec'] ?? {}) as { readonly replicas?: number };
    if (expected >= 0 && now !== expected) {
      printed.fault({ text: `Expected replicas to be ${expected}, was ${now}` });
      continue;
    }
    const answer = session.send(address, {
      verb: 'patch',
      subresource: 'scale',
      patchType: 'merge',
      body: { spec: { replicas } },
    });
    if (answer.ok) printed.done(kind, object.metadata.name, 'scaled');
    else printed.refused(answer.status);
  }
  return finish(printed);
}
