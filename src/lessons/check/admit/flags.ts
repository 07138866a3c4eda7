// The flags of kubectl that lessons may use. What is not named here does not reach kubectl: flags can name other clusters,
// credentials, and files to read and write.

/** How a flag is written: alone (`--watch`, also `--watch=false`), with a value, or with a file of the lesson. */
export type FlagKind = 'switch' | 'value' | 'file' | 'output';

const kinds: Readonly<Record<FlagKind, string>> = {
  switch:
    'all all-namespaces allow-missing-template-keys attach cascade command containers current delete-emptydir-data ' +
    'delete-local-data disable-eviction dry-run expose follow force force-conflicts ignore-daemonsets ignore-not-found include-extended-apis ' +
    'include-uninitialized list local namespaced no-headers now overwrite prefix previous quiet record recursive ' +
    'resource-version-skip rm save-config server-print server-side show-events show-kind show-labels show-managed-fields ' +
    'show-resources stdin timestamps tty validate wait watch watch-only',
  value:
    'api-group api-version chunk-size cluster-ip container cpu-percent current-replicas env field-manager field-selector ' +
    'for from-literal grace-period image image-pull-policy label-columns labels limits max max-log-requests min name ' +
    'namespace node-port output-watch-events overrides patch pod-running-timeout pod-selector port protocol ' +
    'replicas requests resource resource-version restart revision selector session-affinity since since-time ' +
    'skip-wait-for-delete-timeout sort-by subresource tail target-port tcp timeout to-revision type types verbs',
  file: 'filename',
  output: 'output',
};
const table: ReadonlyMap<string, FlagKind> = new Map(
  Object.entries(kinds).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind as FlagKind] as const)),
);

/** Why a flag is not given on, where more can be said than that it is not known. */
const elsewhere = 'it speaks to another cluster, or as somebody else';
const refusals: Readonly<Record<string, string>> = {
  as: elsewhere,
  'as-group': elsewhere,
  'certificate-authority': elsewhere,
  'client-certificate': elsewhere,
  'client-key': elsewhere,
  cluster: elsewhere,
  context: elsewhere,
  kubeconfig: elsewhere,
  server: elsewhere,
  token: elsewhere,
  user: elsewhere,
  username: elsewhere,
  password: elsewhere,
  'cache-dir': 'it writes to this machine',
  'from-file': 'it reads files of this machine',
  'from-env-file': 'it reads files of this machine',
  kustomize: 'it reads folders of this machine',
  'output-directory': 'it writes to this machine',
  'patch-file': 'it reads files of this machine',
  raw: 'it asks the API past kubectl',
  template: 'say it with `-o go-template=…`',
};

const shorthands: Readonly<Record<string, string>> = {
  A: 'all-namespaces',
  L: 'label-columns',
  R: 'recursive',
  c: 'container',
  f: 'filename',
  i: 'stdin',
  k: 'kustomize',
  l: 'selector',
  n: 'namespace',
  o: 'output',
  p: 'patch',
  q: 'quiet',
  s: 'server',
  t: 'tty',
  w: 'watch',
};
const shorthandsOfVerbs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  logs: { f: 'follow', p: 'previous' },
  run: { l: 'labels' },
  set: { e: 'env' },
};

/** The long name of a shorthand, for a command; undefined when there is none. */
export function longName(letter: string, verb: string): string | undefined {
  const own = Object.hasOwn(shorthandsOfVerbs, verb) ? shorthandsOfVerbs[verb] : undefined;
  return own?.[letter] ?? (Object.hasOwn(shorthands, letter) ? shorthands[letter] : undefined);
}

/** How a flag is written; a text is the reason why it may not be used. */
export function readFlag(name: string): { readonly kind: FlagKind } | { readonly refused: string } {
  const kind = table.get(name);
  if (kind !== undefined) return { kind };
  const why = Object.hasOwn(refusals, name) ? refusals[name] : undefined;
  return {
    refused: why === undefined ? `the flag --${name} is not known` : `--${name} is not given to kubectl: ${why}`,
  };
}

/** Whether an output format reads no file. */
export function isPlainFormat(format: string): boolean {
  return /^(?:json|yaml|kyaml|wide|name|(?:jsonpath|jsonpath-as-json|custom-columns|go-template|template)=.*)$/s.test(
    format,
  );
}
