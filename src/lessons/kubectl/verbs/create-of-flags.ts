// `kubectl create namespace` and `kubectl create deployment`: objects made of words and flags.

import assert from 'node:assert/strict';
import { shownKindOf } from '../../../kubernetes/kubectl/cluster-view.ts';
import { BeyondUs, KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { addressOf } from '../targets.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { Json, Manifest } from '../../../kubernetes/object.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';

/** Creates an object that no file declares. */
export function createOfFlags(call: KubectlCall): KubectlAnswer {
  const [word = '', name = ''] = call.words;
  if (word === '') throw new KubectlRefusal('must specify one of -f and -k');
  const manifest = manifestOf(word, name, call);
  const printed = new Printed({ nameOnly: nameOnlyOf(call.flags) });
  createOne(manifest, call, printed);
  return finish(printed);
}

function manifestOf(word: string, name: string, call: KubectlCall): Manifest {
  const { flags } = call;
  const fullWord = word === 'ns' ? 'namespace' : word === 'deploy' ? 'deployment' : word;
  if (name === '' || call.words.length > 2)
    throw new KubectlRefusal(
      `exactly one NAME is required, got ${call.words.length - 1}
See 'kubectl create ${fullWord} -h' for help and examples`,
    );
  if (word === 'namespace' || word === 'ns') {
    flags.allow('output');
    return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  }
  if (word !== 'deployment' && word !== 'deploy') {
    throw new BeyondUs(`\`kubectl create ${word}\` needs the real kubectl`);
  }
  flags.allow('output', 'image', 'replicas', 'port');
  flags.require('image');
  const images = flags.all('image').flatMap((list) => list.split(','));
  const port = flags.whole('port');
  const rest = {
    ...(port === undefined ? {} : { ports: [{ containerPort: port }] }),
    ...(call.inner.length === 0 ? {} : { command: call.inner }),
  };
  const containers = images.map((image): Json => Object.assign({ name: containerNameOf(image), image }, rest));
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas: flags.whole('replicas') ?? 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  };
}

/** `registry/library/nginx:1.25` is called `nginx`. */
function containerNameOf(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1);
  return last.replace(/[:@].*$/su, '').replaceAll(/[^\w.-]/gu, '');
}

/** Creates an object of a built-in kind and says so; answers whether it was done. */
export function createOne(
  manifest: Manifest,
  { session, namespace, verb }: Pick<KubectlCall, 'session' | 'namespace' | 'verb'>,
  printed: Printed,
  what = 'created',
): boolean {
  const kind = shownKindOf(manifest.kind, session.view(namespace));
  assert(kind !== undefined, `${manifest.kind} is a kind`);
  const name = manifest.metadata?.name ?? '';
  const query = { fieldManager: `kubectl-${verb.split(' ')[0] ?? ''}` };
  const answer = session.send(addressOf(kind, name, namespace), { verb: 'create', body: manifest, query });
  if (!answer.ok) {
    // What `create deployment` says is no refusal of the server any more when it is printed.
    if (verb === 'create' && kind.kind === 'Deployment') {
      printed.fault({ text: `failed to create deployment: ${answer.status.message ?? ''}` });
    } else printed.refused(answer.status);
    return false;
  }
  printed.warn(answer.warnings);
  printed.done(kind, name, what);
  return true;
}
