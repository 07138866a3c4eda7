// `kubectl patch -p`.

import { BeyondUs, KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { findTargets } from '../targets.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { Json } from '../../../kubernetes/object.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';

/** Patches objects. */
export function patch(call: KubectlCall): KubectlAnswer {
  const { flags, session } = call;
  flags.allow('patch', 'type', 'subresource', 'output');
  const type = flags.last('type') ?? 'strategic';
  if (type !== 'json' && type !== 'merge' && type !== 'strategic') {
    throw new KubectlRefusal(`--type must be one of [json merge strategic], not "${type}"`);
  }
  const text = flags.last('patch') ?? '';
  if (text === '')
    throw new KubectlRefusal('must specify --patch or --patch-file containing the contents of the patch');
  const body = jsonOf(text);
  const subresource = flags.last('subresource');
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  for (const { kind, object, address } of findTargets(call, printed).found) {
    const answer = session.send(address, {
      verb: 'patch',
      patchType: type,
      body,
      query: { fieldManager: 'kubectl-patch' },
      ...(subresource === undefined ? {} : { subresource }),
    });
    if (!answer.ok) {
      printed.refused(answer.status);
      continue;
    }
    printed.warn(answer.warnings);
    const changed = answer.object.metadata.resourceVersion !== object.metadata.resourceVersion;
    printed.done(kind, object.metadata.name, changed ? 'patched' : 'patched (no change)');
  }
  return finish(printed);
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new BeyondUs('a patch that is not JSON needs the real kubectl');
  }
}
