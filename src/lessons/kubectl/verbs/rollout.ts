// `kubectl rollout undo`, `restart`, `pause` and `resume`.

import { restRequest } from '../../../backends/rest-request.ts';
import { undoDeployment } from '../../../runner/actions/undo-deployment.ts';
import { undoSet } from '../../../runner/actions/undo-set.ts';
import { Printed } from '../printed.ts';
import { findTargets } from '../targets.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { Json, JsonObject } from '../../../kubernetes/object.ts';
import type { Status } from '../../../kubernetes/status.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';
import type { FoundObject } from '../targets.ts';

const withHistory: ReadonlySet<string> = new Set(['statefulset.apps', 'deployment.apps', 'daemonset.apps']);

/** Goes back to an older template. */
export async function rolloutUndo(call: KubectlCall): Promise<KubectlAnswer> {
  const { flags } = call;
  flags.allow('to-revision', 'output', 'selector');
  const revision = flags.whole('to-revision') ?? 0;
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  for (const one of findTargets(call, printed).found) await undoOne(one, revision, call, printed);
  return finish(printed);
}

async function undoOne(
  { kind, object, address }: FoundObject,
  revision: number,
  call: KubectlCall,
  printed: Printed,
): Promise<void> {
  const { name } = object.metadata;
  if (!withHistory.has(kind.key)) {
    return printed.fault({ text: `no rollbacker has been implemented for "${kind.kind}"` });
  }
  const { api } = call.session.simulator;
  const place = { namespace: call.namespace, kindOf: (key: FoundObject['kind']['key']) => api.kind(key) };
  const undo = kind.key === 'deployment.apps' ? undoDeployment : undoSet;
  const answer = await undo(address, revision === 0 ? undefined : revision, {
    send: (request) => {
      if (request.verb === 'exec' || request.verb === 'resolve')
        throw new TypeError(`no rollback needs ${request.verb}`);
      return Promise.resolve(api.handle(restRequest(request, place)));
    },
  });
  const { message, ...value } = (answer.value ?? {}) as JsonObject & { readonly message?: string };
  if (!answer.refused) {
    return printed.done(kind, name, message === undefined ? 'rolled back' : `skipped rollback (${message})`);
  }
  if (answer.code === 0) return printed.fault({ text: message ?? '' });
  printed.refused({ ...(value as unknown as Status), ...(message === undefined ? {} : { message }) });
}

/** Starts a rollout of the same template (STS-CTL-12, DEP-RESTART-01). */
export function rolloutRestart(call: KubectlCall): KubectlAnswer {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': call.session.timestamp };
  const template = { spec: { template: { metadata: { annotations } } } };
  return eachOf(call, ({ kind, object }) => {
    if (!withHistory.has(kind.key))
      return { refused: `${kind.plural} "${object.metadata.name}" restarting is not supported` };
    if (isPaused(object))
      return {
        refused: `${pluralOf(kind)} "${object.metadata.name}" can't restart paused deployment (run rollout resume first)`,
      };
    return { body: template, done: 'restarted' };
  });
}

/** Stops a Deployment from rolling out, or lets it go on. */
export function rolloutPause(call: KubectlCall): KubectlAnswer {
  const wanted = call.verb === 'rollout pause';
  return eachOf(call, ({ kind, object }) => {
    const about = `${pluralOf(kind)} "${object.metadata.name}"`;
    if (kind.key !== 'deployment.apps')
      return { refused: `${about} ${wanted ? 'pausing' : 'resuming'} is not supported` };
    if (isPaused(object) === wanted) return { refused: `${about} is ${wanted ? 'already' : 'not'} paused` };
    return { body: { spec: { paused: wanted ? true : null } }, done: wanted ? 'paused' : 'resumed' };
  });
}

type Change = { readonly refused: string } | { readonly body: Json; readonly done: string };

function eachOf(call: KubectlCall, changeOf: (one: FoundObject) => Change): KubectlAnswer {
  const { flags, session } = call;
  flags.allow('output', 'selector');
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  for (const one of findTargets(call, printed).found) {
    const change = changeOf(one);
    if ('refused' in change) {
      printed.fault({ text: change.refused });
      continue;
    }
    const request = {
      verb: 'patch',
      patchType: 'strategic',
      body: change.body,
      query: { fieldManager: 'kubectl-rollout' },
    } as const;
    const answer = session.send(one.address, request);
    if (answer.ok) printed.done(one.kind, one.object.metadata.name, change.done);
    else printed.refused(answer.status, 'failed to patch');
  }
  return finish(printed);
}

function isPaused({ spec }: FoundObject['object']): boolean {
  return ((spec ?? {}) as { readonly paused?: boolean }).paused === true;
}

function pluralOf({ plural, group }: FoundObject['kind']): string {
  return group === '' ? plural : `${plural}.${group}`;
}
