// Reads what `apply` and `create` send: files, objects written in place, and changes to them.

import { posix } from 'node:path';

import { addNotText, addWrongType, checkMap } from '../check-shape.ts';
import { isManifestFile, isManifestObject } from '../generated/validators.js';
import { entryOf, itemsOf, memberOf, textOf, toPlainObject } from '../located.ts';
import type { Located, LocatedEntry } from '../located.ts';
import type { ManifestChange, ManifestSource } from '../model.ts';
import type { BindContext } from './context.ts';
import { parseOneReference } from './reference.ts';

/** What is sent, changed how, and by which sort of apply. */
export interface BoundSources {
  readonly sources: readonly ManifestSource[];
  readonly changes: readonly ManifestChange[];
  readonly as: 'server' | 'client';
}

/** Reads `PATH`, `[PATH | object…]`, `{ file, change, as }` or an object. */
export function bindSources(node: Located, context: BindContext): BoundSources {
  if (entryOf(node, 'file') === undefined) return { sources: bindItems(node, context), changes: [], as: 'server' };
  const map = checkMap({ node, name: 'the manifest', validator: isManifestFile }, context.problems);
  const change = memberOf(map, 'change');
  return {
    sources: bindItems(memberOf(map, 'file'), context),
    changes: change?.kind === 'map' ? change.entries.flatMap((entry) => bindChange(entry, context)) : [],
    as: textOf(memberOf(map, 'as')) === 'client' ? 'client' : 'server',
  };
}

function bindItems(node: Located | undefined, context: BindContext): readonly ManifestSource[] {
  const items = itemsOf(node);
  if (node !== undefined && items.length === 0)
    addWrongType(node, 'at least one file or object is wanted here', context.problems);
  return items.flatMap((item) => bindSource(item, context));
}

function bindSource(node: Located, context: BindContext): readonly ManifestSource[] {
  const path = textOf(node);
  if (path !== undefined) {
    // Absolute paths stay what they are; that they leave the project is said where files are looked up.
    return [{ kind: 'file', path: posix.isAbsolute(path) ? path : posix.join(context.folder, path), span: node.span }];
  }
  if (node.kind === 'scalar') {
    addNotText(node, 'the path of a manifest', context.problems);
    return [];
  }
  const map = checkMap({ node, name: 'the object', validator: isManifestObject }, context.problems);
  return map === undefined ? [] : [{ kind: 'object', object: toPlainObject(map), span: node.span }];
}

function bindChange(entry: LocatedEntry, context: BindContext): readonly ManifestChange[] {
  const reference = parseOneReference(entry.key, { keyOf: entry }, context.problems);
  if (reference === undefined || entry.value.kind !== 'map') return [];
  return [{ ...reference, patch: toPlainObject(entry.value), span: entry.keySpan }];
}
