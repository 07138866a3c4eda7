// Questions to a real API server and its answers, as they are stored: one JSON object a line, in the order of asking.

import { readFileSync } from 'node:fs';
import { RecordingError } from '../recording.ts';

/** A question. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly accept?: string;
  readonly type?: string;
  readonly body?: unknown;
}

/** A question and what the real server answered. */
export interface RecordedAnswer {
  readonly name: string;
  readonly request: Question;
  readonly response: {
    readonly code: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** Reads a file of questions. Throws a `RecordingError` that names the line which is none. */
export function readRecordedAnswers(file: string): readonly RecordedAnswer[] {
  const lines = textOf(file).trim().split('\n');
  return lines.map((line, index) => readLine(line, `${file}, line ${index + 1}`));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new RecordingError(`cannot read ${file}: ${(error as Error).message}`);
  }
}

function readLine(line: string, place: string): RecordedAnswer {
  let value: Partial<RecordedAnswer> | null;
  try {
    value = JSON.parse(line) as Partial<RecordedAnswer> | null;
  } catch (error) {
    throw new RecordingError(`${place}: not JSON: ${(error as Error).message}`);
  }
  const { name, request, response } = value ?? {};
  const whole =
    typeof name === 'string' &&
    typeof request?.method === 'string' &&
    typeof request.path === 'string' &&
    typeof response?.code === 'number';
  if (!whole) throw new RecordingError(`${place}: wanted {"name", "request": {method, path}, "response": {code, …}}`);
  return { name, request, response: { ...response, headers: response.headers ?? {} } };
}
