// Reads `setpiece.config.yaml`: the flags of `run` by their names, the paths to run, and profiles, which are more of the same.

import { closest } from '../../kubernetes/did-you-mean.ts';
import { describe } from '../../scenario/located.ts';
import { ProblemList } from '../../scenario/problem-list.ts';
import { readTree } from '../../scenario/yaml/read-tree.ts';
import { isList, isSetting, isSwitch } from './setting.ts';
import type { Option } from 'commander';
import type { Located, LocatedEntry, LocatedMap } from '../../scenario/located.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { SettingValue, Settings } from './setting.ts';

/** What a file or a profile of it says. */
export interface Layer {
  readonly paths?: readonly string[];
  readonly settings: Settings;
}

/** A config file. */
export interface Config {
  readonly base: Layer;
  readonly profiles: ReadonlyMap<string, Layer>;
  readonly problems: readonly Problem[];
}

/** Reads the text of a config file; `options` are the flags that it may set. */
export function readConfig(
  source: { readonly file: string; readonly text: string },
  options: readonly Option[],
): Config {
  const problems = new ProblemList();
  const tree = readTree(source, problems);
  const known = new Map(options.filter(isSetting).map((option) => [option.name(), option]));
  const read = new ConfigReader(known, problems);
  const profiles = new Map<string, Layer>();
  if (tree === undefined || (tree.kind === 'scalar' && tree.value === null)) {
    return { base: { settings: new Map() }, profiles, problems: problems.sorted };
  }
  if (tree.kind !== 'map') {
    problems.add('wrong-type', tree, `a config file is a map of settings; found ${describe(tree)}`);
    return { base: { settings: new Map() }, profiles, problems: problems.sorted };
  }
  const own = tree.entries.filter(({ key }) => key !== 'profiles');
  const base = read.layer({ ...tree, entries: own });
  for (const { key, value } of read.profilesOf(tree)) profiles.set(key, read.layer(value));
  return { base, profiles, problems: problems.sorted };
}

class ConfigReader {
  readonly #options: ReadonlyMap<string, Option>;
  readonly #problems: ProblemList;

  constructor(options: ReadonlyMap<string, Option>, problems: ProblemList) {
    this.#options = options;
    this.#problems = problems;
  }

  profilesOf(tree: LocatedMap): readonly { readonly key: string; readonly value: LocatedMap }[] {
    const profiles = tree.entries.find(({ key }) => key === 'profiles')?.value;
    if (profiles === undefined) return [];
    if (profiles.kind !== 'map') {
      this.#problems.add('wrong-type', profiles, `\`profiles\` is a map of names; found ${describe(profiles)}`);
      return [];
    }
    return profiles.entries.flatMap(({ key, value }) => {
      if (value.kind === 'map') return [{ key, value }];
      this.#problems.add('wrong-type', value, `a profile is a map of settings; found ${describe(value)}`);
      return [];
    });
  }

  layer(map: LocatedMap): Layer {
    const settings = new Map<string, SettingValue>();
    let paths: readonly string[] | undefined;
    for (const entry of map.entries) {
      if (entry.key === 'paths') paths = this.#texts(entry.value);
      else {
        const value = this.#setting(entry);
        if (value !== undefined) settings.set(entry.key, value);
      }
    }
    return { settings, ...(paths === undefined ? {} : { paths }) };
  }

  #setting(entry: LocatedEntry): SettingValue | undefined {
    const option = this.#options.get(entry.key);
    if (option === undefined) {
      const near = closest(entry.key, [...this.#options.keys(), 'paths', 'profiles']);
      const hint = near === undefined ? 'settings are the flags of `setpiece run`' : `did you mean \`${near}\`?`;
      this.#problems.add('unknown-member', { keyOf: entry }, `there is no setting \`${entry.key}\``, hint);
      return undefined;
    }
    const { value } = entry;
    if (isSwitch(option)) {
      if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
      this.#problems.add('wrong-type', value, `\`${entry.key}\` is true or false; found ${describe(value)}`);
      return undefined;
    }
    if (value.kind === 'list' && !isList(option)) {
      this.#problems.add('wrong-type', value, `\`${entry.key}\` has one value; found a list`);
      return undefined;
    }
    return this.#texts(value);
  }

  /** As on a command line: numbers keep their spelling. */
  #texts(node: Located): readonly string[] {
    const items = node.kind === 'list' ? node.items : [node];
    return items.flatMap((item) => {
      if (item.kind === 'scalar' && item.value !== null) return [item.plain ? item.source : String(item.value)];
      this.#problems.add('wrong-type', item, `a text or a number is wanted; found ${describe(item)}`);
      return [];
    });
  }
}
