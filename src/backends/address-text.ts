// How messages, recorded requests and judged answers name one object: `statefulset/web`.

import { kindOfKey } from '../kubernetes/kinds.ts';
import type { ObjectAddress } from './cluster.ts';

/** The built-in kinds in one word, others with their group: `statefulset/web`, `mongocluster.db.example.com/rs0`. */
export function addressText({ kind, name }: ObjectAddress): string {
  return `${kindOfKey(kind)?.kind.toLowerCase() ?? kind}/${name}`;
}
