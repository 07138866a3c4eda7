// The API server of the simulation: one set of rules (defaulting, validation, generation, conflicts, deletion) behind two
// doors, the REST door for clients and the typed door for our own controllers.

import type { Json, KubernetesObject, Manifest } from '../../kubernetes/object.ts';
import type { Kind, KindKey } from '../../kubernetes/kind.ts';
import type { Status } from '../../kubernetes/status.ts';
import type { ObjectKey, Store } from '../store/store.ts';

/** An expected refusal is a value, never a thrown error. */
export type Result<T = KubernetesObject> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: Status };

/** One REST request, free of HTTP: what `http/` and `backends/simulated` send. */
export interface ApiRequest {
  readonly verb: 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';
  readonly group: string;
  readonly version: string;
  /** Plural, as in the path. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  /** What was sent: decoded JSON, or the text itself, which is then decoded here. */
  readonly body?: Json | Manifest;
  /** Of a patch. */
  readonly patchType?: 'json' | 'merge' | 'strategic' | 'apply';
  readonly query?: {
    readonly fieldManager?: string;
    readonly force?: boolean;
    readonly dryRun?: boolean;
    readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
    readonly labelSelector?: string;
    readonly fieldSelector?: string;
    readonly limit?: number;
    readonly continue?: string;
    readonly resourceVersion?: string;
    readonly resourceVersionMatch?: string;
    /** Options of a deletion that came in the query; those of a body go before (API-DEL-07). */
    readonly propagationPolicy?: string;
    readonly gracePeriodSeconds?: number;
    readonly orphanDependents?: boolean;
  };
}

/** The answer to an `ApiRequest`; `body` is the object, a list, or a Status. */
export interface ApiResponse {
  readonly code: number;
  readonly body: KubernetesObject | Status | Json;
  readonly warnings: readonly string[];
}

/** Options of a deletion, as in `DeleteOptions`. */
export interface DeleteOptions {
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

/** Options of an update through the typed door. */
export interface UpdateOptions {
  /**
   * `status` changes only the status; the main resource keeps it. `binding` changes only spec.nodeName of a pod and adds the
   * condition PodScheduled; `finalize` only spec.finalizers of a namespace. Default: the main resource.
   */
  readonly subresource?: 'status' | 'binding' | 'finalize';
  /** Conflict (409) unless the stored object has this version. */
  readonly resourceVersion?: string;
  /** Conflict (409) unless the stored object has this uid. */
  readonly uid?: string;
  readonly manager?: string;
}

/** The API server. Synchronous: a call is executed at the virtual moment at which it is made. */
export interface ApiServer {
  readonly store: Store;
  kind(key: KindKey): Kind | undefined;
  /** Adds a kind at run time (a CustomResourceDefinition was established). */
  serve(kind: Kind, options?: { readonly statusSubresource?: boolean }): void;
  /** The typed door; `change` gets the stored object and returns the wanted one, sharing what it does not touch. */
  create(object: Manifest, options?: { readonly manager?: string }): Result;
  update(
    kind: KindKey,
    key: ObjectKey,
    change: (current: KubernetesObject) => KubernetesObject,
    options?: UpdateOptions,
  ): Result;
  delete(kind: KindKey, key: ObjectKey, options?: DeleteOptions): Result;
  /** The REST door. */
  handle(request: ApiRequest): ApiResponse;
}
