// Faults that no backend can put in are refused with a reason, and change nothing. What can be done is shown by the cases
// of its capability.

import { expect } from 'vitest';
import { UnsupportedByBackend } from '../../../src/backends/cluster.ts';
import { configMap } from './manifests.ts';
import { address } from './stage.ts';
import type { ContractCase } from './stage.ts';

/** Faults. */
export const faultCases: readonly ContractCase[] = [
  {
    name: 'a fault that cannot be is refused as unsupported, with a reason',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: configMap('settings', 'one') }, 201);
      const { length } = opened.seen;

      const refused: unknown = await opened.cluster
        .inject({ how: 'notReady', targets: [address('configmap', 'settings')] })
        .then(
          () => 'accepted',
          (error: unknown) => error,
        );

      expect(refused).toBeInstanceOf(UnsupportedByBackend);
      expect((refused as Error).message).toContain('settings');
      expect(opened.seen).toHaveLength(length);
    },
  },
  {
    name: 'what needs a capability that is not declared is refused as unsupported',
    async run(stage) {
      const opened = await stage.open();
      const { capabilities } = stage.backend;
      const target = address('pod', 'solo');
      const attempts: readonly (readonly [string, () => Promise<unknown>])[] = [
        ['exec', () => opened.cluster.request({ verb: 'exec', target, command: ['true'] })],
        ['dns', () => opened.cluster.request({ verb: 'resolve', name: 'solo', type: 'A' })],
        ['readiness-control', () => opened.cluster.inject({ how: 'notReady', targets: [target] })],
        ['node-failure', () => opened.cluster.inject({ how: 'stop', targets: [address('node', 'any')] })],
      ];
      const missing = attempts.filter(([capability]) => !(capabilities as ReadonlySet<string>).has(capability));

      for (const [capability, attempt] of missing) {
        const refused: unknown = await attempt().then(
          () => 'accepted',
          (error: unknown) => error,
        );
        expect([capability, refused instanceof UnsupportedByBackend]).toEqual([capability, true]);
      }
    },
  },
];
