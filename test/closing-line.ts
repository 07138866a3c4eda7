// The last line of a test run: `N passed, N failed`, which any CI can read without knowing the runner.

import type { Reporter, TestModule } from 'vitest/node';

/** A vitest reporter that counts test cases and prints one line when all is over. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') counts[state] += 1;
      }
      // A module that cannot be loaded has no tests, and errors of its own.
      counts.failed += module.errors().length;
    }
    counts.failed += errors.length;
    const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
    // Behind the summary of the other reporters, which are told at the same time.
    process.on('exit', () => console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`));
  }
}
