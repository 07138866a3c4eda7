// What is served beside objects: discovery, version, health, OpenAPI. All of it is read-only.

import { wantsAggregatedDiscovery } from './negotiate.ts';
import type { Answer } from './respond.ts';
import type { Catalogue } from './catalogue.ts';

/** A request for a document. */
export interface DocumentRequest {
  readonly path: string;
  readonly accept: string | undefined;
  /** `host:port` of the server. */
  readonly address: string;
  readonly catalogue: Catalogue;
}

const version = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2',
  gitCommit: 'setpiece',
  gitTreeState: '',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: '',
  compiler: 'setpiece',
  platform: 'simulator/amd64',
};

/** Text that upstream sends when nothing is served at a path (API-ERR-03). */
export const pageNotFound: Answer = { code: 404, body: '404 page not found\n' };

const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** The document of a path. */
export async function documentAt({ path, accept, address, catalogue }: DocumentRequest): Promise<Answer> {
  const [root = '', first] = path.split('/').slice(1);
  switch (root) {
    case 'healthz':
    case 'livez':
    case 'readyz':
      return { code: 200, body: 'ok' };
    case 'version':
      return first === undefined ? { code: 200, body: version } : pageNotFound;
    case 'openapi':
      if (first === 'v2') return oldOpenapi(accept);
      return first === 'v3' ? openapi(path.split('/').slice(3).join('/'), catalogue) : pageNotFound;
    case 'api':
    case 'apis':
      return discovery({ root, parts: path.split('/').slice(2), accept, address, catalogue });
    default:
      return pageNotFound;
  }
}

interface DiscoveryRequest extends Omit<DocumentRequest, 'path'> {
  readonly root: 'api' | 'apis';
  readonly parts: readonly string[];
}

async function discovery({ root, parts, accept, address, catalogue }: DiscoveryRequest): Promise<Answer> {
  const { aggregated, groupDocument, legacyCore, legacyGroups, resourceList } = await import('./discovery.ts');
  const served = catalogue.all();
  if (parts.length === 0 && wantsAggregatedDiscovery(accept)) {
    return { code: 200, body: aggregated(root, served), headers: { 'Content-Type': aggregatedType, Vary: 'Accept' } };
  }
  if (parts.length === 0) return { code: 200, body: root === 'api' ? legacyCore(address) : legacyGroups(served) };
  if (root === 'apis' && parts.length === 1) return found(groupDocument(parts[0]!, served));
  if (parts.length > (root === 'api' ? 1 : 2)) return pageNotFound;
  const [group, wanted] = root === 'api' ? ['', parts[0]!] : [parts[0]!, parts[1]!];
  return found(resourceList({ group, version: wanted }, served));
}

async function openapi(path: string, catalogue: Catalogue): Promise<Answer> {
  const { openapiDocument, openapiIndex } = await import('./openapi.ts');
  const served = catalogue.all();
  // Upstream calls this one text, though it is JSON.
  if (path === '') return { code: 200, body: JSON.stringify(openapiIndex(served)) };
  const { readDescriptions } = await import('./descriptions.ts');
  return found(openapiDocument(path, served, await readDescriptions()));
}

/**
 * The old document, without a schema: clients ask for it when the new one does not know a kind, and then find that this one
 * does not, either. In protobuf: `swagger` (1) and `info` (2) with `title` (1) and `version` (2).
 */
function oldOpenapi(accept = ''): Answer {
  const info = { title: 'Kubernetes', version: version.gitVersion };
  if (!accept.includes('com.github.proto-openapi.spec.v2'))
    return { code: 200, body: { swagger: '2.0', info, paths: {} } };
  const bytes = Buffer.from([
    ...textField(1, '2.0'),
    ...messageField(2, [...textField(1, info.title), ...textField(2, info.version)]),
    ...messageField(8, []),
  ]);
  const headers = { 'Content-Type': 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf' };
  return { code: 200, body: bytes, headers };
}

function textField(field: number, text: string): readonly number[] {
  return messageField(field, [...Buffer.from(text)]);
}

/** Fields below 16 and lengths below 128 take one byte each. */
function messageField(field: number, content: readonly number[]): readonly number[] {
  return [(field << 3) | 2, content.length, ...content];
}

function found(body: unknown): Answer {
  return body === undefined ? pageNotFound : { code: 200, body };
}
