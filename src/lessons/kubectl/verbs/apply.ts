// `kubectl apply -f`, as a client (API-CSA-01 to -06) or with `--server-side`.

import { lastAppliedOf, withLastApplied } from '../../../kubernetes/patch/last-applied.ts';
import { threeWayPatch } from '../../../kubernetes/patch/three-way-patch.ts';
import { BeyondUs } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { readFiles } from '../read-files.ts';
import { addressOf } from '../targets.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { JsonObject, KubernetesObject, Manifest } from '../../../kubernetes/object.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';
import type { DeclaredManifest } from '../read-files.ts';

const manager = { fieldManager: 'kubectl-client-side-apply', fieldValidation: 'Strict' } as const;

/** Applies the objects of files. */
export function apply(call: KubectlCall): KubectlAnswer {
  const { flags } = call;
  flags.allow('server-side', 'force-conflicts', 'output', 'selector');
  if (flags.has('selector')) throw new BeyondUs('`kubectl apply` with `--selector` needs the real kubectl');
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  const declared = readFiles(call, printed);
  if (declared.length === 0 && !printed.hasFaults) printed.fault({ text: 'no objects passed to apply' });
  for (const one of declared) {
    if (flags.on('server-side')) applyOnServer(one, call, printed);
    else applyAsClient(one, call, printed);
  }
  return finish(printed);
}

function applyOnServer(
  { manifest, kind, name, namespace }: DeclaredManifest,
  call: KubectlCall,
  printed: Printed,
): void {
  const answer = call.session.send(addressOf(kind, name, namespace), {
    verb: 'patch',
    patchType: 'apply',
    body: manifest,
    query: { fieldManager: 'kubectl', fieldValidation: 'Strict', force: call.flags.on('force-conflicts') },
  });
  if (!answer.ok) {
    if (answer.status.reason === 'Conflict') {
      throw new BeyondUs('the words of a conflict of server-side apply are those of the real kubectl');
    }
    return printed.refused(answer.status);
  }
  printed.warn(answer.warnings);
  printed.done(kind, name, 'serverside-applied');
}

function applyAsClient(one: DeclaredManifest, call: KubectlCall, printed: Printed): void {
  const { manifest, kind, name, namespace, file } = one;
  if (name === '') {
    const from = manifest.metadata?.generateName ?? '';
    return printed.fault({
      text: `error when retrieving current configuration of:\nfrom ${from}: cannot use generate name with apply`,
    });
  }
  const address = addressOf(kind, name, namespace);
  const modified = withLastApplied(manifest as Manifest & JsonObject, kind.namespaced ? { namespace } : {});
  const current = call.session.get(address);
  if (current === undefined) {
    const created = call.session.send(address, { verb: 'create', body: modified, query: manager });
    if (!created.ok) return printed.refused(created.status, `error when creating "${file}"`);
    printed.warn(created.warnings);
    return printed.done(kind, name, 'created');
  }
  const lastApplied = lastAppliedOf(current as unknown as JsonObject);
  if (lastApplied === undefined) printed.warn([missingAnnotation(`${kind.plural}/${name}`)]);
  const { type, patch } = threeWayPatch({
    modified,
    current: current as unknown as JsonObject,
    ...(lastApplied === undefined ? {} : { lastApplied }),
  });
  if (Object.keys(patch).length === 0) return printed.done(kind, name, 'unchanged');
  const patched = call.session.send(address, { verb: 'patch', patchType: type, body: patch, query: manager });
  if (!patched.ok) return printed.refused(patched.status, patchFault({ patch, current, one }));
  printed.warn(patched.warnings);
  printed.done(kind, name, 'configured');
}

function missingAnnotation(object: string): string {
  return (
    `resource ${object} is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. ` +
    'kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. ' +
    'The missing annotation will be patched automatically.'
  );
}

/** What stands before the server's message; of an invalid object kubectl prints none of it. */
function patchFault({
  patch,
  current,
  one: { kind, name, namespace, file },
}: {
  readonly patch: JsonObject;
  readonly current: KubernetesObject;
  readonly one: DeclaredManifest;
}): string {
  const { apiVersion } = current;
  const resource = `Resource: "${apiVersion}, Resource=${kind.plural}", GroupVersionKind: "${apiVersion}, Kind=${kind.kind}"`;
  const where = `${resource}\nName: "${name}", Namespace: "${kind.namespaced ? namespace : ''}"`;
  return `error when applying patch:\n${JSON.stringify(patch)}\nto:\n${where}\nfor: "${file}": error when patching "${file}"`;
}
