// What runs kind's command line, wherever kind is.

/** How kind is called. */
export interface KindCall {
  /** Without `kind` itself. */
  readonly args: readonly string[];
  /** Text of a config file; the tool adds `--config`. */
  readonly config?: string;
  /** One line of what kind writes, as it comes. */
  readonly onLine?: (line: string) => void;
  readonly signal: AbortSignal;
}

/** How a call ended. */
export interface KindResult {
  /** Not 0 when kind failed; which number is not always known. */
  readonly code: number;
  /** All that was written; only standard output when `--quiet` was among the words. */
  readonly output: string;
}

/** kind, ready to be called. */
export interface KindTool {
  /** Where kind comes from, for messages. */
  readonly whence: string;
  /** A file that kind may write the kubeconfig of a new cluster to, so that nobody's own is touched. */
  readonly kubeconfig: string;
  /** Rejects with `BackendError` when kind cannot be started, and as aborted when `signal` says so; kind has been ended then. */
  run(call: KindCall): Promise<KindResult>;
  /** Removes what was needed to run kind. */
  dispose(): Promise<void>;
}
