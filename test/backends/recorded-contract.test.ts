import { createRecordedBackend } from '../../src/backends/recorded.ts';
import { createSimulatedBackend } from '../../src/backends/simulated.ts';
import { describeBackendContract, runCase } from './contract.ts';
import { RecordingBackend } from './recording.ts';
import type { Backend } from '../../src/backends/cluster.ts';
import type { ContractCase } from './contract/stage.ts';

/** Runs a case on the simulator, and gives the trace that it left. What the simulator cannot show cannot be recorded. */
async function recorded(one: ContractCase): Promise<Backend> {
  const live = createSimulatedBackend();
  if (one.capability !== undefined && !live.capabilities.has(one.capability)) return live;
  const recording = new RecordingBackend(live);
  await runCase(one, recording.backend);
  const { trace } = recording;
  if (trace === undefined) throw new Error(`"${one.name}" opens no cluster`);
  return createRecordedBackend(trace);
}

describeBackendContract({
  name: 'a recorded trace',
  open: recorded,
  skip: [
    {
      reason: 'the runner never waits for what holds already, so a trace passes over such waits',
      cases: ['a condition that holds already ends the wait at once'],
    },
    {
      reason: 'nobody is judged by the clock that a trace shows: it stands still',
      cases: ['the cluster’s own clock shows RFC 3339 and goes on with time'],
    },
    {
      reason: 'a fault that was refused leaves no record',
      cases: ['a fault that cannot be is refused as unsupported, with a reason'],
    },
    {
      reason: 'a trace is of one cluster, and shows it again whenever it is opened',
      cases: ['a cluster that was disposed leaves nothing to the next, cluster-scoped objects included'],
    },
  ],
});
