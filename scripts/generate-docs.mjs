// Fills the generated parts of docs/*.md, which stand between `<!-- generated: NAME -->` and `<!-- /generated -->`: tables of
// the language from its definition, the latencies of the simulator's profile, and the lines of a real trace. Run it after
// `npm run build`; with `--check` it only compares, and exits with 1 where something is stale.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { transformSync } from 'rolldown/utils';
import { parse } from 'yaml';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const docs = join(root, 'docs');
const { manualTopics } = await import('../src/scenario/generated/manual.js');
const parts = new Map([
  ...manualTopics.map(({ topic, rows }) => [topic, () => topicTable(rows)]),
  ['actors', actorList],
  ['profile', profileTable],
  ['trace', traceLines],
  ['guarantees', guaranteeTables],
]);

const stale = [];
for (const name of readdirSync(docs).filter((entry) => entry.endsWith('.md'))) {
  const path = join(docs, name);
  const before = readFileSync(path, 'utf8');
  const after = await filled(before, name);
  if (after === before) continue;
  stale.push(`docs/${name}`);
  if (!process.argv.includes('--check')) writeFileSync(path, after);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}; run \`node scripts/generate-docs.mjs\` after \`npm run build\``);
  process.exitCode = 1;
}

async function filled(text, file) {
  const pattern = /(<!-- generated: (\S+) -->\n)[^]*?(<!-- \/generated -->)/g;
  let result = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, open, name, close] = match;
    const part = parts.get(name);
    if (part === undefined)
      throw new Error(`docs/${file} wants the part "${name}"; there are: ${[...parts.keys()].join(', ')}`);
    result += `${text.slice(end, match.index)}${open}\n${await part(text)}\n\n${close}`;
    end = match.index + whole.length;
  }
  return result + text.slice(end);
}

/** The columns that have something in them. */
function topicTable(rows) {
  const columns = [
    ['word', ({ name }) => code(name)],
    ['written / of', ({ shape }) => (shape === '' ? '' : code(shape))],
    ['meaning', ({ meaning }) => text(meaning)],
    ['example', ({ example }) => (example === '' ? '' : code(example.replaceAll(/\s*\n\s*/g, ' ')))],
  ].filter(([, cell]) => rows.some((row) => cell(row) !== ''));
  return table(
    columns.map(([title]) => title),
    rows.map((row) => columns.map(([, cell]) => cell(row))),
  );
}

/** What the files of the actors say of themselves, in the order of their imports. */
function actorList() {
  const folder = join(root, 'src/simulator');
  const source = readFileSync(join(folder, 'actors.ts'), 'utf8');
  const files = [...source.matchAll(/^import \{[^}]*\b(?:create|start)[A-Z][^}]*\} from '(.+)';$/gm)].map(
    ([, file]) => file,
  );
  return files
    .filter((file) => !file.endsWith('/runner.ts'))
    .map((file) => `- ${text(firstSentence(readFileSync(join(folder, file), 'utf8')))}`)
    .join('\n');
}

/** The first sentence of the comment with which a file begins. */
function firstSentence(source) {
  const comment = /^(?:\/\/.*\n)+/.exec(source)?.[0] ?? '';
  const words = comment
    .replaceAll(/^\/\/ ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /^.*?\.(?= [A-Z]|$)/.exec(words)?.[0] ?? words;
}

/** The profile's source says what each latency is; the module says how long it is. */
async function profileTable() {
  const source = readFileSync(join(root, 'src/simulator/profile.ts'), 'utf8');
  const { code: script, errors } = transformSync('profile.ts', source);
  if (errors.length > 0) throw new Error(`src/simulator/profile.ts: ${errors[0].message}`);
  const { defaultProfile } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
  const body = /interface Latencies \{([^]*?)\n\}/.exec(source)[1];
  const meanings = new Map(
    [...body.matchAll(/\/\*\*\s*([^]*?)\s*\*\/\s*readonly (\w+):/g)].map(([, meaning, name]) => [name, meaning]),
  );
  const rows = Object.entries(defaultProfile.latencies).map(([name, { low, high }]) => [
    code(name),
    milliseconds(low),
    milliseconds(high),
    text((meanings.get(name) ?? '').replaceAll(/\s*\n\s*\*?\s*/g, ' ')),
  ]);
  return `Profile \`${defaultProfile.name}\`, milliseconds:\n\n${table(['latency', 'from', 'to', 'of what'], rows)}`;
}

/** The catalogue, a table an area, with the scenarios that name each guarantee. */
function guaranteeTables() {
  const folder = join(root, 'scenarios');
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.scenario.yaml'));
  const named = new Map();
  for (const file of files.sort()) {
    const { scenario, guarantees = [], steps = [] } = parse(readFileSync(join(folder, file), 'utf8'));
    for (const id of new Set([guarantees, ...steps.map((step) => step.guarantees ?? [])].flat())) {
      named.set(id, [...(named.get(id) ?? []), `[${scenario}](../scenarios/${file})`]);
    }
  }
  const areas = Object.entries(parse(readFileSync(join(folder, 'guarantees.yaml'), 'utf8')));
  return areas
    .map(([area, guarantees]) => {
      const rows = Object.entries(guarantees).map(([id, { sentence, documented, since }]) => [
        code(id),
        `${text(sentence)} [documented](${documented})`,
        since,
        (named.get(id) ?? []).join(', '),
      ]);
      return `## ${area}\n\n${table(['guarantee', 'promises', 'since', 'checked by'], rows)}`;
    })
    .join('\n\n');
}

function milliseconds(micros) {
  return (micros / 1000).toLocaleString('en', { useGrouping: true });
}

/** Runs the scenario of the document, and shows of each kind of record the first. */
function traceLines(document) {
  const scenario = /```yaml\n(scenario: [^]*?)```/.exec(document)?.[1];
  if (scenario === undefined) throw new Error('a document with a trace has a scenario of its own');
  const folder = mkdtempSync(join(tmpdir(), 'setpiece-docs-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, 'example.scenario.yaml'), scenario);
    execFileSync(process.execPath, [join(root, 'bin/setpiece.js'), 'run', '.', '--trace-dir', '.'], { cwd: folder });
    const trace = readdirSync(folder).find((name) => name.endsWith('.jsonl'));
    const lines = readFileSync(join(folder, trace), 'utf8').trimEnd().split('\n');
    const [header, ...records] = lines.map((line) => JSON.parse(line));
    return `\`\`\`jsonl\n${[header, ...chosen(records)].map((record) => JSON.stringify(shortened(record))).join('\n')}\n\`\`\``;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The first record of each shape, in the order of the trace. Objects that were there before the first step are left out. */
function chosen(records) {
  const seen = new Set();
  return records.filter((record) => {
    if (record.step < 0 || (record.object !== undefined && record.object.kind !== 'Pod')) return false;
    const shape = shapeOf(record);
    if (seen.has(shape)) return false;
    seen.add(shape);
    return true;
  });
}

function shapeOf({ type, request, response, fault, window, values }) {
  if (type !== undefined) return type;
  if (request !== undefined) return response.code < 400 ? request.verb : 'refused';
  if (window !== undefined) return `window ${window}`;
  return fault === undefined ? `values ${Object.keys(values ?? {}).join(' ')}` : 'fault';
}

/** Objects are long: what is left out is shown as `…`. */
function shortened(record) {
  if (record.object !== undefined) {
    const { apiVersion, kind, metadata, status } = record.object;
    const { name, resourceVersion } = metadata;
    const phase = status?.phase === undefined ? {} : { phase: status.phase };
    return {
      ...record,
      object: { apiVersion, kind, metadata: { name, resourceVersion, '…': '…' }, status: { ...phase, '…': '…' } },
    };
  }
  const body = record.request?.body;
  if (body?.kind === undefined) return record;
  const { apiVersion, kind } = body;
  return { ...record, request: { ...record.request, body: { apiVersion, kind, '…': '…' } } };
}

function table(titles, rows) {
  return [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function code(value) {
  return `\`${value.replaceAll('|', '\\|')}\``;
}

function text(value) {
  return value.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
