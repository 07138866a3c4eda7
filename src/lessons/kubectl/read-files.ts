// The objects that the files of a command declare. As kubectl's builder does: what is good is taken, what is wrong is told
// behind it, and behind a document that is no YAML nothing of its file is read.

import { readManifests } from '../../scenario/manifests.ts';
import { defaultNamespace } from './session.ts';
import { BeyondUs } from './own-errors.ts';
import { sortMembers } from './sort-members.ts';
import type { ShownKind } from '../../kubernetes/kubectl/cluster-view.ts';
import type { Manifest } from '../../kubernetes/object.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { CallFile, KubectlCall } from './call.ts';
import type { Printed } from './printed.ts';

/** An object of a file. */
export interface DeclaredManifest {
  readonly kind: ShownKind;
  readonly manifest: Manifest;
  readonly name: string;
  /** Where it goes; that of the command, of a kind without namespaces. */
  readonly namespace: string;
  readonly file: string;
}

/** Reads the files of a command. */
export function readFiles(call: KubectlCall, printed: Printed): readonly DeclaredManifest[] {
  return call.files.flatMap((file) => readFile(file, call, printed));
}

function readFile(file: CallFile, call: KubectlCall, printed: Printed): readonly DeclaredManifest[] {
  const { objects, problems } = readManifests({ file: file.name, text: file.content });
  const first = problems.find(({ code }) => code !== 'bad-manifest' || !isEmpty(file));
  const good = objects.filter(({ span }) => first === undefined || span.start < first.span.start);
  const declared = good.flatMap(({ manifest }) => declare(manifest, file.name, call, printed));
  if (first !== undefined) printed.fault({ text: parseFault(first, file.name) });
  return declared;
}

function isEmpty({ content }: CallFile): boolean {
  return content.split('\n').every((line) => /^\s*(?:#.*|---.*)?$/u.test(line));
}

function parseFault({ code, message, span }: Problem, file: string): string {
  if (code === 'bad-manifest') {
    const missing = /`(apiVersion|kind)`/u.exec(message)?.[1];
    return missing === undefined
      ? `error parsing ${file}: ${message}`
      : `error validating "${file}": error validating data: ${missing} not set; if you choose to ignore these errors, turn validation off with --validate=false`;
  }
  return `error parsing ${file}: error converting YAML to JSON: yaml: line ${span.line}: ${message}`;
}

function declare(manifest: Manifest, file: string, call: KubectlCall, printed: Printed): readonly DeclaredManifest[] {
  const { apiVersion, metadata = {} } = manifest;
  const kind = call.session.kindOf(manifest);
  const { name = '' } = metadata;
  if (kind === 'otherForm') throw new BeyondUs(`a manifest of ${apiVersion} ${manifest.kind} needs the real kubectl`);
  if (kind === 'unknown') {
    const where = `from "${file}": no matches for kind "${manifest.kind}" in version "${apiVersion}"`;
    const about = `resource mapping not found for name: "${name}" namespace: "${metadata.namespace ?? ''}" ${where}`;
    printed.fault({ text: `${about}\nensure CRDs are installed first` });
    return [];
  }
  const namespace = metadata.namespace ?? call.namespace;
  if (kind.namespaced && call.namespaceGiven && namespace !== call.namespace) {
    const differ = `the namespace from the provided object "${namespace}" does not match the namespace "${call.namespace}"`;
    printed.fault({ text: `${differ}. You must pass '--namespace=${namespace}' to perform this operation.` });
    return [];
  }
  return [
    { kind, manifest: sortMembers(manifest), name, namespace: kind.namespaced ? namespace : defaultNamespace, file },
  ];
}
