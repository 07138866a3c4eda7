// Names with generated parts are others in every cluster: a lesson's `mynginx-5966bfc495-hzk9t` stands for a pod of the same
// deployment that is there now, and goes on doing so.

const generated =
  /^(?:(pods?|po)\/)?([a-z0-9][a-z0-9.-]*?)-(?=[2-9]*[a-z])([bcdfghjklmnpqrstvwxz2456789]{6,10})-([bcdfghjklmnpqrstvwxz2456789]{5})$/;

/** Where names can be looked up. */
export interface NamesOf {
  names(kind: string): readonly string[];
}

/** Replaces generated pod names among words by those of today. `standIns` keeps who stands for whom. */
export function generatedNames(
  words: readonly string[],
  cluster: NamesOf,
  standIns: Map<string, string>,
): { readonly words: readonly string[]; readonly pairs: readonly (readonly [string, string])[] } {
  const pairs: (readonly [string, string])[] = [];
  const replaced = words.map((word) => {
    const [, kind, owner] = generated.exec(word) ?? [];
    if (owner === undefined) return word;
    const name = kind === undefined ? word : word.slice(kind.length + 1);
    const there = cluster.names('pod');
    if (there.includes(name)) return word;
    const known = standIns.get(name);
    const taken = new Set(standIns.values());
    const free = there.find((pod) => generated.exec(pod)?.[2] === owner && !taken.has(pod));
    const standIn = known !== undefined && there.includes(known) ? known : free;
    if (standIn === undefined) return word;
    standIns.set(name, standIn);
    pairs.push([name, standIn]);
    return kind === undefined ? standIn : `${kind}/${standIn}`;
  });
  return { words: replaced, pairs };
}
