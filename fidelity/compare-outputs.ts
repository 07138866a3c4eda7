// What the command lines answered, up to ages, widths of columns and what kubectl's version changes in its own words.

import { sameUpToCoalescing, withoutRepeats } from './sequences.ts';
import type { Finding, Outcome } from './finding.ts';
import type { Command, Recording } from './recording.ts';

/** Words that are the client's own and come and go with its version. */
const clientWords: readonly (readonly [found: RegExp, replacement: string])[] = [
  // kubectl v1.33 and later name the namespace of what they delete.
  [/ (?:force )?deleted from \S+ namespace$/gm, ' deleted'],
  [/ force deleted$/gm, ' deleted'],
  // Warnings of later versions, printed without asking the server.
  [/^Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n/gm, ''],
  [/^Warning: resource \S+ was previously managed with 'kubectl apply'\. Rolling back will not.*\n/gm, ''],
];

/** Compares the answers of two canonical recordings, command by command. */
export function compareOutputs(recorded: Recording, simulated: Recording): Outcome {
  const findings: Finding[] = [];
  for (const [place, wanted] of recorded.commands.entries()) {
    const subject = `step ${wanted.step}: ${wanted.run}`;
    const message = differ(wanted, simulated.commands[place], simulated.reordered === true);
    if (message !== undefined) findings.push({ check: 'outputs', subject, message });
  }
  return { check: 'outputs', compared: recorded.commands.length, findings };
}

function differ(recorded: Command, simulated: Command | undefined, reordered: boolean): string | undefined {
  if (simulated === undefined || simulated.run !== recorded.run) return 'the command was not run on the simulator';
  if (simulated.code !== recorded.code) {
    return `recorded exit code ${recorded.code}; simulated ${simulated.code}: ${simulated.stderr.slice(0, 300)}`;
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    const wanted = linesOf(recorded[stream]);
    const found = linesOf(simulated[stream]);
    // It prints a line for each status that it happens to see.
    const watching = /\brollout status\b/.test(recorded.run) && stream === 'stdout';
    const same = watching
      ? sameUpToCoalescing(withoutRepeats(wanted), withoutRepeats(found))
      : sameLines(wanted, found, reordered);
    if (same) continue;
    const place = wanted.findIndex((line, at) => line !== found[at]);
    const at = place < 0 ? wanted.length : place;
    const quote = (line: string | undefined): string => (line === undefined ? 'nothing more' : JSON.stringify(line));
    return `${stream}, line ${at + 1}: recorded ${quote(wanted[at])}; simulated ${quote(found[at])}`;
  }
  return undefined;
}

function sameLines(wanted: readonly string[], found: readonly string[], reordered: boolean): boolean {
  const [a, b] = reordered ? [wanted.toSorted(), found.toSorted()] : [wanted, found];
  return a.join('\n') === b.join('\n');
}

function linesOf(text: string): readonly string[] {
  let cleaned = text;
  for (const [found, replacement] of clientWords) cleaned = cleaned.replace(found, replacement);
  return cleaned
    .replace(/\b(?:\d+[dhms]){1,2}\b/g, 'AGE')
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, '  ').trimEnd());
}
