// `apply` with `as: client`: what `kubectl apply` does without `--server-side` (API-CSA-01 to -06): GET, then POST, or a
// three-way patch against the annotation that the last apply left.

import { kindKey } from '../../kubernetes/kind.ts';
import { kindOfKey } from '../../kubernetes/kinds.ts';
import { shapeOfKind } from '../../kubernetes/patch/merge-keys.ts';
import { judgeRead, judgeWrite, refusedByClient, unchangedAnswer } from './judged-answer.ts';
import { threeWayPatch } from './three-way-patch.ts';
import type { ObjectAddress } from '../../backends/cluster.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { Json, JsonObject, KubernetesObject, Manifest } from '../../kubernetes/object.ts';
import type { ActionContext } from './action-context.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const attemptsMax = 5;
const pauseMs = 1000;

/** Applies one object as kubectl does. */
export async function applyAsClient(manifest: Manifest, context: ActionContext): Promise<JudgedAnswer> {
  const target: ObjectAddress = { kind: kindKey(manifest), name: manifest.metadata?.name ?? '' };
  if (target.name === '') {
    return refusedByClient(
      target,
      `from ${manifest.metadata?.generateName ?? ''}: cannot use generate name with apply`,
    );
  }
  const wanted = annotated(manifest, namespaceFor(target, context));
  for (let attempt = 1; ; attempt += 1) {
    const found = await context.send({ verb: 'get', target });
    if (found.code === 404) return judgeWrite(target, await context.send({ verb: 'create', object: wanted }));
    if (found.code >= 400) return judgeRead(target, found);
    const live = found.body as KubernetesObject;
    const shape = shapeOfKind(target.kind);
    const states = { last: lastOf(live), wanted: wanted as unknown as JsonObject, live: live as unknown as JsonObject };
    const patch = threeWayPatch(states, shape);
    if (Object.keys(patch).length === 0) return unchangedAnswer(target, found, 'unchanged');
    const type = shape === undefined ? 'merge' : 'strategic';
    const answer = await context.send({ verb: 'patch', target, type, body: patch });
    // Somebody else wrote in between (API-CSA-05).
    if (answer.code !== 409 || attempt === attemptsMax) return judgeWrite(target, answer);
    if (attempt > 1) await context.pass(pauseMs);
  }
}

/** Only what kubectl would put there: cluster-scoped objects have no namespace. */
function namespaceFor({ kind }: ObjectAddress, { namespace }: ActionContext): string | undefined {
  return kindOfKey(kind)?.namespaced === false ? undefined : namespace;
}

function lastOf(live: KubernetesObject): JsonObject {
  const text = live.metadata.annotations?.[lastApplied];
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    // Somebody wrote nonsense there: nothing is known of what was applied last.
    return {};
  }
}

/** The manifest with the annotation that holds it: compact, keys sorted, with a namespace and annotations but without itself. */
function annotated(manifest: Manifest, namespace: string | undefined): Manifest {
  const { [lastApplied]: _before, ...annotations } = manifest.metadata?.annotations ?? {};
  const metadata = { ...manifest.metadata, ...(namespace === undefined ? {} : { namespace }), annotations };
  const text = `${JSON.stringify(sorted({ ...manifest, metadata } as unknown as Json))}\n`;
  return { ...manifest, metadata: { ...metadata, annotations: { ...annotations, [lastApplied]: text } } };
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sorted(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonObject);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([name, member]) => [name, member === undefined ? null : sorted(member)]));
}
