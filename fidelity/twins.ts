// Tells twins apart. Pods of one ReplicaSet that begin and end in the same steps are alike: which of them is called #1 is a
// choice. Of all choices the one counts under which the simulation is most like the recording.

import { renamed } from './canonical.ts';
import { span } from './canonical-names.ts';
import { livesOf } from './lives.ts';
import { milestoneList } from './milestone-list.ts';
import type { Milestone } from './milestone-list.ts';
import type { Recording } from './recording.ts';

/** More twins than these are not tried in all orders: the number of orders grows without measure. */
const twinsMax = 5;

/** A canonical simulation whose twins bear the names of those of a canonical recording that they resemble. */
export function alignTwins(recorded: Recording, simulated: Recording): Recording {
  const wanted = milestoneList(recorded);
  let aligned = simulated;
  for (const twins of twinsOf(simulated)) {
    if (twins.length > twinsMax) continue;
    const places = new Map(milestoneList(aligned).map(({ key, place }) => [key, place]));
    let best: { readonly names: ReadonlyMap<string, string>; readonly conflicts: number } | undefined;
    for (const order of ordersOf(twins)) {
      const names = new Map(twins.map((twin, place) => [order[place]!, twin]));
      const conflicts = conflictsOf(wanted, { places, names });
      if (best === undefined || conflicts < best.conflicts) best = { names, conflicts };
    }
    // The choice says which simulated twin stands for which recorded one.
    const names = new Map([...(best?.names ?? [])].map(([recordedName, twin]) => [twin, recordedName]));
    if ([...names].some(([from, to]) => from !== to)) aligned = renamed(aligned, names);
  }
  return aligned;
}

function twinsOf({ observations }: Recording): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const life of livesOf(observations)) {
    if (!/#\d+$/.test(life.name)) continue;
    const group = [life.kind, life.name.replace(/\d+$/, ''), ...span(life)].join(' ');
    groups.set(group, [...(groups.get(group) ?? []), life.name]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

function* ordersOf(names: readonly string[]): Generator<readonly string[]> {
  if (names.length === 0) yield [];
  for (const [place, name] of names.entries()) {
    for (const rest of ordersOf(names.toSpliced(place, 1))) yield [name, ...rest];
  }
}

/** Relations of the twins that the simulation shows the other way round. */
function conflictsOf(
  wanted: readonly Milestone[],
  { places, names }: { readonly places: ReadonlyMap<string, number>; readonly names: ReadonlyMap<string, string> },
): number {
  const placeOf = wanted.map(({ key, change }) => {
    const twin = names.get(change.name);
    return places.get(twin === undefined ? key : key.replace(change.name, twin));
  });
  const concerned = wanted.map(({ change }) => names.has(change.name));
  let conflicts = 0;
  for (const [at, first] of placeOf.entries()) {
    for (let other = at + 1; other < placeOf.length; other++) {
      if (!concerned[at] && !concerned[other]) continue;
      const second = placeOf[other];
      if (first !== undefined && second !== undefined && second < first) conflicts += 1;
    }
  }
  return conflicts;
}
