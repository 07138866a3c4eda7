// Reads a learner's list of kubectl command lines: each becomes steps of a scenario, or a message at its line.

import { closest } from '../../../kubernetes/did-you-mean.ts';
import { commandWords } from '../../../kubernetes/kubectl/command-words.ts';
import { escapeDollars } from '../../../scenario/exercise/compose-scenario.ts';
import { locate } from '../../../scenario/located.ts';
import { annotate, label, ofNodes, patch, scale, set } from './change-verbs.ts';
import { commandLines } from './command-lines.ts';
import { remove } from './delete.ts';
import { sends } from './manifest-files.ts';
import { rollout } from './rollout.ts';
import { refuse } from './translated.ts';
import { wait } from './wait.ts';
import type { Json } from '../../../kubernetes/object.ts';
import type { AnswerStep } from '../../../scenario/exercise/compose-scenario.ts';
import type { Span } from '../../../scenario/model.ts';
import type { AnswerProblem } from '../exercise.ts';
import type { CommandLine } from './command-lines.ts';
import type { CommandContext, StepDraft, Translated, Translator } from './translated.ts';

/** A command line that was understood. */
export interface ReadCommandLine {
  readonly command: string;
  readonly line: number;
  /** How its answers are shown; absent: it waits, or only looks. */
  readonly shows?: Extract<Translated, { steps: unknown }>['shows'];
  /** It only looks, and was not run. */
  readonly reads: boolean;
  /** Its steps are `steps[from]` up to, without, `steps[to]`. */
  readonly from: number;
  readonly to: number;
}

/** A command list, read. */
export interface CommandList {
  readonly lines: readonly ReadCommandLine[];
  readonly steps: readonly AnswerStep[];
  readonly problems: readonly AnswerProblem[];
}

/** What is read, and what may stand in it. */
export interface CommandListInput {
  readonly file: string;
  readonly text: string;
  /** Subcommands that the exercise allows. */
  readonly allowed: readonly string[];
  readonly manifests: readonly string[];
  readonly pathOf: (path: string) => string;
}

const reads: ReadonlySet<string> = new Set(['get', 'describe', 'logs', 'top', 'events', 'explain', 'version', 'diff']);
/** More lines than this are no answer. */
const linesMax = 200;

const translators: Readonly<Record<string, Translator>> = {
  scale,
  set,
  patch,
  label,
  annotate,
  rollout,
  delete: remove,
  apply: sends('apply'),
  create: sends('create'),
  cordon: ofNodes('cordon'),
  uncordon: ofNodes('uncordon'),
  drain: ofNodes('drain'),
  wait,
};

/** Reads all lines; those that cannot be used are problems. */
export function readCommandList(input: CommandListInput): CommandList {
  const steps: AnswerStep[] = [];
  const lines: ReadCommandLine[] = [];
  const problems: AnswerProblem[] = [];
  const found = commandLines(input.text);
  const tell = ({ line }: { readonly line: number }, message: string, hint?: string): void => {
    const more = hint === undefined ? {} : { hint };
    problems.push({ file: input.file, line, column: 1, severity: 'error', message, ...more });
  };
  if (found.length > linesMax) {
    tell(found[linesMax]!, `${found.length} commands: more than ${linesMax} are no answer`);
    return { lines, steps, problems };
  }
  for (const line of found) {
    const read = translate(line, input);
    if (!read.ok) {
      // The reader of flags speaks of what can be shown, which is its other use.
      tell(line, read.message.replace(/cannot be shown$/, 'is not known here'), read.hint);
      continue;
    }
    const from = steps.length;
    if ('steps' in read) steps.push(...read.steps);
    const shows = 'steps' in read && read.shows !== undefined ? { shows: read.shows } : {};
    lines.push({ command: line.text, line: line.line, ...shows, reads: 'reads' in read, from, to: steps.length });
  }
  return { lines, steps, problems };
}

function translate(line: CommandLine, input: CommandListInput): Translated {
  const split = commandWords(line.text);
  if (!split.ok) return refuse(`${split.message}; a command list holds plain kubectl lines`);
  const [program = '', ...rest] = split.words;
  if (program !== 'kubectl') return refuse(`\`${shorten(program)}\` is not kubectl; each line begins with \`kubectl\``);
  const [verb = '', ...words] = rest;
  if (reads.has(verb)) return { ok: true, reads: true };
  const { allowed } = input;
  const known = allowed.includes(verb) && Object.hasOwn(translators, verb) ? translators[verb] : undefined;
  if (known !== undefined) return known(words, contextOf(line, input));
  // Waiting changes nothing, so it is always allowed.
  if (verb === 'wait') return wait(words, contextOf(line, input));
  if (verb === 'rollout' && words[0] === 'status') return rollout(words, contextOf(line, input));
  return notAllowed(verb, allowed);
}

function notAllowed(verb: string, allowed: readonly string[]): Translated {
  const hint = `allowed here: ${allowed.map((one) => `kubectl ${one}`).join(', ')}`;
  if (verb === '') return refuse('the line names no subcommand of kubectl', hint);
  if (verb === 'edit') return refuse('`kubectl edit` opens an editor; say the change in a line', hint);
  const near = closest(verb, allowed);
  const meant = near === undefined ? '' : `; did you mean \`${near}\`?`;
  return refuse(`\`kubectl ${shorten(verb)}\` is not allowed in this exercise${meant}`, hint);
}

function shorten(word: string): string {
  return word.length > 40 ? `${word.slice(0, 39)}…` : word;
}

function contextOf(line: CommandLine, { file, manifests, pathOf }: CommandListInput): CommandContext {
  const span: Span = { file, line: line.line, column: 1, start: line.start, end: line.end };
  return {
    manifests,
    pathOf,
    step: ({ verb, expect, ...facts }: StepDraft): AnswerStep => ({
      name: line.text,
      ...facts,
      ...(verb === undefined
        ? {}
        : { verb: { name: verb.name, argument: locate(escaped(verb.argument as Json), span) } }),
      ...(expect === undefined ? {} : { expect: locate(escaped(expect as Json), span) }),
    }),
  };
}

/** Dollar signs of learners are dollar signs. */
function escaped(value: Json): Json {
  if (typeof value === 'string') return escapeDollars(value);
  if (Array.isArray(value)) return value.map((item: Json) => escaped(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [escapeDollars(key), escaped(member ?? null)]),
  );
}
