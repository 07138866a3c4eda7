// The annotation in which `kubectl apply` remembers the manifest that it applied last (API-CSA-01).

import type { Json, JsonObject } from '../object.ts';
import { isJsonList, isJsonObject, memberOf } from './with-members.ts';

/** Name of the annotation. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The manifest with itself in the annotation, as `kubectl apply` sends it. `namespace`: the one it is applied to, if any. */
export function withLastApplied<T extends JsonObject>(
  manifest: T,
  { namespace }: { readonly namespace?: string } = {},
): T {
  const metadata: JsonObject = {
    ...membersOf(memberOf(manifest, 'metadata')),
    ...(namespace === undefined ? {} : { namespace }),
  };
  const { [lastAppliedAnnotation]: _, ...annotations } = membersOf(metadata['annotations']);
  const remembered = { ...manifest, metadata: { ...metadata, annotations } };
  const text = `${JSON.stringify(sorted(remembered))}\n`;
  return { ...manifest, metadata: { ...metadata, annotations: { ...annotations, [lastAppliedAnnotation]: text } } };
}

/** The manifest that was applied last to a live object; undefined when there is none that can be read. */
export function lastAppliedOf(live: JsonObject): JsonObject | undefined {
  const metadata = membersOf(memberOf(live, 'metadata'));
  const text = memberOf(membersOf(metadata['annotations']), lastAppliedAnnotation);
  if (typeof text !== 'string') return undefined;
  try {
    const manifest: unknown = JSON.parse(text);
    return isJsonObject(manifest) ? manifest : undefined;
  } catch {
    // A text that somebody has broken is as good as none; kubectl refuses it, naming the annotation.
    return undefined;
  }
}

function membersOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function sorted(value: Json | undefined): Json {
  if (isJsonList(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value ?? null;
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  return Object.fromEntries(names.sort().map((name) => [name, sorted(value[name])]));
}
