// One setting of a command that a config file or the environment may make instead of a flag: which flag, and how its text is
// read. The flags themselves are the vocabulary, so that there is nothing else to learn.

import type { Option } from 'commander';

/** What a config file says of one setting: texts as a command line would hold them; a switch is on or off. */
export type SettingValue = readonly string[] | boolean;

/** Settings by the flag's name without dashes: `max-failures`. */
export type Settings = ReadonlyMap<string, SettingValue>;

/** Options that say which settings to read, not what to do. */
const ownOptions: ReadonlySet<string> = new Set(['config', 'profile', 'help', 'version']);

/** Whether the option may be set elsewhere than on the command line. */
export function isSetting(option: Option): boolean {
  return option.long !== undefined && option.long !== null && !ownOptions.has(option.name());
}

/** Whether the option is a switch, without a value. */
export function isSwitch(option: Option): boolean {
  return !option.required && !option.optional;
}

/** Whether the option may be given several times. */
export function isList(option: Option): boolean {
  return Array.isArray(option.defaultValue);
}

/** The value as commander would have it from the command line. Throws commander's error for a text that cannot be meant. */
export function readSetting(option: Option, value: SettingValue): unknown {
  if (typeof value === 'boolean') return value ? true : undefined;
  let read: unknown = option.defaultValue;
  for (const text of value) {
    // Choices and own parsers are both functions of commander's option.
    const parse = option.parseArg as ((text: string, before: unknown) => unknown) | undefined;
    read = parse === undefined ? text : parse(text, read);
  }
  return read;
}
