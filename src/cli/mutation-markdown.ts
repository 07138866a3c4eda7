// The matrix scenario x mutant for a job summary.

import type { MutationReport } from '../runner/mutation-report.ts';

/** Tables in GitHub's Markdown. */
export function mutationMarkdown({ mutants, scenarios, survivors, idle, unsound, seed, runs }: MutationReport): string {
  const killed = mutants.length - survivors.length;
  const lines = [
    `## Mutants: ${killed} of ${mutants.length} noticed by ${scenarios.length} scenarios`,
    '',
    '| mutant | breaks | noticed by |',
    '| --- | --- | --- |',
    ...mutants.map(({ id, breaks, killedBy }) => {
      const by = killedBy.length === 0 ? '**nobody**' : `${killedBy.length}: ${killedBy.join(', ')}`;
      return `| ${id} | ${breaks} | ${by} |`;
    }),
    '',
    '| scenario | notices |',
    '| --- | ---: |',
    ...scenarios.map(({ id, kills }) => `| ${id} | ${idle.includes(id) ? '**0**' : kills.length} |`),
    '',
    ...unsound.map(({ scenario, outcome }) => `- \`${scenario}\` is ${outcome} on the right simulator`),
    `${runs} runs, seed ${seed}`,
  ];
  return `${lines.join('\n')}\n`;
}
