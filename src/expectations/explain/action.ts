// An action in words, for the first row of a history.

import type { Action, ManifestSource } from '../../scenario/model.ts';

/** `scale statefulset/web to 5`, `apply web.yaml`. */
export function describeAction(action: Action): string {
  return `${action.verb} ${detailsOf(action)}`;
}

function detailsOf(action: Action): string {
  if ('sources' in action) return action.sources.map(sourceName).join(', ');
  if (action.verb === 'resolve') return `${action.name} ${action.type}`;
  if (action.verb === 'advance') return `${action.ms} ms`;
  const { text } = action.target;
  if (action.verb === 'scale') return `${text} to ${action.to}`;
  if (action.verb === 'fail') return `${text} ${action.how}`;
  if (action.verb === 'exec') return `${text} ${action.command.join(' ')}`;
  if (action.verb !== 'setImage') return text;
  const images = Object.entries(action.containers).map(([container, image]) => `${container}=${image}`);
  return `${text} ${images.join(' ')}`;
}

function sourceName(source: ManifestSource): string {
  if (source.kind === 'file') return source.path;
  const { kind, metadata } = source.object;
  const name = (metadata as { readonly name?: unknown } | undefined)?.name;
  return `${typeof kind === 'string' ? kind.toLowerCase() : 'object'}/${typeof name === 'string' ? name : '?'}`;
}
