// The flags that choose a backend, shared by all commands that run scenarios, and what they mean together.

import { Option } from 'commander';
import { exitCodes } from '../runner/exit-code.ts';
import { ReportedError } from './reported-error.ts';
import type { Command } from 'commander';
import type { BackendOptions } from '../backends/backend-options.ts';

/** What the command line says about the backend. */
export interface BackendFlags {
  readonly backend: 'simulator' | 'cluster' | 'kind';
  readonly mutant?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly disposable?: true;
  readonly kubernetes?: string;
  readonly nodeImage?: string;
  readonly kindConfig?: string;
  readonly kindImage?: string;
  readonly keep?: true;
  readonly reuse?: string;
  readonly nodes: number;
}

/** Adds `--backend` to a command. */
export function addBackendChoice(command: Command): Command {
  return command.addOption(
    new Option('--backend <name>', 'where scenarios run')
      .choices(['simulator', 'cluster', 'kind'])
      .default('simulator'),
  );
}

/** Adds the flags of each backend to a command, which has `--nodes` of its own. */
export function addBackendFlags(command: Command): Command {
  return command
    .option('--mutant <id>', 'simulator: one that is wrong on purpose (`mutate --list` names them)')
    .option('--context <name>', 'cluster: the context of the kubeconfig; never taken from current-context')
    .option('--kubeconfig <file>', 'cluster: the kubeconfig (default: $KUBECONFIG, else ~/.kube/config)')
    .option('--disposable', 'cluster: it may be harmed (node faults, default class)')
    .option('--kubernetes <version>', 'kind: version of Kubernetes, such as v1.36')
    .option('--node-image <image>', 'kind: image of the nodes')
    .option('--kind-config <file>', 'kind: config file, given to kind as it is')
    .option('--kind-image <image>', 'kind: an image that holds the kind binary')
    .option('--keep', 'kind: leave the cluster there at the end')
    .option('--reuse <name>', 'kind: use this cluster, which is there already');
}

/** Flags of one backend mean nothing to another: rather refused than ignored. */
const flagsOf = {
  simulator: ['mutant'],
  cluster: ['context', 'kubeconfig', 'disposable'],
  kind: ['kubernetes', 'nodeImage', 'kindConfig', 'kindImage', 'keep', 'reuse'],
} as const;

/** Reads the flags. Throws `ReportedError` (a usage error) for those that do not go together. */
export function chooseBackend(flags: BackendFlags): BackendOptions {
  refuseStrayFlags(flags, [flags.backend]);
  return backendOptions(flags.backend, flags);
}

/** Throws `ReportedError` (a usage error) for a flag of a backend that is not used. */
export function refuseStrayFlags(flags: Omit<BackendFlags, 'backend'>, backends: readonly string[]): void {
  for (const [owner, names] of Object.entries(flagsOf)) {
    const stray = names.find((name) => flags[name] !== undefined);
    if (stray === undefined || backends.includes(owner)) continue;
    throw usageError(`--${dashed(stray)} is for the backend ${owner}; this is on ${backends.join(' and ')}`);
  }
}

/** What the flags say of one backend. Throws `ReportedError` (a usage error) where something is missing. */
export function backendOptions(backend: BackendFlags['backend'], flags: Omit<BackendFlags, 'backend'>): BackendOptions {
  if (backend === 'simulator')
    return { kind: 'simulator', ...(flags.mutant === undefined ? {} : { mutant: flags.mutant }) };
  if (backend === 'kind') {
    checkReuse(flags);
    return kindOptions(flags);
  }
  const { context, kubeconfig, disposable } = flags;
  if (context === undefined) {
    throw usageError('--backend cluster needs --context NAME: a context that was not named is never touched');
  }
  return {
    kind: 'cluster',
    context,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(disposable === undefined ? {} : { disposable }),
  };
}

/** What makes a new cluster means nothing to one that is there. */
function checkReuse(flags: Omit<BackendFlags, 'backend'>): void {
  if (flags.reuse === undefined) return;
  const stray = (['kubernetes', 'nodeImage', 'kindConfig'] as const).find((name) => flags[name] !== undefined);
  if (stray === undefined) return;
  throw usageError(`--${dashed(stray)} is for a new cluster; --reuse ${flags.reuse} takes one as it is`);
}

function kindOptions(flags: Omit<BackendFlags, 'backend'>): BackendOptions {
  const { kubernetes, nodeImage, nodes, kindConfig, kindImage, keep, reuse } = flags;
  return {
    kind: 'kind',
    nodes,
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(nodeImage === undefined ? {} : { nodeImage }),
    ...(kindConfig === undefined ? {} : { config: kindConfig }),
    ...(kindImage === undefined ? {} : { kindImage }),
    ...(keep === undefined ? {} : { keep }),
    ...(reuse === undefined ? {} : { reuse }),
  };
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function usageError(message: string): ReportedError {
  return new ReportedError(message, exitCodes.invalid);
}
