// Which revisions a pass works with (L6, L7): the recorded templates, the one that the set wants now and the one that it
// comes from (reference sections 12.3 and 10.6).

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { defaultPodTemplate } from '../../api/defaults/pod-spec.ts';
import {
  controllerRevisionKind,
  dataText,
  equalData,
  nextRevisionNumber,
  sortRevisions,
} from '../history/controller-revision.ts';
import { createRevision, renumberRevision } from '../history/history.ts';
import type { JsonObject } from '../../../kubernetes/object.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { Task } from '../task.ts';
import type { ControllerRevision, RevisionData } from '../history/controller-revision.ts';
import type { PassContext } from './pass-context.ts';
import type { SetIndex } from './set-index.ts';
import type { PodTemplate, StatefulSet } from './types.ts';

/** The revisions of a pass, or why they could not be had. */
export type Revisions =
  | {
      readonly ok: true;
      readonly current: ControllerRevision;
      readonly update: ControllerRevision;
      readonly collisionCount: number;
    }
  | { readonly ok: false; readonly message: string };

/** The revisions of a set, as long as neither the cache of revisions nor the set's selector changes. */
interface Listing {
  readonly seen: number;
  readonly selector: LabelSelector;
  readonly sorted: readonly ControllerRevision[];
}

const listings = new WeakMap<SetIndex, Listing>();
const datas = new WeakMap<object, RevisionData>();
const templates = new WeakMap<object, PodTemplate>();
const defaultedTexts = new WeakMap<RevisionData, string>();

/** The set's revisions, oldest first: its own and those that nobody controls, if their labels fit (STS-REV-12). */
export function listRevisions(pass: PassContext): readonly ControllerRevision[] {
  const { selector } = pass.set.spec;
  const seen = pass.informer.seen(controllerRevisionKind);
  const known = listings.get(pass.index);
  if (known !== undefined && known.seen === seen && known.selector === selector) return known.sorted;
  const sorted = lookUpRevisions(pass);
  listings.set(pass.index, { seen, selector, sorted });
  return sorted;
}

function lookUpRevisions({ set, informer, orphanRevisions }: PassContext): ControllerRevision[] {
  const own = informer.by(controllerRevisionKind, 'owner', set.metadata.uid).values();
  const orphans = orphanRevisions.of(set.metadata.namespace).values();
  const fitting = [...own, ...orphans].filter(({ metadata }) => matchesLabels(set.spec.selector, metadata.labels));
  return sortRevisions(fitting as ControllerRevision[]);
}

/** The revisions of a set whose template is the latest recorded one, as it nearly always is; undefined for others. */
export function knownRevisions({ set }: PassContext, sorted: readonly ControllerRevision[]): Revisions | undefined {
  const latest = sorted.at(-1);
  if (latest === undefined || !equalData(latest.data, revisionData(set.spec.template))) return undefined;
  return { ok: true, current: currentOf(set, sorted) ?? latest, update: latest, collisionCount: collisionsOf(set) };
}

/** Finds, renumbers or creates the revision that the set wants, and finds the one that it comes from (STS-REV-05, -06). */
export function* resolveRevisions(pass: PassContext, sorted: readonly ControllerRevision[]): Task<Revisions> {
  const wanted = yield* resolveUpdate(pass, sorted);
  if (!wanted.ok) return wanted;
  const { revision: update, collisionCount } = wanted;
  return { ok: true, current: currentOf(pass.set, sorted) ?? update, update, collisionCount };
}

function currentOf(set: StatefulSet, sorted: readonly ControllerRevision[]): ControllerRevision | undefined {
  const name = set.status?.currentRevision;
  return sorted.find(({ metadata }) => metadata.name === name);
}

function collisionsOf(set: StatefulSet): number {
  return set.status?.collisionCount ?? 0;
}

/** The template that a revision records, the same object each time: pods share it (STS-REV-02). */
export function templateOf({ data }: ControllerRevision): PodTemplate {
  let template = templates.get(data);
  if (template === undefined) {
    const { $patch: _, ...recorded } = recordedTemplate(data) ?? {};
    templates.set(data, (template = recorded as unknown as PodTemplate));
  }
  return template;
}

/** What is recorded of a template: a patch that replaces it (STS-REV-02). The same object for the same template. */
export function revisionData(template: PodTemplate): RevisionData {
  let data = datas.get(template);
  if (data === undefined) {
    data = { spec: { template: { $patch: 'replace', ...(template as unknown as JsonObject) } } };
    datas.set(template, data);
    templates.set(data, template);
  }
  return data;
}

function* resolveUpdate(
  pass: PassContext,
  sorted: readonly ControllerRevision[],
): Task<
  | { readonly ok: true; readonly revision: ControllerRevision; readonly collisionCount: number }
  | { readonly ok: false; readonly message: string }
> {
  const { set, api } = pass;
  const collisionCount = collisionsOf(set);
  const data = revisionData(set.spec.template);
  const latest = sorted.at(-1);
  const equal = sorted.findLast((revision) => equalData(revision.data, data));
  const revision = nextRevisionNumber(sorted);
  if (equal !== undefined) {
    if (latest !== undefined && equalData(latest.data, equal.data))
      return { ok: true, revision: latest, collisionCount };
    const renumbered = yield* renumberRevision(api, { revision: equal, to: revision });
    return renumbered.ok ? { ...renumbered, collisionCount } : renumbered;
  }
  if (latest !== undefined && isSemanticallyEqual(latest.data, data)) {
    return { ok: true, revision: latest, collisionCount };
  }
  const labels = set.spec.template.metadata?.labels;
  return yield* createRevision(api, { owner: set, labels, data, revision, collisionCount });
}

/** Whether a recorded template, defaulted by this server, is the wanted one (STS-REV-09). */
function isSemanticallyEqual(recorded: RevisionData, wanted: RevisionData): boolean {
  let text = defaultedTexts.get(recorded);
  if (text === undefined) {
    const { $patch: _, ...template } = recordedTemplate(recorded) ?? {};
    const defaulted = defaultPodTemplate(withoutNulls(template) as JsonObject) as unknown as PodTemplate;
    defaultedTexts.set(recorded, (text = dataText(revisionData(defaulted))));
  }
  return text === dataText(wanted);
}

function recordedTemplate(data: RevisionData): JsonObject | undefined {
  return (data['spec'] as { readonly template?: JsonObject } | undefined)?.template;
}

/** What decoding into Go's types and back makes of null: nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}
