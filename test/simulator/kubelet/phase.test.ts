import { expect, test } from 'vitest';
import { Container } from '../../../src/simulator/kubelet/container.ts';
import { phaseOf, stoppedPhaseOf } from '../../../src/simulator/kubelet/phase.ts';
import type { ContainerRole } from '../../../src/simulator/kubelet/container.ts';

const at = '2026-01-01T00:00:00Z';

function container(state: 'waiting' | 'running' | 'backing off' | number, role: ContainerRole = 'app'): Container {
  const made = new Container({ name: 'c', image: 'nginx' }, role, 'ContainerCreating');
  if (state === 'waiting') return made;
  made.run(at, 'id');
  if (typeof state === 'number') made.end(at, state);
  if (state === 'backing off') {
    made.end(at, 1);
    made.wait('CrashLoopBackOff');
  }
  return made;
}

test.each([
  ['Always', ['waiting', 'running'], 'Pending'],
  ['Always', ['running', 'running'], 'Running'],
  ['Always', ['backing off'], 'Running'],
  ['Always', [0], 'Running'],
  ['OnFailure', [0, 1], 'Running'],
  ['OnFailure', [0, 0], 'Succeeded'],
  ['Never', [0, 'running'], 'Running'],
  ['Never', [0, 1], 'Failed'],
  ['Never', [0, 0], 'Succeeded'],
] as const)('under %s, containers %j make the phase %s', (policy, states, phase) => {
  expect(
    phaseOf(
      states.map((state) => container(state)),
      policy,
    ),
  ).toBe(phase);
});

test.each([
  ['Always', 'running', 'Pending'],
  ['Always', 1, 'Pending'],
  ['Never', 1, 'Failed'],
] as const)('under %s, an init container that is %s makes the phase %s', (policy, state, phase) => {
  expect(phaseOf([container(state, 'init'), container('waiting')], policy)).toBe(phase);
});

test('a stopped pod has succeeded when its app containers ended well, whatever its sidecars did', () => {
  expect(stoppedPhaseOf([container(137, 'sidecar'), container(0)])).toBe('Succeeded');
  expect(stoppedPhaseOf([container(0, 'sidecar'), container(137)])).toBe('Failed');
  expect(stoppedPhaseOf([container(1, 'init'), container(0)])).toBe('Failed');
});
