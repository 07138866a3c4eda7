// Reads the types of Kubernetes' Go modules: their fields with the tags of JSON and protobuf, and what their comments say.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of the modules by the short name of their package. */
export const packages = {
  meta: 'apimachinery/pkg/apis/meta/v1',
  core: 'api/core/v1',
  apps: 'api/apps/v1',
  authentication: 'api/authentication/v1',
  authorization: 'api/authorization/v1',
  autoscaling: 'api/autoscaling/v1',
  autoscaling2: 'api/autoscaling/v2',
  batch: 'api/batch/v1',
  coordination: 'api/coordination/v1',
  discovery: 'api/discovery/v1',
  events: 'api/events/v1',
  networking: 'api/networking/v1',
  node: 'api/node/v1',
  policy: 'api/policy/v1',
  rbac: 'api/rbac/v1',
  scheduling: 'api/scheduling/v1',
  storage: 'api/storage/v1',
  apiextensions: 'apiextensions-apiserver/pkg/apis/apiextensions/v1',
};

/** What the files call the packages that they import. */
const aliases = { metav1: 'meta', v1: 'core', corev1: 'core', api: 'core', apiv1: 'core', rbacv1: 'rbac' };

const builtin = new Set(['string', 'bool', 'int', 'int32', 'int64', 'uint8', 'float64', 'byte']);

/**
 * Types by `package.Type`, out of a folder that holds `api@v0.36.3` and the other modules as `go mod download` leaves them. A struct
 * has `fields` ({number, json, is, doc, required}) and `doc`; any other type has `is`, and `values` ({value, doc}) when it is an enum.
 */
export function readGoTypes(folder, version) {
  const types = new Map();
  for (const [name, path] of Object.entries(packages)) {
    const [module, ...rest] = path.split('/');
    const at = join(folder, `${module}@v${version}`, ...rest);
    for (const file of readdirSync(at)) {
      if (!file.endsWith('.go') || /_test\.go$|^(zz_|generated)/.test(file)) continue;
      readFile(readFileSync(join(at, file), 'utf8'), name, types);
    }
  }
  return types;
}

const comment = '((?:^[ \\t]*//.*\\n)*)';

function readFile(text, name, types) {
  for (const [, doc, type, body] of text.matchAll(
    new RegExp(`${comment}^type (\\w+) struct ?\\{(|\\n[\\s\\S]*?\\n)\\}$`, 'gm'),
  )) {
    const fields = readFields(body, name);
    const object = /^\t(?:metav1\.)?TypeMeta /m.test(body) && !type.endsWith('List') && !type.endsWith('Options');
    types.set(`${name}.${type}`, { fields, doc: described(doc), root: object && fields.length > 0 });
  }
  for (const [, doc, type, is] of text.matchAll(
    new RegExp(`${comment}^type (\\w+) ((?:\\[\\]|map\\[\\w+\\])?[\\w.]+)$`, 'gm'),
  )) {
    if (is === 'struct' || is === 'interface') continue;
    const values = /^\s*\/\/ ?\+enum\b/m.test(doc) ? readValues(text, type) : [];
    types.set(`${name}.${type}`, { is: qualified(is, name), values });
  }
}

function readValues(text, type) {
  const pattern = new RegExp(`${comment}^[ \\t]+\\w+[ \\t]+${type}[ \\t]*=[ \\t]*"([^"]*)"`, 'gm');
  return [...text.matchAll(pattern)].map(([, doc, value]) => ({ value, doc: described(doc) }));
}

function readFields(body, name) {
  const fields = [];
  const pattern = new RegExp(`${comment}^\\t(?:\\w+[ \\t]+)?([[\\]*\\w.]+)[ \\t]+\`([^\`]*)\``, 'gm');
  for (const [, doc, is, tag] of body.matchAll(pattern)) {
    const number = /protobuf:"[a-z0-9]+,(\d+),/.exec(tag)?.[1];
    const [json = '', ...options] = (/json:"([^"]*)"/.exec(tag)?.[1] ?? '').split(',');
    if (number === undefined || json === '-') continue;
    const optional = /^\s*\/\/ ?\+(k8s:)?optional\b/m.test(doc) || options.includes('omitempty');
    const required = /^\s*\/\/ ?\+(k8s:)?required\b/m.test(doc) || !optional;
    const inline = options.includes('inline');
    fields.push({ number, json: inline ? '' : json, is: qualified(is, name), doc: described(doc), required });
  }
  return fields;
}

/** A comment as a description, with what upstream's generator of OpenAPI makes of lines. */
function described(doc) {
  let text = '';
  for (const raw of doc.split('\n')) {
    const line = raw.replace(/^\s*\/\/ ?/, '').trimEnd();
    if (line === '---') break;
    if (/^\s*\+/.test(line) || /^\s*TODO\b/.test(line)) continue;
    if (line === '') text = text.endsWith('\n\n') || text === '' ? text : `${text.trimEnd()}\n\n`;
    else if (/^[ \t]/.test(line)) text = `${text.endsWith('\n') ? text : `${text.trimEnd()}\n`}${line}\n`;
    else text += `${line} `;
  }
  return text.trim();
}

/** A Go type with the short names of packages. */
function qualified(type, name) {
  const [, prefix, bare] = /^((?:\*|\[\]|map\[[\w.]+\])*)(.*)$/.exec(type);
  if (builtin.has(bare)) return `${prefix}${bare}`;
  const [first, second] = bare.split('.');
  if (second === undefined) return `${prefix}${name}.${first}`;
  const known = first === 'v1' && name === 'core' ? 'meta' : (aliases[first] ?? first);
  return `${prefix}${known}.${second}`;
}
