// The rooms and the directions in which they may look (DESIGN: arrows go down, no cycles). A failing line here says which
// import is wrong and why the rule is there.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = resolve(fileURLToPath(import.meta.url), '../..');

interface Room {
  /** Rooms that it may import from. */
  readonly sees: readonly string[];
  /** Rooms of which it may only know the types. */
  readonly seesTypesOf?: readonly string[];
  /** Packages that have their door here. */
  readonly packages?: readonly string[];
  readonly nodeAllowed: boolean;
  readonly why: string;
  /** A folder of the room that may do more, and why. */
  readonly annex?: {
    readonly folder: string;
    readonly sees?: readonly string[];
    readonly packages: readonly string[];
    readonly why: string;
  };
}

const rooms: Readonly<Record<string, Room>> = {
  kubernetes: {
    sees: [],
    packages: ['rfc6902'],
    nodeAllowed: false,
    why: 'it is what every room knows of the API, and runs anywhere',
  },
  trace: { sees: ['kubernetes'], nodeAllowed: true, why: 'verdicts come from traces alone, whoever recorded them' },
  scenario: {
    sees: ['kubernetes'],
    packages: ['yaml', 'ajv', 'typebox'],
    nodeAllowed: true,
    why: 'the language must not depend on where scenarios run',
  },
  simulator: {
    sees: ['kubernetes'],
    seesTypesOf: ['trace'],
    nodeAllowed: false,
    why: 'a cluster knows nothing of scenarios or expectations; it must also run in a browser page',
    annex: {
      folder: 'http',
      packages: ['yaml', 'ws', 'selfsigned'],
      why: 'it is the server around the simulator: sockets, certificates, and bodies in YAML',
    },
  },
  backends: {
    sees: ['simulator', 'trace', 'kubernetes'],
    packages: ['@kubernetes/client-node', 'testcontainers'],
    nodeAllowed: true,
    why: 'the port hides where a scenario runs, so it cannot know the scenario',
  },
  expectations: {
    sees: ['trace', 'kubernetes'],
    seesTypesOf: ['scenario'],
    nodeAllowed: false,
    why: 'monitors are pure and judge a simulator, a cluster and a file alike',
  },
  runner: {
    sees: ['expectations', 'backends', 'simulator', 'scenario', 'trace', 'kubernetes'],
    packages: ['semver'],
    nodeAllowed: true,
    why: 'it drives everything below it and is driven by lessons, vitest and the command line',
  },
  lessons: {
    sees: ['runner', 'expectations', 'backends', 'simulator', 'scenario', 'trace', 'kubernetes'],
    packages: ['mdast-util-from-markdown', 'mdast'],
    nodeAllowed: true,
    why: 'it runs lessons on what lies below it, and knows nothing of the command line',
    annex: {
      folder: 'page',
      sees: ['reporters'],
      packages: [
        'micromark',
        'micromark-extension-gfm',
        'yaml',
        'codemirror',
        '@codemirror/autocomplete',
        '@codemirror/lang-yaml',
        '@codemirror/language',
        '@codemirror/lint',
        '@codemirror/state',
        '@codemirror/view',
        '@lezer/highlight',
      ],
      why: 'it is a page in a browser and the server of it; it shows runs on the timeline of the report',
    },
  },
  vitest: {
    sees: ['reporters', 'runner', 'expectations', 'backends', 'scenario', 'trace', 'kubernetes'],
    packages: ['vitest', 'magic-string'],
    nodeAllowed: true,
    why: 'it is the runner in the clothes of a vitest project, and knows nothing of the command line',
  },
  cli: {
    sees: [
      'lessons',
      'reporters',
      'runner',
      'expectations',
      'backends',
      'simulator',
      'scenario',
      'trace',
      'kubernetes',
    ],
    packages: ['commander', 'picocolors', 'chokidar'],
    nodeAllowed: true,
    why: 'it is the outermost room',
  },
  reporters: {
    sees: ['trace', 'kubernetes'],
    seesTypesOf: ['runner', 'expectations', 'scenario'],
    packages: ['picocolors'],
    nodeAllowed: true,
    why: 'a report can be made later from a stored message stream',
    annex: {
      folder: 'page',
      packages: ['yaml', 'diff'],
      why: 'it runs in a browser: packages are bundled into the page',
    },
  },
};

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

const importPattern =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;

function importsOf(source: string): readonly Import[] {
  return [...source.matchAll(importPattern)].map((match) => ({
    from: (match[2] ?? match[3]) as string,
    typeOnly: match[1] !== undefined,
    line: source.slice(0, match.index).split('\n').length,
  }));
}

function roomOf(file: string): string | undefined {
  const parts = relative(root, file).split(sep);
  if (parts[0] === 'reporters') return 'reporters';
  return parts[0] === 'src' && parts.length > 2 ? parts[1] : undefined;
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('generated'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function faultsOf(file: string): readonly string[] {
  const name = roomOf(file);
  if (name === undefined) return [];
  const room = rooms[name];
  if (room === undefined) return [`${relative(root, file)}: no room is called ${name}; add it to the table`];
  const annex = relative(root, file).split(sep)[2] === room.annex?.folder ? room.annex : undefined;
  const nodeAllowed = room.nodeAllowed || annex !== undefined;
  const packages = [...(room.packages ?? []), ...(annex?.packages ?? [])];
  const tell = (found: Import, what: string): string =>
    `${relative(root, file)}:${found.line} imports ${what}; ${name}/ may not: ${room.why}`;

  return importsOf(readFileSync(file, 'utf8')).flatMap((found) => {
    if (found.from.startsWith('.')) {
      const target = roomOf(resolve(dirname(file), found.from));
      if (target === undefined || target === name || room.sees.includes(target)) return [];
      if (annex?.sees?.includes(target) === true) return [];
      if (found.typeOnly && room.seesTypesOf?.includes(target)) return [];
      return [tell(found, `${target}/`)];
    }
    if (found.from.startsWith('node:')) return nodeAllowed || found.typeOnly ? [] : [tell(found, found.from)];
    const packageName = found.from
      .split('/')
      .slice(0, found.from.startsWith('@') ? 2 : 1)
      .join('/');
    return packages.includes(packageName) ? [] : [tell(found, packageName)];
  });
}

describe('architecture', () => {
  test('every import goes down the table of rooms, and every package has one door', () => {
    const faults = [...sourceFiles('src'), ...sourceFiles('reporters')].flatMap(faultsOf);

    expect(faults).toEqual([]);
  });

  test('the check sees a wrong import when there is one', () => {
    expect(importsOf("import { a } from '../runner/suite.ts';\nimport type { B } from './b.ts';\n")).toEqual([
      { from: '../runner/suite.ts', typeOnly: false, line: 1 },
      { from: './b.ts', typeOnly: true, line: 2 },
    ]);
    expect(importsOf("const x = await import('commander');")).toEqual([
      { from: 'commander', typeOnly: false, line: 1 },
    ]);
  });
});
