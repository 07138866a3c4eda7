// Events in sentences: `pod/web-3 must be Ready`, `statefulset/web must change spec.replicas`.

import { formatMatcher } from '../matchers/format-matcher.ts';
import type { Event } from '../../scenario/model.ts';

/** An event as something that has to happen. */
export function phraseRequired(event: Event): string {
  if (event.kind === 'changes') return `${event.selection.text} must change ${changeText(event)}`;
  return `${subjectText(event)} must be ${stateText(event)}`;
}

/** An event as something that happens. */
export function phraseHappening(event: Event): string {
  if (event.kind === 'changes') return `${event.selection.text} changes ${changeText(event)}`;
  return `${subjectText(event)} is ${stateText(event)}`;
}

function subjectText({ clause }: Extract<Event, { readonly kind: 'edge' }>): string {
  const { quantifier, selection } = clause;
  if (quantifier.kind === 'each') return selection.text;
  const field = quantifier.kind === 'values' ? `${quantifier.field} ` : '';
  return `${selection.text} (${field}${quantifier.kind} ${formatMatcher(quantifier.matcher)})`;
}

function stateText({ clause }: Extract<Event, { readonly kind: 'edge' }>): string {
  return clause.is?.text ?? 'there';
}

function changeText({ field, from, to, by }: Extract<Event, { readonly kind: 'changes' }>): string {
  const parts = [field];
  if (from !== undefined) parts.push(`from ${formatMatcher(from)}`);
  if (to !== undefined) parts.push(`to ${formatMatcher(to)}`);
  if (by !== undefined) parts.push(`by ${formatMatcher(by)}`);
  return parts.join(' ');
}
