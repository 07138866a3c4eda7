// What the reader makes of a scenario file, in two stages: `Scenario` is the file, checked, with its variables still in
// it; `BoundStep` is one step of a run with every variable in its place, its selections, states and matchers parsed.
// Expectations and the runner know only these shapes; nothing of YAML reaches them but spans.

import type { Json, JsonObject } from '../kubernetes/object.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { KubectlRequest } from '../kubernetes/kubectl/request.ts';
import type { LocatedMap } from './located.ts';

/** A place in an author's file. Lines and columns count from 1; offsets from 0, end exclusive. */
export interface Span {
  /** As the user named it, relative to the working directory. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

/** What a scenario needs of a backend; unmet needs are a skip with a reason. */
export interface Needs {
  /** Least number of nodes, default 1. */
  readonly nodes: number;
  /** A semver range such as `>=1.27`. */
  readonly kubernetes?: string;
  readonly capabilities: readonly string[];
  /** Kinds whose controllers must be running outside setpiece. */
  readonly controllers: readonly string[];
}

/** Values by variable name. */
export type Variables = Readonly<Record<string, Json>>;

/** A scenario file, read and checked. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly about?: string;
  readonly tags: readonly string[];
  readonly guarantees: readonly string[];
  readonly needs: Needs;
  /** The file as the user named it. */
  readonly file: string;
  readonly span: Span;
  /** `with:` constants. */
  readonly constants: Variables;
  /** Rows of `matrix:`, one run each; a single empty row without one. */
  readonly rows: readonly Variables[];
  readonly steps: readonly Step[];
  /** The source text, for frames. */
  readonly source: string;
  /** The file's content as plain data, variables not replaced. */
  readonly content: JsonObject;
  /** The same with places; `bind…` functions and lint read it. */
  readonly tree: LocatedMap;
}

/** A step as written. `each` makes several steps of one run out of it. */
export interface Step {
  /** Position in the file, from 0. */
  readonly position: number;
  /** As written, may hold variables. */
  readonly name: string;
  readonly guarantees: readonly string[];
  readonly each: readonly Variables[];
  readonly span: Span;
}

/** One step of a run, ready to be executed and judged. */
export interface BoundStep {
  readonly position: number;
  readonly name: string;
  readonly guarantees: readonly string[];
  readonly span: Span;
  /** Absent: the step only watches. */
  readonly action?: Action;
  readonly expect?: Expect;
  readonly remember: readonly Remember[];
}

// --- what is seen -----------------------------------------------------------------------------------------------------

/** Which objects a clause speaks of. */
export type Selection = NamesSelection | PatternSelection | WhereSelection;

interface SelectionBase {
  readonly of: KindKey;
  /** Short form for messages: `pod/web-0..2`, `$claims`. */
  readonly text: string;
  readonly span: Span;
}

/** Exactly these names, in written order; each may exist or not. */
export interface NamesSelection extends SelectionBase {
  readonly kind: 'names';
  readonly names: readonly string[];
}

/** Every existing object whose name matches a pattern in which `*` stands for any characters. */
export interface PatternSelection extends SelectionBase {
  readonly kind: 'pattern';
  readonly pattern: string;
}

/** Every existing object that matches all members. */
export interface WhereSelection extends SelectionBase {
  readonly kind: 'where';
  readonly name?: Matcher;
  readonly labels?: Matcher;
  /** Follows controller references through (Deployment, ReplicaSet, Pod). */
  readonly ownedBy?: { readonly of: KindKey; readonly name: string };
  /** The number behind the last dash of the name. */
  readonly ordinal?: Matcher;
  readonly where?: State;
}

/** A state: all of its words hold. */
export interface State {
  readonly words: readonly StateWord[];
  /** As the author wrote it, shortened: `Ready`, `{ phase: Bound, sinceStepStart: same }`. */
  readonly text: string;
  readonly span: Span;
}

/**
 * One word of a state, such as `ready: true`, `fields: {…}`. The one-word forms are spelled out by the binder (`Ready` is
 * `ready: true`, `Bound` is `phase: Bound`), but keep their own `text`. `created`, `deleted` and `scheduled` are edge-only words.
 */
export interface StateWord {
  readonly word: string;
  readonly matcher: Matcher;
  readonly text: string;
  readonly span: Span;
}

/** How many of the selected objects must be in the state (C-2). */
export type Quantifier =
  | { readonly kind: 'each' }
  | { readonly kind: 'count'; readonly matcher: Matcher }
  | { readonly kind: 'names'; readonly matcher: Matcher }
  | { readonly kind: 'values'; readonly field: string; readonly matcher: Matcher };

/** The one way to say what is seen. Without `is`, the state is that the object exists. */
export interface Clause {
  readonly selection: Selection;
  readonly is?: State;
  readonly quantifier: Quantifier;
  readonly text: string;
  readonly span: Span;
}

/** Clauses that must hold together, at one point. */
export interface ClauseGroup {
  readonly clauses: readonly Clause[];
  readonly text: string;
  readonly span: Span;
}

// --- matchers ---------------------------------------------------------------------------------------------------------

/** What a matcher compares with: a value, or one read from an object at the same point. */
export type Operand =
  | { readonly kind: 'value'; readonly value: Json }
  | {
      readonly kind: 'valueOf';
      readonly of: { readonly of: KindKey; readonly name: string } | 'it';
      readonly field: string;
      readonly at: 'now' | 'start';
    };

/** A matcher. Maps match partially (`members`), lists by merge key as subsets (`items`), scalars by value. */
export type Matcher =
  | { readonly kind: 'equals'; readonly operand: Operand }
  | { readonly kind: 'compare'; readonly operator: 'gt' | 'gte' | 'lt' | 'lte'; readonly operand: Operand }
  | { readonly kind: 'text'; readonly operator: 'contains' | 'startsWith' | 'matches'; readonly operand: Operand }
  | { readonly kind: 'absent'; readonly absent: boolean }
  | { readonly kind: 'not'; readonly matcher: Matcher }
  | { readonly kind: 'anyOf' | 'allOf'; readonly matchers: readonly Matcher[] }
  | { readonly kind: 'members'; readonly members: readonly (readonly [name: string, matcher: Matcher])[] }
  | { readonly kind: 'items'; readonly items: readonly Matcher[] }
  | { readonly kind: 'has' | 'exactly' | 'inOrder'; readonly items: readonly Matcher[] }
  | { readonly kind: 'size'; readonly matcher: Matcher }
  | { readonly kind: 'distinct'; readonly distinct: boolean }
  | { readonly kind: 'every'; readonly matcher: Matcher };

// --- temporal words -----------------------------------------------------------------------------------------------------

/** Something that happens at one record: the edge of a clause, or the change of a value. */
export type Event = EdgeEvent | ChangeEvent;

/** A state becomes true of an object (per name), or, with a quantifier, a clause becomes true. */
export interface EdgeEvent {
  readonly kind: 'edge';
  readonly clause: Clause;
  readonly text: string;
  readonly span: Span;
}

/** A value differs after a record from what it was before. */
export interface ChangeEvent {
  readonly kind: 'changes';
  readonly selection: Selection;
  readonly field: string;
  readonly from?: Matcher;
  readonly to?: Matcher;
  readonly by?: Matcher;
  readonly text: string;
  readonly span: Span;
}

/** One place in an order: an event, or events in any order among themselves. Ranges and state lists are spelled out. */
export interface OrderItem {
  readonly events: readonly Event[];
  /** Bounds the time since the item before, milliseconds. */
  readonly gap?: Matcher;
  readonly span: Span;
}

/** `never` takes clauses (in no point) and events (no edge, no change). */
export type NeverItem =
  | { readonly kind: 'group'; readonly group: ClauseGroup }
  | { readonly kind: 'event'; readonly event: Event };

/** Everything that is expected of a step, one member a temporal word. All are judged; one verdict each. */
export interface Expect {
  /** Budget before patience, milliseconds; default 120000. */
  readonly withinMs: number;
  readonly eventually: readonly ClauseGroup[];
  readonly settled: readonly ClauseGroup[];
  /** Each list is one order. */
  readonly order: readonly OrderItem[];
  readonly never: readonly NeverItem[];
  readonly always: readonly ClauseGroup[];
  readonly whenever: readonly { readonly when: Event; readonly then: ClauseGroup; readonly span: Span }[];
  readonly holds: readonly { readonly forMs: number; readonly group: ClauseGroup; readonly span: Span }[];
  readonly until?:
    | { readonly kind: 'duration'; readonly ms: number; readonly span: Span }
    | { readonly kind: 'reached'; readonly groups: readonly ClauseGroup[]; readonly span: Span };
  readonly rejected: readonly AnswerCheck[];
  readonly answered: readonly AnswerCheck[];
  readonly prints: readonly Printed[];
  readonly span: Span;
}

/** What an answer must look like. Without `of`, every answer of the action must match. */
export interface AnswerCheck {
  readonly of?: { readonly of: KindKey; readonly name: string };
  readonly matcher: Matcher;
  readonly text: string;
  readonly span: Span;
}

/** A kubectl command line and what it shows. */
export interface Printed {
  readonly kubectl: string;
  /** The command line, read. */
  readonly request: KubectlRequest;
  readonly output: string;
  /** The place of `output`, and the line of the file on which its first line stands. */
  readonly outputSpan: Span;
  readonly outputLine: number;
  readonly span: Span;
}

/** A value to keep under a name when the window ends. */
export interface Remember {
  readonly name: string;
  readonly of: Selection;
  readonly field: string;
  readonly pick?: 'first' | 'last';
  readonly span: Span;
}

// --- actions ------------------------------------------------------------------------------------------------------------

/** Objects to be sent: from a file (path resolved against the scenario's folder) or written in place. */
export type ManifestSource =
  | { readonly kind: 'file'; readonly path: string; readonly span: Span }
  | { readonly kind: 'object'; readonly object: JsonObject; readonly span: Span };

/** A merge patch for one object of a manifest, before it is sent. Lists merge by key. */
export interface ManifestChange {
  readonly of: KindKey;
  readonly name: string;
  readonly patch: JsonObject;
  readonly span: Span;
}

interface ActionBase {
  readonly span: Span;
}

interface Targeted extends ActionBase {
  readonly target: Selection;
}

/** The one thing that a step does. */
export type Action =
  | (ActionBase & {
      readonly verb: 'apply' | 'create';
      readonly sources: readonly ManifestSource[];
      readonly changes: readonly ManifestChange[];
      readonly as: 'server' | 'client';
    })
  | (Targeted & { readonly verb: 'replace'; readonly object: JsonObject })
  | (Targeted & {
      readonly verb: 'patch';
      readonly type: 'merge' | 'strategic' | 'json';
      readonly body: Json;
      readonly subresource?: string;
    })
  | (Targeted & { readonly verb: 'scale'; readonly to: number })
  | (Targeted & { readonly verb: 'setImage'; readonly containers: Readonly<Record<string, string>> })
  | (Targeted & { readonly verb: 'rollout'; readonly undo?: { readonly toRevision?: number }; readonly restart?: true })
  | (Targeted & {
      readonly verb: 'delete';
      readonly propagation?: 'background' | 'foreground' | 'orphan';
      readonly graceSeconds?: number;
      readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
    })
  | (Targeted & { readonly verb: 'evict'; readonly graceSeconds?: number })
  | (Targeted & {
      readonly verb: 'label' | 'annotate';
      readonly set: Readonly<Record<string, string>>;
      readonly remove: readonly string[];
    })
  | (Targeted & { readonly verb: 'cordon' | 'uncordon' | 'drain' })
  | (Targeted & {
      readonly verb: 'fail';
      readonly how: 'notReady' | 'crash' | 'stop' | 'partitioned';
      readonly container?: string;
      readonly times?: number;
      readonly lasting: 'object' | 'name';
    })
  | (Targeted & { readonly verb: 'recover' })
  | (Targeted & { readonly verb: 'get'; readonly subresource?: string; readonly list: boolean })
  | (ActionBase & { readonly verb: 'resolve'; readonly name: string; readonly type: 'A' | 'AAAA' | 'SRV' })
  | (Targeted & { readonly verb: 'exec'; readonly container?: string; readonly command: readonly string[] })
  | (ActionBase & { readonly verb: 'advance'; readonly ms: number });
