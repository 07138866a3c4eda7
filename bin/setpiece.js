#!/usr/bin/env node
// The command. `npm run build` makes dist/: the modules, and a bundle of them with a code cache, which starts several times
// faster. The bundle is used when it is not older than the modules, and without SETPIECE_DEBUG, which wants readable stacks.
// CommonJS (bin/package.json): Node's loader of ES modules costs as much as the whole bundle with its cache.

const { existsSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { Script } = require('node:vm');

const dist = join(dirname(__dirname), 'dist');
const modules = join(dist, 'src/cli/main.js');
const bundle = join(dist, 'bundle/main.cjs');
const sources = join(dirname(__dirname), 'src');

void start();

async function start() {
  if (!existsSync(modules)) {
    console.error(
      'setpiece is not built: dist/ is missing\n  hint: run `npm run build` (or `npm ci`) in the package first',
    );
    process.exitCode = 3;
    return;
  }
  const { main, keepCache } = isFresh() ? loadBundle() : await loadModules();
  await main(process.argv.slice(2));
  keepCache();
  // Everything is said and done. Taking the heap down in good order would cost a run as much as a scenario.
  if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
}

function isFresh() {
  if (process.env.SETPIECE_DEBUG !== undefined || !existsSync(bundle)) return false;
  // An installed package has no sources that are newer than its bundle, and package managers write files in any order, each
  // with the time at which it came.
  if (!existsSync(sources)) return true;
  return statSync(bundle).mtimeMs >= statSync(modules).mtimeMs;
}

async function loadModules() {
  const { main } = await import(pathToFileURL(modules).href);
  return { main, keepCache: () => {} };
}

function loadBundle() {
  const cache = `${bundle}.cache`;
  // V8 refuses a cache of another version of Node, or of other flags, and compiles as if there were none. Nothing is written
  // but by the build: an installed package may be read-only.
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  // The wrapper that Node gives to CommonJS modules. The text is plain ASCII (scripts/bundle.mjs).
  const wrapped = `(function (exports, require, module, __filename, __dirname, importPackage) {${readFileSync(bundle, 'latin1')}\n})`;
  const isCacheWanted = process.env.SETPIECE_WRITE_CODE_CACHE !== undefined;
  // The cache is published and holds the name: not that of whoever built it.
  const script = new Script(wrapped, { filename: isCacheWanted ? 'main.cjs' : bundle, cachedData });
  const module = { exports: {} };
  // A script that comes from a cache cannot import: V8 forgets who its host was. Packages that only some commands need are
  // imported from here.
  const importPackage = (name) => import(name);
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle), importPackage);
  const keepCache = () => {
    if (isCacheWanted) writeFileSync(cache, script.createCachedData());
  };
  return { main: module.exports.main, keepCache };
}
