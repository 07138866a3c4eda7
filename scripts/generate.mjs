// Makes everything that comes from the definition of the language (src/scenario/definition): the published JSON Schema,
// the standalone validators, and the manual's tables. Run by `npm run build` before tsc; `--check` only compares the schema.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

import { pruneDist } from './prune-dist.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { publishedExerciseSchema, publishedSchema, validatorSchema, validatedNames, manualTopics } =
  await compileDefinition();

const schemas = {
  'schema/scenario.schema.json': publishedSchema(),
  'schema/exercise.schema.json': publishedExerciseSchema(),
};
if (process.argv.includes('--check')) {
  for (const [path, schema] of Object.entries(schemas)) {
    if (readFileSync(join(root, path), 'utf8') === textOf(schema)) continue;
    console.error(`${path} is not what the definition makes: run \`npm run generate\``);
    process.exitCode = 1;
  }
} else {
  for (const [path, schema] of Object.entries(schemas)) write(join(root, path), textOf(schema));
  const files = {
    'validators.js': validatorsModule(),
    'validators.d.ts': validatorsTypes(),
    'manual.js': `export const manualTopics = ${JSON.stringify(manualTopics(), undefined, 1)};\n`,
    'manual.d.ts':
      "import type { ManualTopic } from '../definition/manual.ts';\n" +
      '/** The topics of `setpiece explain`. */\nexport declare const manualTopics: readonly ManualTopic[];\n',
  };
  for (const [name, text] of Object.entries(files)) {
    write(join(root, 'src/scenario/generated', name), text);
    // tsc copies neither; the published package has only dist.
    write(join(root, 'dist/src/scenario/generated', name), text);
  }
  pruneDist(root);
}

/** The definition is TypeScript, and Node 20 runs none: tsc makes JavaScript of these few files, in a folder of its own. */
async function compileDefinition() {
  const outDir = join(root, 'node_modules/.cache/setpiece-definition');
  rmSync(outDir, { recursive: true, force: true });
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const options = ['--target', 'es2023', '--module', 'nodenext', '--skipLibCheck', '--allowImportingTsExtensions'];
  const rewriting = ['--rewriteRelativeImportExtensions', '--types', 'node'];
  const folders = ['--rootDir', join(root, 'src'), '--outDir', outDir];
  const entry = join(root, 'src/scenario/definition/index.ts');
  execFileSync(process.execPath, [tsc, '--ignoreConfig', ...options, ...rewriting, ...folders, entry], {
    stdio: 'inherit',
    cwd: root,
  });
  return import(pathToFileURL(join(outDir, 'scenario/definition/index.js')).href);
}

/** One function a shape; shapes that are used in several places are functions of their own (`inlineRefs: false`). */
function validatorsModule() {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    inlineRefs: false,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    messages: false,
    code: { source: true, esm: true, optimize: 2 },
    schemas: [validatorSchema()],
  });
  const exported = Object.fromEntries(validatedNames.map((name) => [identifier(name), `setpiece#/$defs/${name}`]));
  const code = standalone.default(ajv, exported);
  if (code.includes('require(')) throw new Error('the validators must not load anything at run time');
  return `${code}\n`;
}

function validatorsTypes() {
  const lines = validatedNames.map((name) => `export declare const ${identifier(name)}: Validator;`);
  return (
    "import type { ErrorObject } from 'ajv';\n" +
    '/** Checks a value; the errors of a refused one are left on the function. */\n' +
    'export interface Validator {\n  (value: unknown): boolean;\n  errors?: readonly ErrorObject[] | null;\n}\n' +
    `${lines.join('\n')}\n`
  );
}

/** `delete` is a word of JavaScript. */
function identifier(name) {
  return `is${name[0].toUpperCase()}${name.slice(1)}`;
}

function textOf(schema) {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
