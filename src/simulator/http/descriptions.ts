// What is said of types and fields beside their types: texts, values that are allowed, fields that are required. Large, so it is
// a file of its own, read when somebody asks.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is said of a type. */
export interface TypeDescription {
  readonly description: string;
  readonly required?: readonly string[];
  readonly fields: Readonly<Record<string, string | FieldDescription>>;
}

/** What is said of a field that takes certain values only. */
export interface FieldDescription {
  readonly text: string;
  readonly values: readonly string[];
}

/** Descriptions by the names of types in the table of fields. */
export type Descriptions = Readonly<Record<string, TypeDescription>>;

const file = 'schema/kubernetes-descriptions.json';

/** Reads them. */
export async function readDescriptions(): Promise<Descriptions> {
  const { types } = JSON.parse(await readFile(join(packageRoot(), file), 'utf8')) as { readonly types: Descriptions };
  return types;
}

/** The package, wherever its code was put (src in tests, dist when installed). */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
