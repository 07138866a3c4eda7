// Which commands of a lesson run: kubectl's, with arguments that stay inside the lesson. No shell ever sees a line.

import { readShellLine } from '../../markdown/shell-words.ts';
import { readArguments } from './read-arguments.ts';
import { readFilter } from './read-filter.ts';
import { readVerb } from './verbs.ts';
import type { KubectlArguments } from './read-arguments.ts';
import type { Admission, Invocation, OutputFilter, Temper } from './invocation.ts';

/** Reads a command line of a lesson. `-f` paths are only taken apart here; whether the lesson has such files is for others to say. */
export function admitCommand(text: string): Admission {
  const { pipeline, target, needsShell } = readShellLine(text);
  const commands = pipeline.map(withoutSudo);
  const program = commands[0]?.[0] ?? '';
  // `cat <<EOF | kubectl apply -f -` is the same as a heredoc of kubectl's own.
  if (program === 'cat' && commands[0]?.length === 1 && commands[1]?.[0] === 'kubectl') commands.shift();
  else if (program !== 'kubectl') return refuse(reasonOfProgram(program, text));
  if (needsShell !== undefined) return refuse(`only a shell could run it: it has ${needsShell}`);
  if (target !== undefined) return refuse(`it writes to a file of this machine, \`${target}\``);
  const filters: OutputFilter[] = [];
  for (const words of commands.slice(1)) {
    const filter = readFilter(words);
    if (filter === undefined) return refuse(`its output goes to another program, \`${words.join(' ')}\``);
    filters.push(filter);
  }
  const given = readArguments(commands[0]!.slice(1));
  return typeof given === 'string' ? refuse(given) : admitArguments(given, filters);
}

function withoutSudo(words: readonly string[]): readonly string[] {
  return words[0] === 'sudo' ? words.slice(1) : words;
}

function reasonOfProgram(program: string, text: string): string {
  if (/^[A-Z_][A-Z0-9_]*=/.test(program)) return `it sets a variable of the shell, \`${program}\``;
  if (/^(?:for|while|until|if|case)$/.test(program)) return `only a shell could run it: it begins with \`${program}\``;
  if (program === 'watch' && /\bkubectl\b/.test(text))
    return '`watch` is another program; `kubectl get -w` can be checked';
  return `\`${program}\` is a command of a host`;
}

function admitArguments(given: KubectlArguments, filters: readonly OutputFilter[]): Admission {
  const { words, flags, files, inner } = given;
  const read = readVerb(words);
  if (read.kind === 'refused') return refuse(read.reason);
  const { verb } = read;
  const reason = reasonAgainst(verb, given);
  if (reason !== undefined) return refuse(reason);
  // A recursive search of a folder is one thing, the recursion of `explain` another.
  const texts = [...flags].flatMap(([name, values]) =>
    isOfTerminal(name, verb) ? [] : values.map((value) => `--${name}${value === '' ? '' : `=${value}`}`),
  );
  const invocation: Invocation = { verb, words, flags: texts, inner, files, filters };
  return { kind: 'admitted', invocation, temper: temperOf(read.temper, given) };
}

/** Nobody sits at a terminal: what a command is to run in a container is run without one. */
function isOfTerminal(name: string, verb: string): boolean {
  return verb === 'exec' && (name === 'stdin' || name === 'tty');
}

function reasonAgainst(verb: string, { words, flags, files, inner }: KubectlArguments): string | undefined {
  if (verb !== 'explain' && flags.has('recursive')) return '--recursive reads folders of this machine';
  if (verb === 'exec' && isShellAlone(inner.length > 0 ? inner : words.slice(2))) {
    return 'a shell in a container waits for somebody to type';
  }
  if (verb === 'run' && isAttached([...flags.keys()])) {
    const command = inner.length > 0 ? inner : words.slice(2);
    if (command.length === 0 || isShellAlone(command)) return 'a shell in a new pod waits for somebody to type';
  }
  if (verb === 'logs' && flags.has('follow')) return 'it follows a log without an end';
  const remote = files.find((file) => /^[a-z][a-z0-9+.-]*:\/\//i.test(file));
  return remote === undefined ? undefined : `\`${remote}\` is elsewhere; nothing is fetched`;
}

/** Whether a new pod is shown at a terminal until it ends. */
export function isAttached(flags: readonly string[]): boolean {
  return flags.some((flag) => /^(?:--)?(?:stdin|tty|attach|rm)\b/.test(flag));
}

function isShellAlone(words: readonly string[]): boolean {
  return words.length === 1 && /^(?:.*\/)?(?:sh|bash|ash|zsh|mongo|mongosh|mysql|psql|redis-cli)$/.test(words[0]!);
}

function temperOf(temper: Temper, { flags }: KubectlArguments): Temper {
  const value = flags.get('watch')?.at(-1);
  const watching = (value !== undefined && value !== 'false') || flags.has('watch-only');
  const dry = flags.get('dry-run')?.at(-1) ?? 'none';
  return { ...temper, watching: watching && !temper.waiting, changing: temper.changing && dry === 'none' };
}

function refuse(reason: string): Admission {
  return { kind: 'refused', reason };
}
