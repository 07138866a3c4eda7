import { defineConfig } from 'vitest/config';

import { ClosingLine } from './test/closing-line.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    // One module graph a worker: a tenth of the time, and a test that nothing in src/ keeps state between runs.
    isolate: false,
    testTimeout: 30_000,
    reporters: ['default', new ClosingLine()],
  },
});
