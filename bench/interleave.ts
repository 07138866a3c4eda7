// Measures several cases in turn, round by round, so that whatever slows the machine slows all of them alike. What counts is
// processor time: others may use the machine, too.

/** One case: runs its operations and says how many it ran. */
export interface BenchCase {
  readonly name: string;
  /** Makes what the operations need; what it takes is not measured. */
  readonly prepare: () => () => number;
}

/** Nanoseconds an operation, as medians over the rounds; the first case is what the ratios refer to. */
export function interleave(title: string, cases: readonly BenchCase[], rounds = 15): void {
  const warmUps = 3;
  const runs = cases.map(({ prepare }) => prepare());
  const samples: number[][] = cases.map(() => []);
  for (let round = -warmUps; round < rounds; round++) {
    for (const [position, run] of runs.entries()) {
      const before = process.cpuUsage();
      const operations = run();
      const { user, system } = process.cpuUsage(before);
      const nanos = ((user + system) * 1000) / operations;
      if (round >= 0) samples[position]!.push(nanos);
    }
  }
  const medians = samples.map(median);
  console.log(`\n${title}`);
  for (const [position, { name }] of cases.entries()) {
    const ratio = medians[position]! / medians[0]!;
    console.log(`  ${name.padEnd(34)} ${medians[position]!.toFixed(0).padStart(7)} ns   ${ratio.toFixed(2)}x`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
