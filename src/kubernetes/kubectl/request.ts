// A kubectl command line as data: what of kubectl can be shown without it.

import type { FieldTerm } from '../field-selector.ts';
import type { LabelRequirement } from '../selector-text.ts';

/** What a command line asks for. */
export type KubectlRequest = GetRequest | DescribeRequest | RolloutStatusRequest | RolloutHistoryRequest | WriteRequest;

/** Objects by kind; without names, all that the selector takes. */
export interface ResourceTarget {
  /** As written: `sts`, `pods`, `mongoclusters.db.example.com`. */
  readonly word: string;
  readonly names: readonly string[];
}

/** How objects are shown. */
export type OutputFormat =
  | { readonly kind: 'table'; readonly wide: boolean }
  | { readonly kind: 'name' | 'yaml' | 'json' }
  | { readonly kind: 'jsonpath'; readonly template: string }
  | { readonly kind: 'custom-columns'; readonly columns: readonly { readonly name: string; readonly path: string }[] };

/** `kubectl get`. */
export interface GetRequest {
  readonly verb: 'get';
  readonly targets: readonly ResourceTarget[];
  readonly output: OutputFormat;
  readonly labels: readonly LabelRequirement[];
  readonly fields: readonly FieldTerm[];
  /** `-L`: labels as columns. */
  readonly labelColumns: readonly string[];
  readonly showLabels: boolean;
  readonly showKind: boolean;
  readonly headers: boolean;
  readonly sortBy?: string;
  readonly watch: boolean;
  /** `--watch-only`: no list first. */
  readonly watchOnly: boolean;
  readonly ignoreNotFound: boolean;
}

/** `kubectl describe`. */
export interface DescribeRequest {
  readonly verb: 'describe';
  readonly targets: readonly ResourceTarget[];
  readonly labels: readonly LabelRequirement[];
}

/** `kubectl rollout status`: waits, and so shows what happens in a window. */
export interface RolloutStatusRequest {
  readonly verb: 'rollout status';
  readonly target: ResourceTarget;
  readonly watch: boolean;
}

/** `kubectl rollout history`. */
export interface RolloutHistoryRequest {
  readonly verb: 'rollout history';
  readonly target: ResourceTarget;
  readonly revision?: number;
}

/** Verbs of kubectl that change something: they show what became of the step's own request. */
export type WriteVerb =
  | 'apply'
  | 'create'
  | 'replace'
  | 'patch'
  | 'scale'
  | 'set image'
  | 'delete'
  | 'label'
  | 'annotate'
  | 'rollout undo'
  | 'rollout restart'
  | 'cordon'
  | 'uncordon';

/** A command that changes something: it is not run, its answer is that of the step's action. */
export interface WriteRequest {
  readonly verb: WriteVerb;
  /** `--force` of a deletion. */
  readonly force: boolean;
  readonly serverSide: boolean;
}

/** A command line that was read, or why it cannot be shown. */
export type ReadCommand =
  | { readonly ok: true; readonly request: KubectlRequest }
  | { readonly ok: false; readonly message: string; readonly hint?: string };
