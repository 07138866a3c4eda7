// Lets a command be set up by `setpiece.config.yaml` and by the environment. What is said on the command line wins, then the
// environment, then the profile, then the file; the defaults come last.

import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { closest } from '../../kubernetes/did-you-mean.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { findBeside } from '../../runner/find-beside.ts';
import { framesOf } from '../../runner/frames.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { ReportedError } from '../reported-error.ts';
import { readEnvironment, variableOf } from './environment.ts';
import { readConfig } from './read-config.ts';
import { isSetting, readSetting } from './setting.ts';
import type { Command } from 'commander';
import type { Config, Layer } from './read-config.ts';
import type { SettingValue } from './setting.ts';

/** Name of the file that is looked for in the working directory and above, up to the project's root. */
export const configName = 'setpiece.config.yaml';

/** Settings that name files: in a config file they are relative to its folder. */
const pathSettings: ReadonlySet<string> = new Set(['output', 'trace-dir', 'kubeconfig', 'kind-config', 'known']);

/** What a config file adds to the flags of a command. */
export interface ConfiguredPaths {
  /** The paths that it names, for a command line that names none. */
  readonly paths?: readonly string[];
}

/** Adds `--config` and `--profile`, and fills in what the command line leaves open before the command runs. */
export function addConfig(command: Command): Command {
  return command
    .option('--config <file>', `config file (default: the nearest ${configName})`)
    .option('--profile <name>', 'profile of the config file')
    .hook('preAction', (_, called) => applyConfig(called));
}

function applyConfig(command: Command): void {
  const environment = readEnvironment(command.options, process.env);
  const { file, layers } = configLayers(command);
  const paths = layers.find((layer) => layer.paths !== undefined)?.paths;
  if (paths !== undefined) {
    const beside = paths.map((path) => besideConfig(path, file));
    command.setOptionValueWithSource('paths', beside, 'config');
  }
  for (const option of command.options.filter(isSetting)) {
    const name = option.name();
    const source = command.getOptionValueSource(option.attributeName());
    if (source === 'cli') continue;
    const layer = layers.find(({ settings }) => settings.has(name));
    const [value, where] = environment.has(name)
      ? [environment.get(name), variableOf(name)]
      : [fileValue(name, layer?.settings.get(name), file), `${file}, ${name}`];
    if (value === undefined) continue;
    try {
      command.setOptionValueWithSource(option.attributeName(), readSetting(option, value), 'config');
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      const shown = typeof value === 'boolean' ? value : value.join(',');
      throw usageError(`${where}: \`${shown}\` cannot be meant. ${error.message}`);
    }
  }
}

interface Layers {
  readonly file: string;
  /** The one that wins first. */
  readonly layers: readonly Layer[];
}

function configLayers(command: Command): Layers {
  const { config: named, profile = process.env[variableOf('profile')] } = command.opts<{
    config?: string;
    profile?: string;
  }>();
  const path = named ?? process.env[variableOf('config')] ?? findBeside(join(process.cwd(), configName), configName);
  if (path === undefined) {
    if (profile !== undefined && profile !== '')
      throw usageError(`--profile ${profile}: there is no ${configName} here or above`);
    return { file: '', layers: [] };
  }
  const file = relative(process.cwd(), path) || path;
  const text = readText(path, file);
  const config = readConfig({ file, text }, command.options);
  if (config.problems.length > 0) {
    const frames = framesOf(config.problems, new Map([[file, text]])).join('\n');
    throw usageError(`${file} cannot be used:\n\n${frames}`);
  }
  if (profile === undefined || profile === '') return { file, layers: [config.base] };
  return { file, layers: [profileOf(config, profile, file), config.base] };
}

function profileOf({ profiles }: Config, name: string, file: string): Layer {
  const profile = profiles.get(name);
  if (profile !== undefined) return profile;
  const near = closest(name, profiles.keys());
  const names = profiles.size === 0 ? 'it has none' : `it has ${[...profiles.keys()].join(', ')}`;
  throw usageError(`${file} has no profile \`${name}\`: ${near === undefined ? names : `did you mean ${near}?`}`);
}

function fileValue(name: string, value: SettingValue | undefined, file: string): SettingValue | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  if (pathSettings.has(name)) return value.map((path) => besideConfig(path, file));
  if (name !== 'reporter') return value;
  return value.map((text) => {
    const [reporter = '', path] = text.split(/=(.*)/s);
    return path === undefined || path === '' ? text : `${reporter}=${besideConfig(path, file)}`;
  });
}

function besideConfig(path: string, file: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw usageError(`the config file ${file} cannot be read: ${formatPathError(error)}`);
  }
}

function usageError(message: string): ReportedError {
  return new ReportedError(message, exitCodes.invalid);
}
