// `kubectl create -f` and `kubectl replace -f`. Objects that are made of flags alone (`create deployment …`): create-object.ts.

import { withLastApplied } from '../../../kubernetes/patch/last-applied.ts';
import { KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { readFiles } from '../read-files.ts';
import { addressOf } from '../targets.ts';
import { createOfFlags } from './create-of-flags.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { JsonObject, Manifest } from '../../../kubernetes/object.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';

/** Creates objects. */
export function create(call: KubectlCall): KubectlAnswer {
  const { flags, session } = call;
  if (call.files.length === 0) return createOfFlags(call);
  flags.allow('save-config', 'output');
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  const behind = new Printed();
  const declared = readFiles(call, behind);
  if (declared.length === 0 && !behind.hasFaults) printed.fault({ text: 'no objects passed to create' });
  for (const { manifest, kind, name, namespace, file } of declared) {
    const body = flags.on('save-config')
      ? withLastApplied(manifest as Manifest & JsonObject, kind.namespaced ? { namespace } : {})
      : manifest;
    const query = { fieldManager: 'kubectl-create', fieldValidation: 'Strict' } as const;
    const answer = session.send(addressOf(kind, name, namespace), { verb: 'create', body, query });
    if (!answer.ok) printed.refused(answer.status, `error when creating "${file}"`);
    else {
      printed.warn(answer.warnings);
      printed.done(kind, answer.object.metadata.name, 'created');
    }
  }
  printed.takeFaultsOf(behind);
  return finish(printed);
}

/** Puts objects in the place of those that are there. */
export function replace(call: KubectlCall): KubectlAnswer {
  const { flags, session } = call;
  flags.allow('output');
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  const behind = new Printed();
  const declared = readFiles(call, behind);
  if (call.files.length === 0) throw new KubectlRefusal('must specify one of -f and -k');
  if (declared.length === 0 && !behind.hasFaults) printed.fault({ text: 'no objects passed to replace' });
  for (const { manifest, kind, name, namespace, file } of declared) {
    const query = { fieldManager: 'kubectl-replace', fieldValidation: 'Strict' } as const;
    const answer = session.send(addressOf(kind, name, namespace), { verb: 'update', body: manifest, query });
    if (!answer.ok) printed.refused(answer.status, `error when replacing "${file}"`);
    else {
      printed.warn(answer.warnings);
      printed.done(kind, name, 'replaced');
    }
  }
  printed.takeFaultsOf(behind);
  return finish(printed);
}
