// Faults of a manifest that can be told while it is written: YAML that is none, kinds and fields that Kubernetes does not know, values
// of another type. The check of the exercise says more. Pure.

import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { decodeScalar } from '../../../../kubernetes/decode-scalar.ts';
import { closest } from '../../../../kubernetes/did-you-mean.ts';
import { fieldsOf, typeOfKind } from '../../../../kubernetes/fields.ts';
import { kindOfObject, kinds, qualifiedKind } from '../../../../kubernetes/kinds.ts';
import { typeWord } from './field-at.ts';
import type { Node, Pair, YAMLMap } from 'yaml';
import type { FieldType } from '../../../../kubernetes/fields.ts';
import type { Json } from '../../../../kubernetes/object.ts';

/** A fault; `from` and `to` are offsets. What is said depends on the reader's language: `say-fault.ts`. */
export interface Fault {
  readonly from: number;
  readonly to: number;
  readonly what: FaultKind;
}

/** What is wrong. */
export type FaultKind =
  | { readonly kind: 'yaml'; readonly message: string }
  | { readonly kind: 'unknownKind'; readonly found: string; readonly meant: string | undefined }
  | { readonly kind: 'otherKind'; readonly found: string; readonly allowed: readonly string[] }
  | { readonly kind: 'unknownField'; readonly found: string; readonly meant: string | undefined }
  | { readonly kind: 'otherType'; readonly field: string; readonly wanted: string };

/** All faults, in the order of the text. */
export function findFaults(text: string, allowed: readonly string[]): readonly Fault[] {
  const faults: Fault[] = [];
  for (const document of parseAllDocuments(text, { prettyErrors: false })) {
    for (const { pos, message } of document.errors) {
      faults.push({ from: pos[0], to: pos[1], what: { kind: 'yaml', message } });
    }
    if (document.errors.length === 0 && isMap(document.contents))
      new Finder(faults, allowed).document(document.contents);
  }
  return faults;
}

class Finder {
  readonly #faults: Fault[];
  readonly #allowed: readonly string[];

  constructor(faults: Fault[], allowed: readonly string[]) {
    this.#faults = faults;
    this.#allowed = allowed;
  }

  document(map: YAMLMap): void {
    const apiVersion = map.get('apiVersion');
    const kind = map.get('kind');
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return;
    const node = map.get('kind', true) as Node;
    const known = kindOfObject({ apiVersion, kind });
    if (known === undefined) {
      const same = kinds.find((other) => other.kind === kind);
      const named = same === undefined ? map.get('kind', true) : map.get('apiVersion', true);
      const meant =
        same === undefined
          ? closest(
              kind,
              kinds.map((other) => other.kind),
            )
          : undefined;
      this.#add(named as Node, { kind: 'unknownKind', found: `${apiVersion} ${kind}`, meant });
      return;
    }
    if (this.#allowed.length > 0 && !this.#allowed.includes(qualifiedKind(known))) {
      this.#add(node, { kind: 'otherKind', found: kind, allowed: this.#allowed });
    }
    const type = typeOfKind(known);
    if (type !== undefined) this.#object(map, type);
  }

  #object(map: YAMLMap, type: string): void {
    const fields = fieldsOf(type);
    for (const { key, value } of map.items as readonly Pair<Node, Node | null>[]) {
      if (!isScalar(key) || typeof key.value !== 'string') continue;
      const field = fields.get(key.value);
      if (field === undefined) {
        this.#add(key, { kind: 'unknownField', found: key.value, meant: closest(key.value, fields.keys()) });
      } else if (value !== null) this.#value(value, field, key.value);
    }
  }

  #value(node: Node, type: FieldType, field: string): void {
    // Nothing yet, or an alias: nothing is said.
    if ((isScalar(node) && node.value === null) || (!isScalar(node) && !isMap(node) && !isSeq(node))) return;
    if (type.kind === 'any') return;
    if (type.kind === 'object' && isMap(node)) this.#object(node, type.type);
    else if (type.kind === 'list' && isSeq(node)) {
      for (const item of node.items as readonly (Node | null)[]) if (item !== null) this.#value(item, type.of, field);
    } else if (type.kind === 'map' && isMap(node)) {
      for (const { key, value } of node.items as readonly Pair<Node, Node | null>[]) {
        if (value !== null) this.#value(value, type.of, isScalar(key) ? String(key.value) : field);
      }
    } else if (!(type.kind === 'scalar' && isScalar(node) && decodeScalar(node.value as Json, type.scalar).ok)) {
      this.#add(node, { kind: 'otherType', field, wanted: typeWord(type) });
    }
  }

  #add({ range }: Node, what: FaultKind): void {
    const [from = 0, to = from] = range ?? [];
    this.#faults.push({ from, to, what });
  }
}
