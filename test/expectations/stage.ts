// A tiny stage for hand-written traces: objects come, change and go; time passes; a judge watches, live.

import { bindInvariants, bindStep } from '../../src/scenario/bind.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { createJudge } from '../../src/expectations/index.ts';
import type { BoundStep, Expect } from '../../src/scenario/model.ts';
import type { Judge, JudgedAnswer, JudgeOptions, Verdict } from '../../src/expectations/index.ts';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import type { GapRecord, Observation, TraceRecord, WindowEnd } from '../../src/trace/record.ts';

const apiVersions: Readonly<Record<string, string>> = {
  StatefulSet: 'apps/v1',
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  ControllerRevision: 'apps/v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  Lease: 'coordination.k8s.io/v1',
  MongoCluster: 'db.example.com/v1',
};

/** Parts of an object beside its kind and name; metadata is completed. */
export interface Parts {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

/** Builds records in order and shows each to a listener. */
export class Stage {
  readonly records: TraceRecord[] = [];
  nowMs = 0;
  step = -1;
  readonly #listener: (record: Observation | GapRecord) => void;
  readonly #alive = new Map<string, KubernetesObject>();
  #version = 100;

  constructor(listener: (record: Observation | GapRecord) => void = () => undefined) {
    this.#listener = listener;
  }

  /** Lets time pass. */
  wait(ms: number): this {
    this.nowMs += ms;
    return this;
  }

  /** Creates an object, or replaces what it says; the uid stays while it lives. */
  put(kind: string, name: string, parts: Parts = {}): this {
    const key = `${kind}/${name}`;
    const known = this.#alive.get(key);
    const uid = known?.metadata.uid ?? `${key}#${this.#version}`;
    const object = this.#object({ kind, name, uid }, parts);
    this.#alive.set(key, object);
    return this.#emit(known === undefined ? 'ADDED' : 'MODIFIED', object);
  }

  /** Removes an object as it is. */
  remove(kind: string, name: string): this {
    const object = this.#alive.get(`${kind}/${name}`);
    if (object === undefined) throw new Error(`there is no ${kind}/${name}`);
    this.#alive.delete(`${kind}/${name}`);
    const metadata = { ...object.metadata, resourceVersion: String((this.#version += 1)) };
    return this.#emit('DELETED', { ...object, metadata });
  }

  uidOf(kind: string, name: string): string {
    return this.#alive.get(`${kind}/${name}`)?.metadata.uid ?? 'nobody';
  }

  /** A pod, by the few things that states speak of. */
  pod(name: string, state: PodState = {}): this {
    return this.put(
      'Pod',
      name,
      podParts(state, (kind, owner) => this.uidOf(kind, owner)),
    );
  }

  /** A pod that is ready on a node, at once. */
  ready(name: string, state: PodState = {}): this {
    return this.pod(name, { phase: 'Running', ready: true, node: 'node-1', ...state });
  }

  /** A pod whose deletion was accepted. */
  terminating(name: string, state: PodState = {}): this {
    return this.pod(name, { phase: 'Running', ready: true, node: 'node-1', terminating: true, ...state });
  }

  gone(name: string): this {
    return this.remove('Pod', name);
  }

  /** A StatefulSet `of`: wanted, there and ready. */
  set(
    name: string,
    counts: {
      spec?: number;
      replicas?: number;
      ready?: number;
      generation?: number;
      observed?: number;
      status?: object;
    } = {},
  ): this {
    const { spec = 1, replicas = spec, ready = replicas, generation = 1, observed = generation, status = {} } = counts;
    return this.put('StatefulSet', name, {
      metadata: { generation },
      spec: { replicas: spec },
      status: { observedGeneration: observed, replicas, readyReplicas: ready, ...status },
    });
  }

  claim(name: string, phase: string, volumeName?: string): this {
    return this.put('PersistentVolumeClaim', name, {
      spec: volumeName === undefined ? {} : { volumeName },
      status: { phase },
    });
  }

  /** Something that has nothing to do with anything but the clock of quiet. */
  noise(): this {
    return this.put('ConfigMap', 'noise', { data: { at: String(this.nowMs) } });
  }

  gap(of = 'pod'): this {
    const gap = { of, after: String(this.#version), before: String((this.#version += 10)), reason: '410 Gone' };
    const record = { kind: 'gap', at: this.nowMs, step: this.step, gap } as GapRecord;
    this.records.push(record);
    this.#listener(record);
    return this;
  }

  #object({ kind, name, uid }: { kind: string; name: string; uid: string }, parts: Parts): KubernetesObject {
    const { metadata = {}, ...rest } = parts;
    return {
      apiVersion: apiVersions[kind] ?? 'v1',
      kind,
      metadata: {
        name,
        namespace: 'default',
        uid,
        resourceVersion: String((this.#version += 1)),
        creationTimestamp: '2026-01-01T00:00:00Z',
        ...metadata,
      },
      ...rest,
    };
  }

  #emit(type: Observation['type'], object: KubernetesObject): this {
    const record: Observation = { kind: 'observation', at: this.nowMs, step: this.step, type, object };
    this.records.push(record);
    this.#listener(record);
    return this;
  }
}

export interface PodState {
  readonly phase?: string;
  readonly ready?: boolean;
  readonly node?: string;
  readonly terminating?: boolean;
  readonly grace?: number;
  readonly ip?: string;
  readonly image?: string;
  readonly restarts?: number;
  readonly waiting?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly owner?: string;
}

function podParts(state: PodState, uidOf: (kind: string, name: string) => string): Parts {
  const {
    phase = 'Pending',
    ready = false,
    node,
    terminating = false,
    grace = 30,
    ip,
    image = 'nginx:1',
    restarts = 0,
    waiting,
    labels,
    owner,
  } = state;
  const [ownerKind = '', ownerName = ''] = owner?.split('/') ?? [];
  return {
    metadata: {
      ...(labels === undefined ? {} : { labels }),
      ...(terminating ? { deletionTimestamp: '2026-01-01T00:01:00Z', deletionGracePeriodSeconds: grace } : {}),
      ...(owner === undefined
        ? {}
        : {
            ownerReferences: [
              {
                apiVersion: apiVersions[ownerKind] ?? 'v1',
                kind: ownerKind,
                name: ownerName,
                uid: uidOf(ownerKind, ownerName),
                controller: true,
              },
            ],
          }),
    },
    spec: { containers: [{ name: 'main', image }], ...(node === undefined ? {} : { nodeName: node }) },
    status: {
      phase,
      ...(ip === undefined ? {} : { podIP: ip }),
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      ...(node === undefined
        ? {}
        : {
            containerStatuses: [
              {
                name: 'main',
                ready,
                restartCount: restarts,
                state: waiting === undefined ? { running: {} } : { waiting: { reason: waiting } },
              },
            ],
          }),
    },
  };
}

/** Everything of one step that is played. */
export interface Play {
  /** YAML under `expect:`, in flow or block style. */
  readonly expect?: string;
  /** YAML of the step's verb. */
  readonly action?: string;
  /** YAML under `invariants:`. */
  readonly invariants?: string;
  /** YAML under `objects:`. */
  readonly objects?: string;
  /** Before the step begins. */
  readonly setup?: (stage: Stage) => void;
  /** Between the step's beginning and its answer. */
  readonly request?: (stage: Stage) => void;
  readonly answers?: readonly JudgedAnswer[];
  /** After the answer. */
  readonly script?: (stage: Stage, judge: Judge) => void;
  /** Time that passes after the script, milliseconds. */
  readonly rest?: number;
  /** Nothing but heartbeats can happen after the script. */
  readonly idle?: boolean;
  readonly options?: Partial<JudgeOptions>;
}

export interface Played {
  readonly verdicts: readonly Verdict[];
  readonly invariants: readonly Verdict[];
  readonly end: WindowEnd | undefined;
  readonly stage: Stage;
  readonly step: BoundStep;
}

/** Plays one step at 1 s of the run and judges it. */
export function play(options: Play): Played {
  const { step, invariants } = bound(options);
  const judge = createJudge({
    quietMs: 5000,
    slackMs: 0,
    patience: 1,
    ...(invariants === undefined ? {} : { invariants }),
    ...options.options,
  });
  const stage = new Stage((record) => judge.observe(record));
  options.setup?.(stage);
  stage.nowMs = 1000;
  stage.step = 0;
  judge.beginStep(step, stage.nowMs);
  options.request?.(stage);
  judge.openWindow(stage.nowMs, options.answers ?? []);
  options.script?.(stage, judge);
  if (options.idle === true) judge.advance(stage.nowMs, true);
  stage.wait(options.rest ?? 600_000);
  judge.advance(stage.nowMs);
  const end = judge.windowEnd;
  return { verdicts: judge.endStep(), invariants: judge.end(), end, stage, step };
}

/** Binds a step and invariants from YAML; problems of the text fail the test. */
export function bound(options: Pick<Play, 'expect' | 'action' | 'invariants' | 'objects'>): {
  readonly step: BoundStep;
  readonly invariants: Expect | undefined;
} {
  const text = [
    'scenario: a-play',
    'title: A play',
    ...(options.objects === undefined ? [] : [`objects: ${options.objects}`]),
    ...(options.invariants === undefined ? [] : [`invariants: ${options.invariants}`]),
    'steps:',
    '  - name: the step',
    ...(options.action === undefined ? [] : [`    ${options.action}`]),
    ...(options.expect === undefined ? [] : [`    expect: ${options.expect}`]),
    '',
  ].join('\n');
  const { scenario, problems } = readScenario({ file: 'a-play.scenario.yaml', text, root: '/' });
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (scenario === undefined || errors.length > 0) throw new Error(`${text}\n${JSON.stringify(errors, undefined, 1)}`);
  return { step: bindStep(scenario, 0, {}).step, invariants: bindInvariants(scenario, {}).invariants };
}

/** `pass`, `fail`, `inconclusive` or `vacuous`: the outcome of the only verdict. */
export function outcome(options: Play): string {
  const { verdicts } = play(options);
  if (verdicts.length !== 1) throw new Error(`expected one verdict, found ${JSON.stringify(verdicts)}`);
  return nameOf(verdicts[0]);
}

export function nameOf(verdict: Verdict | undefined): string {
  return verdict === undefined ? 'none' : verdict.vacuous ? 'vacuous' : verdict.outcome;
}
