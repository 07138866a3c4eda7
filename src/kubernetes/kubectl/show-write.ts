// What kubectl says after a request that changes something: what became of each object, or the server's refusal.

import { kindOfWord } from '../kinds.ts';
import type { WriteRequest, WriteVerb } from './request.ts';

/** An answer to a write. */
export interface WriteAnswer {
  /** `statefulset/web`. */
  readonly target: string;
  /** HTTP status code; 0 where kubectl itself refused. */
  readonly code: number;
  readonly refused: boolean;
  readonly reason?: string;
  readonly message?: string;
  readonly causes?: readonly { readonly field?: string; readonly message?: string }[];
  /** The request left the object as it was. */
  readonly unchanged: boolean;
  readonly warnings: readonly string[];
}

const done: Readonly<Record<WriteVerb, string>> = {
  apply: 'configured',
  create: 'created',
  replace: 'replaced',
  patch: 'patched',
  scale: 'scaled',
  'set image': 'image updated',
  delete: 'deleted',
  label: 'labeled',
  annotate: 'annotated',
  'rollout undo': 'rolled back',
  'rollout restart': 'restarted',
  cordon: 'cordoned',
  uncordon: 'uncordoned',
};

/** The lines for the answers of a step. */
export function showWrite(request: WriteRequest, answers: readonly WriteAnswer[]): string {
  return answers
    .flatMap((answer) => linesOf(request, answer))
    .map((line) => `${line}\n`)
    .join('');
}

function linesOf(request: WriteRequest, answer: WriteAnswer): readonly string[] {
  const warnings = answer.warnings.map((warning) => `Warning: ${warning}`);
  if (answer.refused) return [...warnings, ...refusalLines(answer)];
  const { shown, name } = namesOf(answer.target);
  if (request.verb === 'delete') {
    return [...warnings, `${shown} "${name}" ${request.force ? 'force deleted' : 'deleted'}`];
  }
  return [...warnings, `${shown}/${name} ${wordOf(request, answer)}`];
}

function wordOf({ verb, serverSide }: WriteRequest, { code, unchanged }: WriteAnswer): string {
  if (verb === 'apply' && serverSide) return 'serverside-applied';
  if (verb === 'apply' && code === 201) return 'created';
  if (verb === 'apply' && unchanged) return 'unchanged';
  if (verb === 'patch' && unchanged) return 'patched (no change)';
  if (verb === 'rollout undo' && unchanged) return 'skipped rollback (current template already matches revision)';
  return done[verb];
}

/** `statefulset.apps` and `web`. */
function namesOf(target: string): { readonly shown: string; readonly name: string } {
  const slash = target.indexOf('/');
  const word = target.slice(0, slash);
  const kind = kindOfWord(word);
  const group = kind === undefined || kind.group === '' ? '' : `.${kind.group}`;
  return { shown: kind === undefined ? word : `${kind.kind.toLowerCase()}${group}`, name: target.slice(slash + 1) };
}

/** kubectl's words for a refusal (cmdutil.StandardErrorMessage): an invalid object is told field by field. */
function refusalLines({ target, code, reason = '', message = '', causes = [] }: WriteAnswer): readonly string[] {
  if (code === 0) return [`error: ${message}`];
  if (reason === 'Invalid') {
    const { name } = namesOf(target);
    const kind = kindOfWord(target.slice(0, target.indexOf('/')))?.kind ?? target.slice(0, target.indexOf('/'));
    const begin = `The ${kind} "${name}" is invalid:`;
    const told = causes.map(({ field = '', message: text = '' }) => `${field}: ${text}`);
    if (told.length === 0) return [message];
    return told.length === 1 ? [`${begin} ${told[0] ?? ''}`] : [`${begin} `, ...told.map((text) => `* ${text}`)];
  }
  return [`Error from server${reason === '' ? '' : ` (${reason})`}: ${message}`];
}
