import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compare, findingsOf } from '../../fidelity/compare.ts';
import { inOrder, readRecording } from '../../fidelity/recording.ts';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import type { Observation } from '../../src/trace/record.ts';
import type { Finding } from '../../fidelity/finding.ts';
import type { Recording } from '../../fidelity/recording.ts';

const folder = join(import.meta.dirname, '../fixtures/recordings');

function recording(name: string): Recording {
  return readRecording(name, readFileSync(join(folder, `${name}.jsonl`), 'utf8'));
}

function differences(recorded: Recording, simulated: Recording): readonly Finding[] {
  return findingsOf(compare(recorded, [simulated]));
}

/** The recording with the observations that `change` answers otherwise. */
function changed(
  recorded: Recording,
  change: (object: KubernetesObject, observation: Observation) => KubernetesObject | undefined,
): Recording {
  const observations = recorded.observations.flatMap((observation) => {
    const object = change(observation.object, observation);
    return object === undefined ? [] : [{ ...observation, object }];
  });
  return { ...recorded, observations: inOrder(observations) };
}

function isPod(object: KubernetesObject, name: string): boolean {
  return object.kind === 'Pod' && object.metadata.name === name;
}

/** Where in the order an object is created. */
function versionOf(recorded: Recording, kind: string, name: string): string {
  return recorded.observations.find(({ object }) => object.kind === kind && object.metadata.name === name)!.object
    .metadata.resourceVersion;
}

const ordered = recording('ordered-scale');

describe('a recording', () => {
  test.each(['ordered-scale', 'deployment', 'mongo-static-volumes', 'node-failure'])(
    '%s agrees with itself',
    (name) => {
      const recorded = recording(name);

      expect(differences(recorded, recorded)).toEqual([]);
    },
  );

  test('agrees with another run of it that has other uids, addresses, times, nodes and suffixes', () => {
    const text = readFileSync(join(folder, 'deployment.jsonl'), 'utf8');
    const other = text
      .replaceAll('kind-control-plane', 'my-node')
      .replaceAll(/10\.244\.0\.(\d+)/g, '10.9.8.$1')
      .replaceAll('2026-11-20T', '2031-01-02T')
      .replaceAll(/([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})/g, '$1-$3-$2')
      .replaceAll(/(mynginx-[0-9a-f]{9,10}-)([a-z0-9])([a-z0-9])([a-z0-9]{3})\b/g, '$1$3$2$4');
    expect(other).not.toBe(text);

    expect(differences(recording('deployment'), readRecording('deployment', other))).toEqual([]);
  });
});

describe('a comparison finds', () => {
  test('a pod that is created before the one before it is ready', () => {
    const early = `${Number(versionOf(ordered, 'Pod', 'web-1')) - 6}`;
    const simulated = changed(ordered, (object, { type }) =>
      isPod(object, 'web-1') && type === 'ADDED' ? withVersion(object, early) : object,
    );

    const subjects = differences(ordered, simulated).map(({ check, subject }) => `${check} ${subject}`);

    expect(subjects).toContain('milestones pod/web-0 Ready < pod/web-1 Created');
  });

  test('a pod that never becomes ready', () => {
    const simulated = changed(ordered, (object) =>
      isPod(object, 'web-4') && JSON.stringify(object).includes('"Running"') ? undefined : object,
    );

    expect(differences(ordered, simulated)).toContainEqual({
      check: 'milestones',
      subject: 'pod/web-4 Ready',
      message: 'recorded, but never simulated',
    });
  });

  test('a status that was never written so', () => {
    const simulated = changed(ordered, (object) => {
      if (object.kind !== 'StatefulSet') return object;
      const status = object['status'] as { readonly readyReplicas?: number };
      return status.readyReplicas === 2 ? { ...object, status: { ...status, readyReplicas: 1 } } : object;
    });

    const found = differences(ordered, simulated).filter(({ check }) => check === 'status');

    expect(found.map(({ subject }) => subject)).toEqual(['statefulset.apps/web']);
  });

  test('a field of a final object', () => {
    const simulated = changed(ordered, (object) =>
      isPod(object, 'web-0') ? { ...object, spec: { ...(object['spec'] as object), restartPolicy: 'Never' } } : object,
    );

    expect(differences(ordered, simulated)).toEqual([
      { check: 'final', subject: 'pod/web-0 spec.restartPolicy', message: 'recorded "Always"; simulated "Never"' },
    ]);
  });

  test('another name of a revision', () => {
    const text = readFileSync(join(folder, 'ordered-scale.jsonl'), 'utf8').replaceAll('web-5969c6696', 'web-5969c6697');

    const subjects = differences(ordered, readRecording('ordered-scale', text)).map(({ subject }) => subject);

    expect(subjects).toContain('controllerrevision.apps/web-5969c6696 Created');
  });

  test('an owner reference that names another object', () => {
    const { uid } = ordered.observations.find(({ object }) => isPod(object, 'web-0'))!.object.metadata;
    const simulated = changed(ordered, (object) => {
      if (!isPod(object, 'web-1')) return object;
      const [owner] = object.metadata.ownerReferences ?? [];
      return { ...object, metadata: { ...object.metadata, ownerReferences: [{ ...owner!, uid }] } };
    });

    expect(differences(ordered, simulated).map(({ subject }) => subject)).toContain(
      'pod/web-1 metadata.ownerReferences.0.uid',
    );
  });

  test('a missing event, and one with another message', () => {
    const simulated = changed(ordered, (object) => {
      if (object.kind !== 'Event') return object;
      if (object['reason'] === 'SuccessfulDelete' && /web-4/.test(String(object['message']))) return undefined;
      return object['reason'] === 'Killing' ? { ...object, message: 'Stopping nginx' } : object;
    });

    const found = differences(ordered, simulated).map(({ subject, message }) => `${subject}: ${message}`);

    expect(found).toContain(
      'statefulset/web SuccessfulDelete: Delete Pod web-4 in StatefulSet web successful (Normal, statefulset-controller): recorded 1 times; simulated 0 times',
    );
    expect(found).toContain('pod/web-4 Killing: Stopping nginx (Normal, kubelet): recorded 0 times; simulated 1 times');
  });

  test('a rejection in other words', () => {
    const recorded = recording('rejected-updates');
    const commands = recorded.commands.map((command) => ({
      ...command,
      stderr: command.stderr.replace("'RollingUpdate' or 'OnDelete'", '"RollingUpdate" or "OnDelete"'),
    }));

    const found = differences(recorded, { ...recorded, commands });

    expect(found.map(({ check, subject }) => `${check} ${subject}`)).toEqual([
      `outputs step 1: kubectl patch sts web -p '{"spec":{"updateStrategy":{"type":"Nope"}}}'`,
    ]);
  });

  test('another exit code', () => {
    const commands = ordered.commands.map((command) => ({ ...command, code: 1, stderr: 'refused' }));

    const found = differences(ordered, { ...ordered, commands });

    expect(found).toHaveLength(ordered.commands.length);
    expect(found[0]?.message).toBe('recorded exit code 0; simulated 1: refused');
  });
});

describe('several seeds', () => {
  test('a race that one of them shows as recorded is no difference', () => {
    const parallel = recording('parallel-scale');
    const other = changed(parallel, (object, { type }) => {
      const early =
        type === 'MODIFIED' && isPod(object, 'web-2') && JSON.stringify(object).includes('"phase":"Running"');
      return early ? withVersion(object, versionOf(parallel, 'Pod', 'web-2')) : object;
    });

    const alone = findingsOf(compare(parallel, [other])).filter(({ check }) => check === 'milestones');
    const together = findingsOf(compare(parallel, [other, parallel])).filter(({ check }) => check === 'milestones');

    expect(alone).not.toEqual([]);
    expect(together).toEqual([]);
  });

  test('a guaranteed order must hold under each of them', () => {
    const early = `${Number(versionOf(ordered, 'Pod', 'web-1')) - 6}`;
    const other = changed(ordered, (object, { type }) =>
      isPod(object, 'web-1') && type === 'ADDED' ? withVersion(object, early) : object,
    );

    const found = findingsOf(compare(ordered, [ordered, other]));

    expect(found.map(({ message }) => message)).toContain('guaranteed, but 1 of 2 seeds show it the other way round');
  });
});

function withVersion(object: KubernetesObject, resourceVersion: string): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}
