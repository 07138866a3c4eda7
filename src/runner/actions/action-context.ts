// What an action may use: the cluster through recorded requests, the world for resolving its target, and time.

import type { Answer, ClusterRequest, Fault, ObjectAddress } from '../../backends/cluster.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { Action, BoundStep, Selection } from '../../scenario/model.ts';
import type { Manifest } from '../../kubernetes/object.ts';
import type { World } from '../../trace/world.ts';

/** The action of one verb. */
export type ActionOf<Verb extends Action['verb']> = Action & { readonly verb: Verb };

/** Answers that the step's expectations judge, in the order of the requests. */
export type Answers = readonly JudgedAnswer[];

/** The runner's side of an action. Everything that it does is recorded in the trace. */
export interface ActionContext {
  readonly step: BoundStep;
  readonly world: World;
  /** The namespace of the run. */
  readonly namespace: string;
  /** How long the action itself may take on the backend's clock, milliseconds: the step's budget with patience. */
  readonly budgetMs: number;
  readonly nowMs: number;
  /** The cluster's own time, RFC 3339 with whole seconds. */
  readonly timestamp: string;
  /** Whether `label` and `annotate` change values that are there. */
  readonly overwrites: boolean;
  /** The objects that a selection selects now; those given by name whether they exist or not. */
  select(selection: Selection): readonly ObjectAddress[];
  /** The objects that a target selects now, as `select` does. Throws `ScenarioError` (`unknown-object`) when it selects none. */
  resolve(target: Selection): readonly ObjectAddress[];
  /** The objects of an action's files and in-place manifests, changed as it says, in written order. */
  manifests(action: ActionOf<'apply' | 'create'>): readonly Manifest[];
  /** Sends a request, records it with its answer, and gives the answer. */
  send(request: ClusterRequest): Promise<Answer>;
  /** Puts a fault in and records it. */
  inject(fault: Fault): Promise<void>;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
}
