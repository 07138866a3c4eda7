// Makes schema/kubernetes-descriptions.json, what `kubectl explain` shows of fields besides their types, from the comments of
// Kubernetes' Go modules (Apache License 2.0, © The Kubernetes Authors): `node scripts/generate-descriptions.mjs FOLDER VERSION`, where
// FOLDER holds `api@v0.36.3`, `apimachinery@…` and `apiextensions-apiserver@…`, as `go mod download` leaves them.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { readGoTypes } from './go-types.mjs';

const target = new URL('../schema/kubernetes-descriptions.json', import.meta.url);
const fieldTable = readFileSync(new URL('../src/kubernetes/fields.gen.ts', import.meta.url), 'utf8');
const known = new Set(fieldTable.split('\n').map((line) => line.split(' ', 1)[0]));

const [, , folder, version] = process.argv;
if (folder === undefined || version === undefined) throw new Error('wanted: FOLDER VERSION');

const types = readGoTypes(folder, version);
const described = {};
for (const [name, { fields, doc }] of types) {
  const model = fields === undefined ? undefined : modelOf(name);
  if (model === undefined) continue;
  described[model] = { description: doc, fields: {} };
  const required = [];
  for (const field of fields.flatMap(inlined)) {
    const values = (types.get(field.is.replace(/^[*[\]]*/, ''))?.values ?? []).toSorted((a, b) =>
      a.value < b.value ? -1 : 1,
    );
    const text = values.length === 0 ? field.doc : `${field.doc}\n\n${enumText(values)}`.trim();
    described[model].fields[field.json] =
      values.length === 0 ? text : { text, values: values.map(({ value }) => value) };
    if (field.required) required.push(field.json);
  }
  if (required.length > 0) described[model].required = required;
}
const lines = Object.entries(described).map(([name, type]) => `  ${JSON.stringify(name)}: ${JSON.stringify(type)}`);
const source = {
  text: 'The comments of the Kubernetes API types, © The Kubernetes Authors, Apache License 2.0',
  version: `v1${version.slice(1)}`,
};
writeFileSync(
  fileURLToPath(target),
  `{\n"source": ${JSON.stringify(source)},\n"types": {\n${lines.join(',\n')}\n}\n}\n`,
);

/** The name of a type in the table of fields, whose names are those of @kubernetes/client-node. */
function modelOf(name) {
  const [packageName, type] = name.split('.');
  const number = packageName.endsWith('2') ? 2 : 1;
  const prefix = `${packageName[0].toUpperCase()}${packageName.slice(1).replace('2', '')}`;
  return [`${prefix}V${number}${type}`, `V${number}${type}`].find(
    (each) => known.has(each) && described[each] === undefined,
  );
}

function inlined(field) {
  if (field.json !== '') return [field];
  return types.get(field.is.replace('*', '')).fields.flatMap(inlined);
}

function enumText(values) {
  const lines = values.map(
    ({ value, doc }) => ` - \`${JSON.stringify(value)}\`${doc === '' ? '' : ` ${meaning(doc)}`}`,
  );
  return `Possible enum values:\n${lines.join('\n')}`;
}

/** The name of the constant, with which its comment begins, says nothing to who writes YAML. */
function meaning(doc) {
  const text = doc.replaceAll('\n', ' ');
  return /^[A-Z]\w*[a-z][A-Z]\w* /.test(text) ? text.slice(text.indexOf(' ') + 1) : text;
}
