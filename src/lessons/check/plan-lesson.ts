// What is to be done for each part of a lesson, before anything runs: a command looks ahead to the watches that stand behind it.

import { admitCommand } from './admit/admit-command.ts';
import { documentsOf } from './manifest-facts.ts';
import { fileFor, isManifestName } from './lesson-files.ts';
import type { CommandItem, FileItem, Lesson, LessonItem, OtherItem } from '../markdown/lesson.ts';
import type { Invocation, Temper } from './admit/invocation.ts';
import type { GivenFile } from './executor.ts';

/** What is done for a part. */
export type LessonStep =
  | RunStep
  /** A file that is applied where it stands (`command` is ours), or waits for the commands that name it. */
  | { readonly kind: 'file'; readonly item: FileItem; readonly apply: RunStep | undefined }
  | { readonly kind: 'leave'; readonly item: CommandItem | OtherItem; readonly reason: string };

/** A command that runs. */
export interface RunStep {
  readonly kind: 'run';
  readonly item: CommandItem;
  readonly invocation: Invocation;
  readonly temper: Temper;
  readonly files: readonly GivenFile[];
  /** Where the content of its files stands in the lesson. */
  readonly sources: readonly FileItem[];
}

/** Plans a lesson: one step for each item, in order. */
export function planLesson({ items }: Lesson): readonly LessonStep[] {
  const commands = items.map((item, at) => (item.kind === 'command' ? planCommand(item, items, at) : undefined));
  return items.map((item, at): LessonStep => {
    if (item.kind === 'other') return { kind: 'leave', item, reason: item.reason };
    if (item.kind === 'command') return commands[at]!;
    const named = commands.some((step) => step?.kind === 'run' && step.sources.includes(item));
    const first = commands.slice(at + 1).find((step) => step?.kind === 'run');
    // A file that the next command names is for that one; one that is not named at all, or much later, is applied at once.
    const apply = named && (item.name !== undefined || (first?.kind === 'run' && first.sources.includes(item)));
    return { kind: 'file', item, apply: apply ? undefined : applyStep(item) };
  });
}

function planCommand(item: CommandItem, items: readonly LessonItem[], at: number): LessonStep {
  const admission = admitCommand(item.text);
  if (admission.kind === 'refused') return { kind: 'leave', item, reason: admission.reason };
  const { invocation, temper } = admission;
  const files: GivenFile[] = [];
  const sources: FileItem[] = [];
  for (const path of invocation.files) {
    if (path === '-') {
      if (item.input === undefined)
        return { kind: 'leave', item, reason: 'it reads what is typed, and the lesson shows nothing' };
      files.push({ name: 'STDIN', content: item.input });
      continue;
    }
    const source = fileFor(path, items, at);
    if (source === undefined) {
      const what = isManifestName(path) ? 'no block of the lesson is that file' : 'that is no file of the lesson';
      return { kind: 'leave', item, reason: `it reads \`${path}\`: ${what}` };
    }
    files.push({ name: path, content: source.content });
    sources.push(source);
  }
  return { kind: 'run', item, invocation, temper, files, sources };
}

function applyStep(item: FileItem): RunStep | undefined {
  if (documentsOf(item.content).length === 0) return undefined;
  const name = item.name ?? `lines-${item.lines.first}-${item.lines.last}.yaml`;
  const text = `kubectl apply -f ${name}`;
  const command: CommandItem = { kind: 'command', text, lines: item.lines };
  const invocation: Invocation = { verb: 'apply', words: ['apply'], flags: [], inner: [], files: [name], filters: [] };
  const temper: Temper = { watching: false, waiting: false, changing: true };
  return { kind: 'run', item: command, invocation, temper, files: [{ name, content: item.content }], sources: [item] };
}

/** Whether a command waits for what the one before it began, so that time must not pass in between. */
export function isAwaiting(step: LessonStep | undefined): boolean {
  return step?.kind === 'run' && step.temper.waiting && !step.temper.changing && step.invocation.verb !== 'logs';
}
