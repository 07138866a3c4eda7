// The rows of a timeline: headings and lanes from top to bottom, of one run or of several, in which lanes of the same object
// share a row. Pure.

import { shortKind } from './group-lanes.ts';
import type { LaneGroup } from './group-lanes.ts';
import type { Lane, LaneModel } from './lane-model.ts';

/** A heading, which hides or shows its lanes. */
export interface GroupRow {
  readonly kind: 'group';
  readonly title: string;
  readonly count: number;
  readonly collapsed: boolean;
  readonly y: number;
  readonly height: number;
}

/** One object; a lane for each run that has it. */
export interface LaneRow {
  readonly kind: 'lane';
  readonly key: string;
  readonly kindWord: string;
  readonly name: string;
  readonly lanes: readonly (Lane | undefined)[];
  readonly y: number;
  readonly height: number;
}

/** A row; `y` and `height` are CSS pixels. */
export type Row = GroupRow | LaneRow;

const groupHeight = 24;
const laneHeight = 22;
const sharedLaneHeight = 17;

/** Lays the rows out. Lanes to which nothing happened during the steps are left out unless `unchanged` is wanted. */
export function layRows(
  models: readonly LaneModel[],
  options: { readonly collapsed: ReadonlySet<string>; readonly unchanged: boolean },
): { readonly rows: readonly Row[]; readonly height: number; readonly hidden: number } {
  const rows: Row[] = [];
  let y = 0;
  let hidden = 0;
  const height = models.length > 1 ? sharedLaneHeight * models.length + 4 : laneHeight;
  for (const [title, members] of joinGroups(models)) {
    const shown = members.filter(({ lanes }) => options.unchanged || lanes.some((lane) => lane?.changed === true));
    hidden += members.length - shown.length;
    if (shown.length === 0) continue;
    const collapsed = options.collapsed.has(title);
    rows.push({ kind: 'group', title, count: shown.length, collapsed, y, height: groupHeight });
    y += groupHeight;
    for (const member of collapsed ? [] : shown) {
      rows.push({ kind: 'lane', ...member, y, height });
      y += height;
    }
  }
  return { rows, height: y, hidden };
}

type Joined = Pick<LaneRow, 'key' | 'kindWord' | 'name' | 'lanes'>;

function joinGroups(models: readonly LaneModel[]): ReadonlyMap<string, readonly Joined[]> {
  const groups = new Map<string, Map<string, (Lane | undefined)[]>>();
  for (const [track, model] of models.entries()) {
    for (const group of model.groups) {
      let joined = groups.get(group.title);
      if (joined === undefined) groups.set(group.title, (joined = new Map()));
      for (const [role, lane] of rolesOf(group)) {
        const lanes: (Lane | undefined)[] = joined.get(role) ?? models.map(() => undefined);
        lanes[track] = lane;
        joined.set(role, lanes);
      }
    }
  }
  return new Map([...groups].map(([title, joined]) => [title, [...joined.values()].map(joinedOf)]));
}

function joinedOf(lanes: readonly (Lane | undefined)[]): Joined {
  const lane = lanes.find((candidate) => candidate !== undefined);
  const names = new Set(lanes.flatMap((candidate) => (candidate === undefined ? [] : [candidate.name])));
  return {
    key: lane?.key ?? '',
    kindWord: lane === undefined ? '' : shortKind(lane.kind),
    name: [...names].join(' | '),
    lanes,
  };
}

/** Under which name a lane is found in another run: generated names differ, so these are counted in order of creation. */
function rolesOf({ lanes }: LaneGroup): readonly (readonly [role: string, lane: Lane])[] {
  const counts = new Map<string, number>();
  const born = lanes.toSorted((a, b) => (a.ticks[0]?.record ?? 0) - (b.ticks[0]?.record ?? 0));
  const roles = new Map<Lane, string>();
  for (const lane of born) {
    if (!isGenerated(lane)) continue;
    const count = (counts.get(lane.kind) ?? 0) + 1;
    counts.set(lane.kind, count);
    roles.set(lane, `${lane.kind}#${count}`);
  }
  return lanes.map((lane) => [roles.get(lane) ?? lane.key, lane]);
}

function isGenerated({ object, name }: Lane): boolean {
  if (object === undefined) return false;
  const { generateName, labels } = object.metadata;
  // Members of a set have a `generateName` too, and a name that does not change.
  if (labels?.['apps.kubernetes.io/pod-index'] !== undefined) return false;
  if (generateName !== undefined && !/-\d+$/.test(name)) return true;
  const hash = labels?.['pod-template-hash'];
  return hash !== undefined && name.endsWith(hash);
}
