// The machine's kubectl, for tests that compare with it. Where there is none they are skipped, and say so.

import { findKubectl } from '../../src/lessons/check/find-kubectl.ts';
import { openServedExecutor } from '../../src/lessons/check/served-executor.ts';
import type { LessonCluster, LessonExecutor } from '../../src/lessons/check/executor.ts';

const found = await findKubectl(process.env['KUBECTL']);
if (found === undefined) console.warn('skipped: there is no kubectl to compare with');

/** Whether there is none. */
export const missing = found === undefined;

/** Opens a cluster with that kubectl. */
export function openReal(cluster: LessonCluster): Promise<LessonExecutor> {
  if (found === undefined) throw new Error('there is no kubectl');
  return openServedExecutor(found, cluster);
}
