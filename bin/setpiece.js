#!/usr/bin/env node
// The command. `npm run build` makes dist/: the modules, and a bundle of them with a code cache, which starts several times
// faster. The bundle is used when it is not older than the modules, and without SETPIECE_DEBUG, which wants readable stacks.

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const modules = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const bundle = fileURLToPath(new URL('../dist/bundle/main.cjs', import.meta.url));

if (existsSync(modules)) {
  const { main, keepCache } = isFresh() ? loadBundle() : { ...(await import(modules)), keepCache: () => {} };
  await main(process.argv.slice(2));
  keepCache();
} else {
  console.error(
    'setpiece is not built: dist/ is missing\n  hint: run `npm run build` (or `npm ci`) in the package first',
  );
  process.exitCode = 3;
}

function isFresh() {
  if (process.env.SETPIECE_DEBUG !== undefined || !existsSync(bundle)) return false;
  return statSync(bundle).mtimeMs >= statSync(modules).mtimeMs;
}

function loadBundle() {
  const cache = `${bundle}.cache`;
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  // The wrapper that Node gives to CommonJS modules. A cache of another Node version is refused, and costs nothing then.
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'utf8')}\n})`;
  const script = new Script(wrapped, { filename: bundle, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(
    module.exports,
    createRequire(bundle),
    module,
    bundle,
    fileURLToPath(new URL('.', import.meta.url)),
  );
  const keepCache = () => {
    if (process.env.SETPIECE_WRITE_CODE_CACHE !== undefined) writeFileSync(cache, script.createCachedData());
  };
  return { main: module.exports.main, keepCache };
}
