// An action of a scenario in kubectl's words.

import { kindOfKey } from '../../kubernetes/kinds.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { Action, Selection } from '../../scenario/model.ts';

/** What a reader types: commands (without `kubectl`), or nothing where the step only looks; or why it cannot be typed. */
export type Said =
  | { readonly kind: 'said'; readonly commands: readonly string[] }
  | { readonly kind: 'looks' }
  | { readonly kind: 'unsayable'; readonly reason: string };

/** What an action does not say by itself. */
export interface SayContext {
  /** Names that a selection stood for when the step ran. */
  names(selection: Selection): readonly string[];
  /** Files that `apply`, `create` and `replace` send, by the names that the lesson gives them. */
  readonly files: readonly string[];
}

type ActionOf<Verb extends Action['verb']> = Extract<Action, { readonly verb: Verb }>;

/** Says an action. */
export function sayAction(action: Action, context: SayContext): Said {
  switch (action.verb) {
    case 'apply':
    case 'create':
    case 'replace':
      return said([`${action.verb} ${context.files.map((file) => `-f ${file}`).join(' ')}`]);
    case 'patch':
      return said([sayPatch(action, context)]);
    case 'scale':
      return said([`scale ${targetOf(action.target, context)} --replicas=${action.to}`]);
    case 'setImage': {
      const images = Object.entries(action.containers).map(([container, image]) => quote(`${container}=${image}`));
      return said([`set image ${targetOf(action.target, context)} ${images.join(' ')}`]);
    }
    case 'rollout':
      return said([sayRollout(action, context)]);
    case 'delete':
      return sayDelete(action, context);
    case 'label':
    case 'annotate': {
      const set = Object.entries(action.set).map(([name, value]) => quote(`${name}=${value}`));
      const words = [...set, ...action.remove.map((name) => `${name}-`)].join(' ');
      return said([`${action.verb} ${targetOf(action.target, context)} ${words} --overwrite`]);
    }
    case 'cordon':
    case 'uncordon':
      return said([`${action.verb} ${context.names(action.target).join(' ')}`]);
    case 'drain': {
      const flags = '--ignore-daemonsets --delete-emptydir-data --force';
      return said(context.names(action.target).map((name) => `drain ${name} ${flags}`));
    }
    case 'get':
      if (action.subresource !== undefined) return { kind: 'unsayable', reason: `get of \`${action.subresource}\`` };
      return said([`get ${action.list ? wordOf(action.target.of) : targetOf(action.target, context)}`]);
    case 'exec':
      return said(context.names(action.target).map((name) => sayExec(action, name)));
    case 'resolve':
      return { kind: 'looks' };
    case 'evict':
    case 'fail':
    case 'recover':
    case 'advance':
    default:
      return { kind: 'unsayable', reason: `\`${action.verb}\` is done to a cluster, not by kubectl` };
  }
}

function said(commands: readonly string[]): Said {
  return { kind: 'said', commands };
}

function sayPatch({ target, type, body, subresource }: ActionOf<'patch'>, context: SayContext): string {
  const flags = [`--type=${type}`, ...(subresource === undefined ? [] : [`--subresource=${subresource}`])];
  return `patch ${targetOf(target, context)} ${flags.join(' ')} -p ${quote(JSON.stringify(body))}`;
}

function sayRollout({ target, undo, restart }: ActionOf<'rollout'>, context: SayContext): string {
  const whom = targetOf(target, context);
  if (restart === true) return `rollout restart ${whom}`;
  return `rollout undo ${whom}${undo?.toRevision === undefined ? '' : ` --to-revision=${undo.toRevision}`}`;
}

function sayDelete(action: ActionOf<'delete'>, context: SayContext): Said {
  const { target, propagation, graceSeconds, preconditions } = action;
  if (preconditions !== undefined) return { kind: 'unsayable', reason: 'a deletion with preconditions' };
  const flags = [
    ...(propagation === undefined ? [] : [`--cascade=${propagation}`]),
    ...(graceSeconds === undefined ? [] : [`--grace-period=${graceSeconds}`]),
    ...(graceSeconds === 0 ? ['--force'] : []),
  ];
  return said([['delete', targetOf(target, context), ...flags].join(' ')]);
}

function sayExec({ container, command }: ActionOf<'exec'>, name: string): string {
  const inside = container === undefined ? '' : ` -c ${container}`;
  return `exec ${name}${inside} -- ${command.map(quote).join(' ')}`;
}

function targetOf(selection: Selection, context: SayContext): string {
  return `${wordOf(selection.of)} ${context.names(selection).join(' ')}`;
}

/** A kind as it is typed: `statefulset`; with its group where it is not one of Kubernetes' own. */
export function wordOf(key: KindKey): string {
  return kindOfKey(key) === undefined ? key : key.split('.')[0]!;
}

/** A word that a shell leaves as it is. */
function quote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
