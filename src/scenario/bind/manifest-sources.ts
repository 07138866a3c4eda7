// Reads what `apply` and `create` send: files, objects written in place, and changes to them.

import { posix } from 'node:path';

import { addNotText, addWrongType, checkMap } from '../check-shape.ts';
import { isManifestChanged, isManifestFile, isManifestObject } from '../generated/validators.js';
import type { Validator } from '../generated/validators.js';
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

/** Reads `PATH`, `[PATH | object | { file, change }…]`, `{ file, change, as }` or an object. */
export function bindSources(node: Located, context: BindContext): BoundSources {
  const items = itemsOf(node);
  if (items.length === 0) addWrongType(node, 'at least one file or object is wanted here', context.problems);
  if (node.kind === 'list')
    return { ...joined(items.map((item) => bindItem(item, isManifestChanged, context))), as: 'server' };
  const as = textOf(memberOf(node, 'as')) === 'client' ? 'client' : 'server';
  return { ...bindItem(node, isManifestFile, context), as };
}

type BoundItem = Omit<BoundSources, 'as'>;

function bindItem(node: Located, validator: Validator, context: BindContext): BoundItem {
  if (entryOf(node, 'file') === undefined) return { sources: bindSource(node, context), changes: [] };
  const map = checkMap({ node, name: 'the manifest', validator }, context.problems);
  const files = memberOf(map, 'file');
  const change = memberOf(map, 'change');
  if (files !== undefined && itemsOf(files).length === 0)
    addWrongType(files, 'at least one file is wanted here', context.problems);
  return {
    sources: itemsOf(files).flatMap((item) => bindSource(item, context)),
    changes: change?.kind === 'map' ? change.entries.flatMap((entry) => bindChange(entry, context)) : [],
  };
}

function joined(items: readonly BoundItem[]): BoundItem {
  return { sources: items.flatMap((item) => item.sources), changes: items.flatMap((item) => item.changes) };
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
