// What every backend must do, as one suite: whichever cluster is behind the port, the same cases hold. A new backend calls
// `describeBackendContract` with a function that opens it (a kubeconfig backend: when SETPIECE_KUBECONFIG is set), and names
// each case that it cannot show, with the reason.

import { describe, expect, test } from 'vitest';
import { capabilityCases } from './contract/capabilities.ts';
import { deletionCases } from './contract/deletion.ts';
import { eventCases } from './contract/events.ts';
import { faultCases } from './contract/faults.ts';
import { lifeCases } from './contract/life.ts';
import { requestCases } from './contract/requests.ts';
import { Stage } from './contract/stage.ts';
import { waitingCases } from './contract/waiting.ts';
import type { Backend, Capability } from '../../src/backends/cluster.ts';
import type { ContractCase } from './contract/stage.ts';

/** All cases, in groups; names are unique. */
export const contractCases: readonly ContractCase[] = [
  ...requestCases,
  ...deletionCases,
  ...eventCases,
  ...waitingCases,
  ...faultCases,
  ...lifeCases,
  ...capabilityCases,
];

/** A backend as the suite wants it. */
export interface ContractSubject {
  /** Shown in front of the cases. */
  readonly name: string;
  /** Makes the backend for one case; the suite disposes it. */
  readonly open: (of: ContractCase) => Promise<Backend>;
  /** Cases that the backend cannot show, by name, and why. */
  readonly skip?: readonly { readonly reason: string; readonly cases: readonly string[] }[];
  /** Declared capabilities that no case shows on this backend, and why. */
  readonly unshown?: readonly { readonly reason: string; readonly capabilities: readonly Capability[] }[];
  /** For one case, milliseconds. Default 30 s; clusters need minutes. */
  readonly timeoutMs?: number;
}

/** Runs the suite on a backend. Cases of capabilities that the backend does not declare are skipped by themselves. */
export function describeBackendContract(subject: ContractSubject): void {
  const { name, open, skip = [], unshown = [], timeoutMs = 30_000 } = subject;
  const reasons = new Map(skip.flatMap(({ reason, cases }) => cases.map((skipped) => [skipped, reason] as const)));

  describe(`${name} keeps the contract of backends`, () => {
    test.for(contractCases)('$name', { timeout: timeoutMs }, async (one, context) => {
      const reason = reasons.get(one.name);
      if (reason !== undefined) context.skip(reason);
      const backend = await open(one);
      try {
        if (one.capability !== undefined && !backend.capabilities.has(one.capability)) {
          context.skip(`${name} does not declare ${one.capability}`);
        }
        // A case that opens no cluster shows nothing.
        expect(await runCase(one, backend)).toBeGreaterThan(0);
      } finally {
        await backend.dispose();
      }
    });

    test('every capability that is declared is shown by a case, or skipped with a reason', async () => {
      const [first] = contractCases;
      if (first === undefined) throw new Error('the contract has no cases');
      const backend = await open(first);
      const shown = new Set([
        ...contractCases.map(({ capability }) => capability),
        ...unshown.flatMap((some) => some.capabilities),
      ]);

      await backend.dispose();

      expect([...backend.capabilities].filter((capability) => !shown.has(capability))).toEqual([]);
    });

    test('every skip names a case that there is', () => {
      const names = contractCases.map((one) => one.name);

      expect([...reasons.keys()].filter((skipped) => !names.includes(skipped))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    });
  });
}

/** Runs one case on a backend, disposes what it opened, and gives the number of clusters that it opened. */
export async function runCase(one: ContractCase, backend: Backend): Promise<number> {
  const stage = new Stage(backend);
  try {
    await one.run(stage);
    return stage.opened;
  } finally {
    await stage.dispose();
  }
}
