// Settings from the environment: `SETPIECE_` and the flag's name, as in SETPIECE_MAX_FAILURES=1. Lists are written with
// commas.

import { exitCodes } from '../../runner/exit-code.ts';
import { ReportedError } from '../reported-error.ts';
import { isList, isSetting, isSwitch } from './setting.ts';
import type { Option } from 'commander';
import type { Settings, SettingValue } from './setting.ts';

const on: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'on']);
const off: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'off']);

/** The variable of an option. */
export function variableOf(name: string): string {
  return `SETPIECE_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Reads the settings of a command's options. Throws `ReportedError` (a usage error) for a switch that is neither on nor off. */
export function readEnvironment(options: readonly Option[], environment: NodeJS.ProcessEnv): Settings {
  const settings = new Map<string, SettingValue>();
  for (const option of options.filter(isSetting)) {
    const text = environment[variableOf(option.name())];
    if (text === undefined) continue;
    if (isSwitch(option)) settings.set(option.name(), switchOf(option.name(), text));
    else if (text !== '') settings.set(option.name(), isList(option) ? text.split(',') : [text]);
  }
  return settings;
}

function switchOf(name: string, text: string): boolean {
  const word = text.toLowerCase();
  if (on.has(word)) return true;
  if (off.has(word)) return false;
  throw new ReportedError(`${variableOf(name)}: wanted true or false, found \`${text}\``, exitCodes.invalid);
}
