// Plain data as YAML in block style, for files that people read.

import { stringify } from 'yaml';
import type { Json } from '../../kubernetes/object.ts';

/** Writes documents, separated by `---`; each ends with a line break. */
export function writeYaml(documents: readonly Json[]): string {
  return documents.map((document) => stringify(document, { lineWidth: 0 })).join('---\n');
}
