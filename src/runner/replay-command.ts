// The command line that repeats one run of one scenario.

import { formatDuration } from '../kubernetes/duration.ts';
import { defaultRunOptions } from './run-options.ts';
import type { BackendOptions } from '../backends/backend-options.ts';
import type { RunOptions } from './run-options.ts';

/** `setpiece run scenarios/scale.scenario.yaml --seed 7`; options that have their default are left out, but for the seed. */
export function replayCommand(file: string, row: number | undefined, options: RunOptions): string {
  const words = ['setpiece', 'run', shellWord(file), '--seed', String(options.seed)];
  if (row !== undefined) words.push('--row', String(row));
  words.push(...backendWords(options.backend));
  if (options.patience !== defaultRunOptions.patience) words.push('--patience', String(options.patience));
  if (options.quietMs !== defaultRunOptions.quietMs) words.push('--quiet', formatDuration(options.quietMs));
  if (options.nodes !== defaultRunOptions.nodes) words.push('--nodes', String(options.nodes));
  if (options.strict) words.push('--strict');
  return words.join(' ');
}

function shellWord(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The flags that choose the backend again; none for the simulator as it is. */
function backendWords(backend: BackendOptions): readonly string[] {
  const valueOf = (flag: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [flag, shellWord(String(value))];
  const flagOf = (flag: string, given: boolean | undefined): readonly string[] => (given === true ? [flag] : []);
  if (backend.kind === 'simulator') return valueOf('--mutant', backend.mutant);
  if (backend.kind === 'recorded') return [];
  if (backend.kind === 'cluster') {
    return [
      ...valueOf('--backend', 'cluster'),
      ...valueOf('--context', backend.context),
      ...valueOf('--kubeconfig', backend.kubeconfig),
      ...flagOf('--disposable', backend.disposable),
    ];
  }
  return [
    ...valueOf('--backend', 'kind'),
    ...valueOf('--kubernetes', backend.kubernetes),
    ...valueOf('--node-image', backend.nodeImage),
    ...valueOf('--kind-config', backend.config),
    ...valueOf('--kind-image', backend.kindImage),
    ...flagOf('--keep', backend.keep),
    ...valueOf('--reuse', backend.reuse),
  ];
}
