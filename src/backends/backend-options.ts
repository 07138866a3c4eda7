// Which backend, and how it is made: plain data, so that workers can be told and a replay line can be written.

/** What is chosen on the command line, in the config file or by a program. */
export type BackendOptions =
  | SimulatorBackendOptions
  | ClusterBackendOptions
  | KindBackendOptions
  | RecordedBackendOptions;

/** The in-process simulator. */
export interface SimulatorBackendOptions {
  readonly kind: 'simulator';
  /** Id of a mutant: a simulator that is wrong on purpose (`setpiece mutate --list`); none by default. */
  readonly mutant?: string;
}

/** A cluster that a kubeconfig names. */
export interface ClusterBackendOptions {
  readonly kind: 'cluster';
  /** Context of the kubeconfig; never taken from `current-context`. */
  readonly context: string;
  /** Path of the kubeconfig; default: what kubectl reads (`KUBECONFIG`, else `~/.kube/config`). */
  readonly kubeconfig?: string;
  /** The cluster may be harmed: node faults and changes of the default class are allowed. Default false. */
  readonly disposable?: boolean;
}

/** A kind cluster that lives as long as the run. */
export interface KindBackendOptions {
  readonly kind: 'kind';
  /** `v1.36` or `v1.36.2`: chooses the node image. Default: what the kind release chooses. */
  readonly kubernetes?: string;
  /** Node image; goes before `kubernetes`. */
  readonly nodeImage?: string;
  /** Number of worker nodes. Default 1. */
  readonly nodes?: number;
  /** Path of a kind config, given to kind as it is. */
  readonly config?: string;
  /** Image that holds the kind binary; default: `kind` from PATH, else an image built from our Dockerfile. */
  readonly kindImage?: string;
  /** Leave the cluster there at the end. Default false. */
  readonly keep?: boolean;
  /** Name of a cluster that is there already; it is never deleted. */
  readonly reuse?: string;
}

/** A trace file: only `check` and `compare` make these. */
export interface RecordedBackendOptions {
  readonly kind: 'recorded';
}

/** What making a backend may tell and heed. */
export interface BackendSetup {
  /** Ends the making, with nothing left behind. */
  readonly signal?: AbortSignal;
  /** One line about what is under way (`kind: starting 3 nodes`). Default: told to nobody. */
  readonly onProgress?: (text: string) => void;
}
