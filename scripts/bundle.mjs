// Makes one file of everything that the command line loads, and a code cache for it: 400 small modules cost more to load
// than a scenario costs to run (bench/cold-start.mjs). Run by `npm run build` after tsc. bin/setpiece.js does without either.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rolldown } from 'rolldown';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'dist/bundle');
const bin = join(root, 'bin/setpiece.js');

rmSync(folder, { recursive: true, force: true });
// What only some commands need stays a package, loaded when it is used.
const external = [
  /^@kubernetes\//,
  'testcontainers',
  'selfsigned',
  'chokidar',
  'diff',
  /^micromark/,
  /^mdast/,
  'vitest',
];
const bundle = await rolldown({
  input: join(root, 'dist/src/cli/main.js'),
  platform: 'node',
  logLevel: 'silent',
  external,
});
// CommonJS, since only scripts can have a code cache on Node 20; one file, since a cache is for one.
await bundle.write({
  file: join(folder, 'main.cjs'),
  format: 'cjs',
  codeSplitting: false,
  minify: true,
  plugins: [{ name: 'start-fast', generateBundle: (_, files) => Object.values(files).forEach(startFast) }],
});
await bundle.close();
// Worker threads are files of their own. No package.json here: the nearest one tells where the files of the package are.
writeFileSync(join(folder, 'worker.js'), "import '../src/runner/worker.js';\n");

// The cache holds the functions that a scenario calls which uses much of the language.
const scenario = join(root, 'scenarios/lessons/mongodb/scale-out-and-in.scenario.yaml');
const work = mkdtempSync(join(tmpdir(), 'setpiece-build-'));
try {
  call(['run', scenario, '--reporter', 'list', '--trace-dir', work], { SETPIECE_WRITE_CODE_CACHE: '1' });
} finally {
  rmSync(work, { recursive: true });
}

function startFast(chunk) {
  // Modules of Node that only `serve` and workers use take as long to load as the whole bundle; a bundle loads them all at
  // its top. They are loaded when something of them is used.
  const lazily = 'const lazily=(id)=>new Proxy({},{get:(_,name)=>require(id)[name]});';
  const code = chunk.code
    .replaceAll(/\brequire\("(node:(?:child_process|crypto|https?|worker_threads))"\)/g, 'lazily("$1")')
    // bin/setpiece.js imports for a script that comes from a cache.
    .replaceAll(/\bimport\((?=["'`])/g, 'importPackage(');
  // ASCII alone is kept in one byte a character, and read without decoding.
  const escape = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  chunk.code = lazily + code.replaceAll(/[\u0080-\uffff]/g, escape);
}

function call(words, env = {}) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [bin, ...words], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`setpiece ${words.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}
