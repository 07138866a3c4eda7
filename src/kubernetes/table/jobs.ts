// Jobs and CronJobs.

import { ageColumn, column, nameColumn, wide } from './printer.ts';
import { ageOf, elapsedMs, humanDuration } from './human-duration.ts';
import { containerTexts, objectAge, orNone, selectorText } from './texts.ts';
import type { KubernetesObject } from '../object.ts';
import type { Printer } from './printer.ts';
import type { LabelSelector, NamedContainer } from './texts.ts';

interface JobSpec {
  readonly completions?: number;
  readonly parallelism?: number;
  readonly suspend?: boolean;
  readonly selector?: LabelSelector;
  readonly template?: { readonly spec?: { readonly containers?: readonly NamedContainer[] } };
}

interface JobStatus {
  readonly succeeded?: number;
  readonly startTime?: string | null;
  readonly completionTime?: string | null;
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

/** Jobs. */
export const jobPrinter: Printer = {
  columns: [
    nameColumn,
    column('Status'),
    column('Completions'),
    column('Duration'),
    ageColumn,
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  cells(object, context) {
    const { spec = {}, status = {} } = object as { readonly spec?: JobSpec; readonly status?: JobStatus };
    const elapsed = elapsedMs(status.startTime, status.completionTime ?? context.now);
    return [
      object.metadata.name,
      jobStatus(object, status),
      completions(spec, status),
      elapsed === undefined ? '' : humanDuration(elapsed),
      objectAge(object, context),
      ...containerTexts(spec.template),
      selectorText(spec.selector),
    ];
  },
};

function jobStatus({ metadata }: KubernetesObject, { conditions = [] }: JobStatus): string {
  const holds = (wanted: string): boolean =>
    conditions.some(({ type, status }) => type === wanted && status === 'True');
  if (holds('Complete')) return 'Complete';
  if (holds('Failed')) return 'Failed';
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(holds) ?? 'Running';
}

function completions(spec: JobSpec, { succeeded = 0 }: JobStatus): string {
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

interface CronJob {
  readonly spec?: {
    readonly schedule?: string;
    readonly timeZone?: string;
    readonly suspend?: boolean;
    readonly jobTemplate?: { readonly spec?: JobSpec };
  };
  readonly status?: { readonly active?: readonly unknown[]; readonly lastScheduleTime?: string | null };
}

/** CronJobs. */
export const cronJobPrinter: Printer = {
  columns: [
    nameColumn,
    column('Schedule'),
    column('Timezone'),
    column('Suspend', { type: 'boolean' }),
    column('Active', { type: 'integer' }),
    column('Last Schedule'),
    ageColumn,
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  cells(object, context) {
    const { spec = {}, status = {} } = object as CronJob;
    const job = spec.jobTemplate?.spec ?? {};
    const last = status.lastScheduleTime;
    return [
      object.metadata.name,
      spec.schedule ?? '',
      orNone(spec.timeZone),
      spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False',
      status.active?.length ?? 0,
      last == null ? '<none>' : ageOf(last, context.now),
      objectAge(object, context),
      ...containerTexts(job.template),
      selectorText(job.selector),
    ];
  },
};
