import { createSimulatedBackend } from '../../src/backends/simulated.ts';
import { describeBackendContract } from './contract.ts';

describeBackendContract({ name: 'the simulator', open: () => Promise.resolve(createSimulatedBackend()) });
