// `setpiece schema`: the published JSON Schema of scenario files.

import { readFile } from 'node:fs/promises';
import { exitCodes } from '../../runner/exit-code.ts';
import { packageFile } from '../../backends/package-file.ts';
import { standardOutput } from '../streams.ts';

/** Prints the schema. */
export async function schema(): Promise<number> {
  standardOutput.write(await readFile(packageFile('schema/scenario.schema.json'), 'utf8'));
  return exitCodes.pass;
}
