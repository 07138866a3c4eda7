// Field paths as the API server's messages write them: `.spec.template.spec.containers[name="nginx"].image`.

import type { FieldStep } from './field-set.ts';

/** Writes a path. */
export function formatFieldPath(path: readonly FieldStep[]): string {
  return path.map(formatStep).join('');
}

function formatStep(step: FieldStep): string {
  const text = step.slice(2);
  if (step.startsWith('f:')) return `.${text}`;
  if (step.startsWith('v:')) return `[=${text}]`;
  if (step.startsWith('i:')) return `[${text}]`;
  const keys = Object.entries(JSON.parse(text) as Record<string, unknown>);
  return `[${keys.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
}
