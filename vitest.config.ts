import { defineConfig } from 'vitest/config';

import { setpiece } from './src/vitest/index.ts';
import { ClosingLine } from './test/closing-line.ts';

const shared = {
  pool: 'threads',
  // One module graph a worker: a tenth of the time, and a test that nothing in src/ keeps state between runs.
  isolate: false,
  testTimeout: 30_000,
} as const;

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      { test: { ...shared, name: 'unit', include: ['test/**/*.test.ts'] } },
      // The package's own scenarios are tests as they would be in anyone's project.
      {
        plugins: [setpiece({ include: ['scenarios/**/*.scenario.yaml'], strict: true })],
        test: { ...shared, name: 'scenarios', includeTaskLocation: true },
      },
    ],
  },
});
