// The objects that a changing command means: named in its words, selected by its flags, or declared in its files.

import { parseFieldSelector } from '../../kubernetes/field-selector.ts';
import { prefixOf } from '../../kubernetes/kubectl/cluster-view.ts';
import { notFoundText, selectObjects } from '../../kubernetes/kubectl/select-objects.ts';
import { readTargets } from '../../kubernetes/kubectl/read-targets.ts';
import { parseSelector } from '../../kubernetes/selector-text.ts';
import { Printed } from './printed.ts';
import { readFiles } from './read-files.ts';
import { KubectlRefusal } from './own-errors.ts';
import type { ShownKind } from '../../kubernetes/kubectl/cluster-view.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Status } from '../../kubernetes/status.ts';
import type { KubectlCall } from './call.ts';
import type { SessionAddress } from './session.ts';

/** An object that is there. */
export interface FoundObject {
  readonly kind: ShownKind;
  readonly object: KubernetesObject;
  readonly address: SessionAddress;
}

/** What was found, and what was looked for: by name, or all that a selector takes. */
export interface FoundObjects {
  readonly found: readonly FoundObject[];
  readonly selected: boolean;
}

/** Finds the objects of a command; those that are not there are told as faults. `doing` stands before what is said of a file's. */
export function findTargets(
  call: KubectlCall,
  printed: Printed,
  { doing }: { readonly doing?: string } = {},
): FoundObjects {
  if (call.files.length > 0) return { found: declaredObjects(call, printed, doing), selected: false };
  const { flags, words, session, namespace } = call;
  const labels = parseSelector(flags.last('selector') ?? '');
  if (!labels.ok) throw new KubectlRefusal(labels.message);
  const fields = parseFieldSelector(flags.last('field-selector') ?? '');
  if (!fields.ok) throw new KubectlRefusal(fields.message);
  const read = readTargets(words);
  if (!read.ok) throw new KubectlRefusal(words.length === 0 ? nothingNamed : read.message);
  const { targets } = read;
  const selected = flags.has('selector') || flags.has('field-selector') || flags.on('all');
  const named = targets.some(({ names }) => names.length > 0);
  if (!named && !selected) throw new KubectlRefusal('resource(s) were provided, but no name was specified');
  if (named && flags.has('selector')) {
    throw new KubectlRefusal('name cannot be provided when a selector is specified');
  }
  const { groups, errors } = selectObjects(
    targets,
    { labels: labels.requirements, fields: fields.terms },
    session.view(namespace),
  );
  for (const error of errors) printed.fault(faultOf(error));
  const found = groups.flatMap(({ kind, objects }) =>
    objects.map((object) => ({ kind, object, address: addressOf(kind, object.metadata.name, namespace) })),
  );
  return { found, selected: !named };
}

const nothingNamed =
  'You must provide one or more resources by argument or filename.\n' +
  "Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'";

/** The address of an object of a kind. */
export function addressOf(kind: ShownKind, name: string, namespace: string): SessionAddress {
  return { kind: kind.key, name, namespace };
}

function declaredObjects(call: KubectlCall, printed: Printed, doing: string | undefined): readonly FoundObject[] {
  const behind = new Printed();
  const found = readFiles(call, behind).flatMap(({ kind, name, namespace, file }) => {
    const address = addressOf(kind, name, namespace);
    const object = call.session.get(address);
    if (object !== undefined) return [{ kind, object, address }];
    const { text, status } = faultOf(notFoundText(kind, name));
    const begin = doing === undefined ? '' : `error when ${doing} "${file}": `;
    printed.fault({ text: `${begin}${text}`, ...(status === undefined ? {} : { status }) });
    return [];
  });
  printed.takeFaultsOf(behind);
  return found;
}

/** A line of the printer's, taken apart again. */
function faultOf(line: string): { readonly text: string; readonly status?: Status } {
  const [, text = ''] = /^Error from server \(NotFound\): (.*)$/su.exec(line) ?? [];
  if (text === '') return { text: line.replace(/^error: /u, '') };
  return {
    text,
    status: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'NotFound', code: 404 },
  };
}

/** `statefulset.apps "web"`, as deletions and refusals name an object. */
export function quotedName(kind: ShownKind, name: string): string {
  return `${prefixOf(kind)} "${name}"`;
}
