// `kubectl delete`: a DELETE for each object, then it waits until they are gone (API-DEL-01 to -07).

import { prefixOf } from '../../../kubernetes/kubectl/cluster-view.ts';
import { KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { findTargets, quotedName } from '../targets.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { Json } from '../../../kubernetes/object.ts';
import type { CallFlags } from '../call-flags.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';
import type { FoundObject } from '../targets.ts';

const immediate =
  'Immediate deletion does not wait for confirmation that the running resource has been terminated. ' +
  'The resource may continue to run on the cluster indefinitely.';

/** Deletes objects. */
export async function deleteObjects(call: KubectlCall): Promise<KubectlAnswer> {
  const { flags, session } = call;
  flags.allow(
    'all',
    'cascade',
    'field-selector',
    'force',
    'grace-period',
    'ignore-not-found',
    'now',
    'output',
    'selector',
    'wait',
  );
  const options = deleteOptions(flags);
  const printed = new Printed();
  const nameOnly = nameOnlyOf(flags);
  const search = flags.on('ignore-not-found') ? new Printed() : printed;
  if (flags.on('force') && options['gracePeriodSeconds'] === 0) printed.warn([immediate]);
  const { found, selected } = findTargets(call, search, { doing: 'deleting' });
  if (found.length === 0 && selected) printed.line('No resources found');
  const deleted: FoundObject[] = [];
  for (const one of found) {
    const answer = session.send(one.address, { verb: 'delete', body: options });
    if (answer.ok) {
      deleted.push(one);
      printed.line(deletedText(one, { nameOnly, force: options['gracePeriodSeconds'] === 0 }));
    } else printed.refused(answer.status);
  }
  if (flags.last('wait') === 'false' || !call.flowing) return finish(printed);
  const stays = (): boolean =>
    deleted.some(({ address, object }) => session.get(address)?.metadata.uid === object.metadata.uid);
  if (stays()) await session.settle();
  return stays() ? { output: printed.text, code: undefined } : finish(printed);
}

function deletedText(
  { kind, object: { metadata } }: FoundObject,
  { nameOnly, force }: { readonly nameOnly: boolean; readonly force: boolean },
): string {
  if (nameOnly) return `${prefixOf(kind)}/${metadata.name}`;
  return `${quotedName(kind, metadata.name)} ${force ? 'force deleted' : 'deleted'}`;
}

function deleteOptions(flags: CallFlags): Record<string, Json> {
  const propagation = new Map([
    ['background', 'Background'],
    ['foreground', 'Foreground'],
    ['orphan', 'Orphan'],
    // Words of older releases.
    ['true', 'Background'],
    ['false', 'Orphan'],
  ]).get(flags.last('cascade') ?? 'background');
  if (propagation === undefined) {
    const value = flags.last('cascade') ?? '';
    throw new KubectlRefusal(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`);
  }
  return { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: propagation, ...graceOf(flags) };
}

/** Without `--force`, 0 is made 1; with it, nothing said is 0. */
function graceOf(flags: CallFlags): { readonly gracePeriodSeconds?: number } {
  const asked = flags.whole('grace-period') ?? -1;
  if (flags.on('now') && asked !== -1)
    throw new KubectlRefusal('--now and --grace-period cannot be specified together');
  if (flags.on('now')) return { gracePeriodSeconds: 1 };
  if (flags.on('force')) {
    if (asked > 0) throw new KubectlRefusal('--force and --grace-period greater than 0 cannot be specified together');
    return { gracePeriodSeconds: 0 };
  }
  if (asked < 0) return {};
  return { gracePeriodSeconds: Math.max(1, asked) };
}
