import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { lanesOf } from '../../../src/lessons/from/lanes.ts';
import { timelineSvg } from '../../../src/lessons/from/timeline-svg.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';

function seen(at: number, name: string, type: 'ADDED' | 'MODIFIED' | 'DELETED', more: object = {}): TraceRecord {
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name, uid: name }, status: {}, ...more };
  return { kind: 'observation', at, step: 0, type, object: object as unknown as KubernetesObject };
}

const ready = { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } };
const stopping = { metadata: { name: 'a', uid: 'a', deletionTimestamp: '2026-01-01T00:00:00Z' } };

describe('a timeline', () => {
  test('has a lane for each pod and claim, with a bar for each state', () => {
    const lanes = lanesOf([
      seen(0, 'a', 'ADDED'),
      seen(1000, 'a', 'MODIFIED', ready),
      seen(1500, 'a', 'MODIFIED', ready),
      seen(2000, 'a', 'MODIFIED', stopping),
      seen(3000, 'a', 'DELETED', stopping),
      seen(4000, 'a', 'ADDED'),
      seen(5000, 'b', 'ADDED', ready),
    ]);

    expect(lanes).toEqual([
      {
        name: 'pod/a',
        bars: [
          { state: 'pending', fromMs: 0, toMs: 1000 },
          { state: 'ready', fromMs: 1000, toMs: 2000 },
          { state: 'terminating', fromMs: 2000, toMs: 3000 },
          { state: 'pending', fromMs: 4000, toMs: 5000 },
        ],
      },
      { name: 'pod/b', bars: [{ state: 'ready', fromMs: 5000, toMs: 5000 }] },
    ]);
  });

  test('is well-formed XML whatever objects and steps are called, and also when nothing happens', async () => {
    const lanes = lanesOf([seen(0, '<"&\'>', 'ADDED'), seen(1, '<"&\'>', 'MODIFIED', ready)]);
    const drawn = timelineSvg('<script>&"', lanes, [{ title: '</title>&', atMs: 0 }]);

    const { valid } = await validateXML({ xml: [{ fileName: 'a.svg', contents: drawn }], schema: [schema] });
    expect(valid).toBe(true);
    expect(drawn).not.toContain('<script');
    expect(timelineSvg('empty', [], [])).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(timelineSvg('empty', [], [])).not.toMatch(/NaN|Infinity/);
  });
});

/** Anything that is well-formed. */
const schema = {
  fileName: 'any.xsd',
  contents:
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2000/svg" elementFormDefault="qualified"><xs:element name="svg"><xs:complexType mixed="true"><xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>',
};
