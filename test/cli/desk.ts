// A folder in which the command is called as a user calls it, and what came of the calls.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { command } from './built-package.ts';
import type { ChildProcess } from 'node:child_process';
import type { JsonReport } from '../../reporters/json.ts';

/** What a call ended with. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const { CI: _ci, FORCE_COLOR: _force, COLUMNS: _columns, SETPIECE_DEBUG: _debug, ...inherited } = process.env;

/** A project folder of its own; `clear` removes it. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'setpiece-desk-'));

  constructor() {
    this.write('package.json', '{}\n');
  }

  /** Calls the command and waits for its end. No call may ever show a stack trace. */
  call(...words: readonly string[]): Ended {
    return this.callWith({}, ...words);
  }

  /** As `call`, with more in the environment. */
  callWith(env: Readonly<Record<string, string>>, ...words: readonly string[]): Ended {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [command, ...words], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...inherited, NO_COLOR: '1', ...env },
      maxBuffer: 1 << 26,
      timeout: 50_000,
    });
    if (error !== undefined) throw error;
    const ended = { code: status, out: stdout, err: stderr };
    expectNoStack(ended);
    return ended;
  }

  /** Calls the command and lets it run. */
  start(...words: readonly string[]): ChildProcess {
    return spawn(process.execPath, [command, ...words], { cwd: this.folder, env: { ...inherited, NO_COLOR: '1' } });
  }

  /** Runs a line of a shell in the folder, in which `setpiece` is the command. */
  shell(line: string): Ended {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', `setpiece() { node ${command} "$@"; }\n${line}`], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...inherited, NO_COLOR: '1' },
      timeout: 50_000,
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Writes a file; gives its name. */
  write(name: string, content: string | Uint8Array): string {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), content);
    return name;
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  report(name: string): JsonReport {
    return JSON.parse(this.read(name)) as JsonReport;
  }

  /** A scenario of one step, which starts a set of three pods. */
  scenario(id: string, expectation: string, head = ''): string {
    this.write('web.yaml', manifest);
    const step = `  - name: start\n    apply: web.yaml\n    expect: { ${expectation} }\n`;
    return this.write(`${id}.scenario.yaml`, `scenario: ${id}\ntitle: about ${id}\n${head}steps:\n${step}`);
  }

  clear(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Frames of a stack, whichever stream they are on. */
export function expectNoStack({ out, err }: Ended): void {
  const frames = `${out}\n${err}`.split('\n').filter((line) => /^\s+at .+(:\d+:\d+\)?|<anonymous>|native)/.test(line));
  expect(frames).toEqual([]);
}

const manifest = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: None, selector: { app: web }, ports: [ { name: http, port: 80 } ] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  serviceName: web
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [ { name: nginx, image: "nginx:1.27" } ] }
`;
