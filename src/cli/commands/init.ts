// `setpiece init [FOLDER]`: a first scenario and its manifest, which pass as they are. Never overwrites.

import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { exitCodes } from '../../runner/exit-code.ts';
import { makeFolders } from '../../runner/make-folders.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { ReportedError } from '../reported-error.ts';
import { standardOutput } from '../streams.ts';

/** Writes the files and says what to do next. */
export function init(folder: string): Promise<number> {
  const files = new Map([
    [join(folder, 'first.scenario.yaml'), scenarioText(folder)],
    [join(folder, 'manifests', 'web.yaml'), manifestText],
  ]);
  const there = [...files.keys()].find((file) => existsSync(file));
  if (there !== undefined) {
    throw new ReportedError(
      `${there} is there already, and nothing is overwritten; name another folder`,
      exitCodes.invalid,
    );
  }
  for (const [file, text] of files) write(file, text);
  const [scenario = ''] = files.keys();
  standardOutput.write(`wrote ${[...files.keys()].join(' and ')}\nnext: setpiece run ${scenario}\n`);
  return Promise.resolve(exitCodes.pass);
}

function write(file: string, text: string): void {
  try {
    makeFolders(dirname(file));
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new ReportedError(`${file} cannot be written: ${formatPathError(error)}`, exitCodes.environment);
  }
}

function scenarioText(folder: string): string {
  const schema = join(relative(folder, '.'), 'node_modules/setpiece/schema/scenario.schema.json').replaceAll('\\', '/');
  return `# yaml-language-server: $schema=${schema}
scenario: first
title: A set starts its pods one after another, and stops the last one first
tags: [first]

steps:
  - name: three pods, each Ready before the next is Created
    apply: manifests/web.yaml
    expect:
      within: 3m
      order: [ pod/web-0..2: [Created, Ready] ]
      settled: { statefulset/web: Ready }

  - name: scaled in to two, the last pod goes
    scale: { target: statefulset/web, to: 2 }
    expect:
      order: [ pod/web-2: [Terminating, Deleted] ]
      never: [ pod/web-0..1: Terminating ]
      settled:
        pod/web-2: { exists: false }
        statefulset/web: Ready
`;
}

const manifestText = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector: { app: web }
  ports: [ { name: http, port: 80 } ]
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
          ports: [ { name: http, containerPort: 80 } ]
`;
