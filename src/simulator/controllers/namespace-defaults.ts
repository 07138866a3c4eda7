// What every namespace has: the ServiceAccount `default` and the ConfigMap `kube-root-ca.crt`, made again when they are
// deleted (API-NS-02). Upstream: pkg/controller/serviceaccount, pkg/controller/certificates/rootcacertpublisher.

import { composeKindKey, type KindKey } from '../../kubernetes/kind.ts';
import type { Manifest } from '../../kubernetes/object.ts';
import type { Result } from '../api/server.ts';
import type { Change } from '../store/store.ts';
import type { Controller, Informer, Pass, Plant } from './controller.ts';

const namespaceKind = composeKindKey('', 'Namespace');

/** Nothing in the simulation checks certificates; this stands where clients look for one. */
const certificate = '-----BEGIN CERTIFICATE-----\nc2V0cGllY2Ugc2ltdWxhdG9y\n-----END CERTIFICATE-----\n';

const certificateNote =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal' +
  ' service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Creates the controller that gives each namespace its service account. */
export function createServiceAccountsController(plant: Plant): Controller {
  return createDefaultsController(plant, {
    controller: 'serviceaccounts-controller',
    kind: composeKindKey('', 'ServiceAccount'),
    name: 'default',
    manifest: (namespace) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } }),
  });
}

/** Creates the controller that gives each namespace the cluster's root certificate. */
export function createRootCertificatePublisher(plant: Plant): Controller {
  const name = 'kube-root-ca.crt';
  return createDefaultsController(plant, {
    controller: 'root-ca-certificate-publisher-controller',
    kind: composeKindKey('', 'ConfigMap'),
    name,
    manifest: (namespace) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, annotations: { 'kubernetes.io/description': certificateNote } },
      data: { 'ca.crt': certificate },
    }),
  });
}

/** One object that every namespace has. */
interface Default {
  readonly controller: string;
  readonly kind: KindKey;
  readonly name: string;
  readonly manifest: (namespace: string) => Manifest;
}

function createDefaultsController({ api }: Plant, wanted: Default): Controller {
  let cache: Informer;
  return {
    name: wanted.controller,
    workers: 1,
    start(informer, queue) {
      cache = informer;
      const wake = ({ key }: Change) => queue.enqueue(key);
      informer.on(namespaceKind, wake);
      informer.on(wanted.kind, ({ type, object: { metadata } }) => {
        if (type === 'DELETED' && metadata.name === wanted.name) queue.enqueue(metadata.namespace ?? '');
      });
    },
    *reconcile(namespace): Pass {
      const found = cache.get(namespaceKind, namespace);
      if (found === undefined || found.metadata.deletionTimestamp !== undefined) return { kind: 'done' };
      if (cache.get(wanted.kind, `${namespace}/${wanted.name}`) !== undefined) return { kind: 'done' };
      const created: Result = yield () =>
        api.create(wanted.manifest(namespace), { manager: 'kube-controller-manager' });
      if (created.ok) return { kind: 'done' };
      const { code, reason, message, details } = created.status;
      // It exists, or the namespace began to terminate meanwhile: nothing to be done either way.
      const ending = details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating') === true;
      if (reason === 'AlreadyExists' || code === 404 || ending) return { kind: 'done' };
      return { kind: 'error', message: message ?? `refused with ${code}` };
    },
  };
}
