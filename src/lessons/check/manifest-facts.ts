// What can be told of a manifest without a parser: it may be broken, and must be spoken of all the same.

import { apiVersionOf, kindOfWord } from '../../kubernetes/kinds.ts';

/** An object that a manifest declares. */
export interface DeclaredObject {
  /** In lower case: `statefulset`. */
  readonly kind: string;
  readonly name: string;
}

/** The documents of a file. */
export function documentsOf(content: string): readonly string[] {
  return content.split(/^---.*$/m).filter((document) => document.trim() !== '');
}

/** The objects that a file declares, as far as they have a kind and a name. */
export function declaredObjects(content: string): readonly DeclaredObject[] {
  return documentsOf(content).flatMap((document) => {
    const kind = /^"?kind"?:\s*"?(\w+)/m.exec(document)?.[1];
    const name = nameIn(document);
    return kind === undefined || name === undefined ? [] : [{ kind: kind.toLowerCase(), name }];
  });
}

/** The name under `metadata`, in block or flow style. */
function nameIn(document: string): string | undefined {
  const flow = /^metadata:[ \t]*\{(?:[^}]*[\s,{])?name:[ \t]*["']?([\w.-]+)/m.exec(document)?.[1];
  if (flow !== undefined) return flow;
  const lines = document.split(/\r?\n/);
  const start = lines.findIndex((line) => /^metadata:\s*(?:#.*)?$/.test(line));
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    if (/^[^\s#]/.test(line)) return undefined;
    const name = /^[ \t]+name:[ \t]*["']?([\w.-]+)/.exec(line)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The storage classes that claims and volumes of a file name. */
export function storageClassesIn(content: string): readonly string[] {
  const named = [...content.matchAll(/^[ \t-]*storageClassName:[ \t]*["']?([a-z0-9][a-z0-9.-]*)/gm)];
  return named.map(([, name]) => name!);
}

/** The file with the versions of today for kinds that have moved on; undefined when no such kind is in it. */
export function modernised(
  content: string,
): { readonly content: string; readonly moves: readonly string[] } | undefined {
  const moves = new Set<string>();
  const changed = content
    .split(/^(?=---)/m)
    .map((document) => {
      const kind = /^kind:\s*"?(\w+)/m.exec(document)?.[1] ?? '';
      const said = /^(apiVersion:\s*["']?)([\w./]+)/m.exec(document)?.[2] ?? '';
      const known = kindOfWord(kind.toLowerCase());
      if (known === undefined || !/beta|alpha/.test(said)) return document;
      const today = apiVersionOf(known);
      moves.add(`${said} as ${today}`);
      return document.replace(/^(apiVersion:\s*["']?)[\w./]+/m, `$1${today}`);
    })
    .join('');
  return moves.size === 0 ? undefined : { content: changed, moves: [...moves] };
}
