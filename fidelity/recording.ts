// What was seen when a recipe was carried out: on a real cluster, or on the simulator. Both have the same shape.

import { readRecord } from '../src/trace/read-record.ts';
import { compareResourceVersions } from '../src/trace/resource-version.ts';
import type { Observation } from '../src/trace/record.ts';

/** One command line and what it answered. */
export interface Command {
  /** Milliseconds from the start of the recording until it was started. */
  readonly at: number;
  readonly step: number;
  readonly run: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code. */
  readonly code: number;
}

/** All that was seen: watch events in resourceVersion order, commands in the order in which they were started. */
export interface Recording {
  readonly name: string;
  readonly observations: readonly Observation[];
  readonly commands: readonly Command[];
  /** Objects were renamed so that lines of lists may stand in another order. */
  readonly reordered?: boolean;
}

/** Reads the lines of a recording. Throws an error that names the line when one is no record. */
export function readRecording(name: string, text: string): Recording {
  const observations: Observation[] = [];
  const commands: Command[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const value = parse(line, `${name}.jsonl:${index + 1}`);
    const command = readCommand(value);
    if (command !== undefined) {
      commands.push(command);
      continue;
    }
    const record = readRecord(value);
    if (typeof record === 'string') throw new RecordingError(`${name}.jsonl:${index + 1}: ${record}`);
    if (record.kind === 'observation') observations.push(record);
  }
  return { name, observations: inOrder(observations), commands };
}

/** Observations as things happened; watches of different kinds deliver late. */
export function inOrder(observations: readonly Observation[]): readonly Observation[] {
  return observations.toSorted((a, b) =>
    compareResourceVersions(a.object.metadata.resourceVersion, b.object.metadata.resourceVersion),
  );
}

/** A file of a folder of recordings is not what it should be. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

function parse(line: string, place: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    throw new RecordingError(`${place}: expected a JSON record: ${(error as Error).message}`);
  }
}

function readCommand(value: unknown): Command | undefined {
  if (typeof value !== 'object' || value === null || !('run' in value)) return undefined;
  const { at = 0, step = -1, run = '', stdout = '', stderr = '', code = 0 } = value as Partial<Command>;
  return { at, step, run, stdout, stderr, code };
}
