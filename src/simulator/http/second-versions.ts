// Kinds that are served under a second group or version, too: autoscaling/v1, events.k8s.io/v1. The same objects, in another form.

import { kindOfKey, kindOfObject, apiVersionOf } from '../../kubernetes/kinds.ts';
import { isFields } from '../api/defaults/fields.ts';
import { InvariantError } from '../invariant.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { Kind } from '../../kubernetes/kind.ts';

type Members = Readonly<Record<string, Json | undefined>>;

/** How objects of a second version relate to those that are stored. */
export interface SecondVersion {
  readonly kind: Kind;
  readonly stored: Kind;
  /** Also of a part of an object: a merge patch. */
  toStored(object: Members): Members;
  toShown(object: Members): Members;
  /** A field selector with the names that the stored kind has. */
  toStoredSelector(text: string): string;
}

/** Fields of events.k8s.io/v1 and what core/v1 calls them. */
const eventFields: ReadonlyMap<string, string> = new Map([
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
  ['reportingController', 'reportingComponent'],
]);
const eventFieldsBack: ReadonlyMap<string, string> = new Map([...eventFields].map(([a, b]) => [b, a]));

/** All of them. Nothing acts on autoscalers, in whatever version. */
export const secondVersions: readonly SecondVersion[] = [
  secondVersion('events.k8s.io/v1', 'Event', {
    toStored: (object) => renamed(object, eventFields),
    toShown: (object) => renamed(object, eventFieldsBack),
    toStoredSelector: (text) =>
      text.replaceAll('regarding.', 'involvedObject.').replaceAll('reportingController', 'reportingComponent'),
  }),
  secondVersion('autoscaling/v1', 'HorizontalPodAutoscaler', {
    toStored: (object) => withSpec(object, storedScaling),
    toShown: (object) => withStatus(withSpec(object, shownScaling), shownUtilization),
    toStoredSelector: (text) => text,
  }),
];

function secondVersion(
  apiVersion: string,
  kindName: string,
  forms: Pick<SecondVersion, 'toStored' | 'toShown' | 'toStoredSelector'>,
): SecondVersion {
  const kind = kindOfObject({ apiVersion, kind: kindName });
  const stored = kind && (kindOfKey(kind.key) ?? kindOfObject({ apiVersion: 'v1', kind: kindName }));
  if (kind === undefined || stored === undefined) throw new InvariantError(`${apiVersion} ${kindName} is not known`);
  const typed = (object: Members, version: string): Members =>
    'apiVersion' in object ? { ...object, apiVersion: version } : object;
  return {
    kind,
    stored,
    toStored: (object) => forms.toStored(typed(object, apiVersionOf(stored))),
    toShown: (object) => forms.toShown(typed(object, apiVersion)),
    toStoredSelector: forms.toStoredSelector,
  };
}

function renamed(object: Members, names: ReadonlyMap<string, string>): Members {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [names.get(name) ?? name, value]));
}

function withSpec(object: Members, change: (spec: Members) => Members): Members {
  const { spec } = object;
  return isFields(spec) ? { ...object, spec: change(spec) } : object;
}

function withStatus(object: Members, change: (status: Members) => Members): Members {
  const { status } = object;
  return isFields(status) ? { ...object, status: change(status) } : object;
}

/** The one number of version 1 is a metric of version 2. */
function storedScaling({ targetCPUUtilizationPercentage: percentage, ...spec }: Members): Members {
  if (percentage === undefined) return spec;
  const target = { type: 'Utilization', averageUtilization: percentage };
  return { ...spec, metrics: percentage === null ? null : [{ type: 'Resource', resource: { name: 'cpu', target } }] };
}

/** Metrics and behaviour that version 1 has no fields for are not shown in it. */
function shownScaling({ metrics, behavior: _behavior, ...spec }: Members): Members {
  const cpu = utilizationIn(metrics, 'target');
  return cpu === undefined ? spec : { ...spec, targetCPUUtilizationPercentage: cpu };
}

function shownUtilization({ currentMetrics, conditions: _conditions, ...status }: Members): Members {
  const cpu = utilizationIn(currentMetrics, 'current');
  return cpu === undefined ? status : { ...status, currentCPUUtilizationPercentage: cpu };
}

interface Metric {
  readonly resource?: Readonly<Record<string, { readonly averageUtilization?: number } | undefined>>;
}

function utilizationIn(metrics: Json | undefined, member: 'target' | 'current'): number | undefined {
  if (!Array.isArray(metrics)) return undefined;
  const cpu = (metrics as readonly Metric[]).find(({ resource }) => (resource?.['name'] as unknown) === 'cpu');
  return cpu?.resource?.[member]?.averageUtilization;
}
