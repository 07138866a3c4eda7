// kubectl's JSON path templates, as far as lessons use them: members, indexes, `[*]`, filters for equality, `range`, texts.

/** A template that was read. */
export type JsonPathTemplate = readonly JsonPathNode[];

type JsonPathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly steps: readonly PathStep[] }
  | { readonly kind: 'range'; readonly steps: readonly PathStep[]; readonly body: JsonPathTemplate };

type PathStep =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'every' }
  | { readonly kind: 'filter'; readonly member: string; readonly equal: boolean; readonly value: string };

const step =
  /\.?\[(?:(-?\d+)|(\*)|'([^']*)'|"([^"]*)"|\?\(@\.([\w.-]+)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))\))\]|\.((?:[\w/-]|\\.)+)|\.(\*)/y;

/** Reads a template; undefined for one that is wrong or asks for more than is known here. */
export function parseJsonPath(template: string): JsonPathTemplate | undefined {
  const roots: JsonPathNode[] = [];
  const open: { readonly steps: readonly PathStep[]; readonly body: JsonPathNode[] }[] = [];
  const add = (node: JsonPathNode): void => void (open.at(-1)?.body ?? roots).push(node);
  for (const [all, inside] of template.matchAll(
    /\{((?:[^{}"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*)\}|[^{}]+|[{}]/gu,
  )) {
    if (inside === undefined) {
      if (all === '{' || all === '}') return undefined;
      add({ kind: 'text', text: all });
    } else if (inside.trim() === 'end') {
      const closed = open.pop();
      if (closed === undefined) return undefined;
      add({ kind: 'range', steps: closed.steps, body: closed.body });
    } else {
      const range = /^\s*range\s+(.*)$/su.exec(inside)?.[1];
      const nodes = parseInside(range ?? inside);
      if (nodes === undefined) return undefined;
      const [first] = nodes;
      if (range === undefined) for (const node of nodes) add(node);
      else if (first?.kind === 'path' && nodes.length === 1) open.push({ steps: first.steps, body: [] });
      else return undefined;
    }
  }
  return open.length === 0 ? roots : undefined;
}

/** What stands between braces: texts and paths one after another. */
function parseInside(inside: string): readonly JsonPathNode[] | undefined {
  const nodes: JsonPathNode[] = [];
  for (const part of inside.trim().match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?:[^\s"'[]|\[[^\]]*\])+/gu) ?? []) {
    if (part.startsWith('"') || part.startsWith("'")) nodes.push({ kind: 'text', text: unescape(part.slice(1, -1)) });
    else {
      const steps = parseSteps(part.replace(/^[$@]/u, ''));
      if (steps === undefined) return undefined;
      nodes.push({ kind: 'path', steps });
    }
  }
  return nodes;
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/gu, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter);
}

function parseSteps(path: string): readonly PathStep[] | undefined {
  const steps: PathStep[] = [];
  if (path === '' || path === '.') return steps;
  for (step.lastIndex = 0; step.lastIndex < path.length;) {
    const found = step.exec(path);
    if (found === null) return undefined;
    const [, index, every, single, double, member, operator, text, quoted, bare, name, star] = found;
    if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (every !== undefined || star !== undefined) steps.push({ kind: 'every' });
    else if (member !== undefined) {
      steps.push({ kind: 'filter', member, equal: operator === '==', value: text ?? quoted ?? bare ?? '' });
    } else steps.push({ kind: 'member', name: single ?? double ?? (name ?? '').replaceAll(/\\(.)/gu, '$1') });
  }
  return steps;
}

/** The text of a template for an object. Several values of one path stand one blank apart. */
export function runJsonPath(template: JsonPathTemplate, root: unknown): string {
  return template
    .map((node) => {
      if (node.kind === 'text') return node.text;
      const values = follow(node.steps, root);
      if (node.kind === 'path') return values.map(shownValue).join(' ');
      return values.map((value) => runJsonPath(node.body, value)).join('');
    })
    .join('');
}

/** The values of a template that is one path. */
export function valuesOf(template: JsonPathTemplate, root: unknown): readonly unknown[] {
  return template.flatMap((node) => (node.kind === 'path' ? follow(node.steps, root) : []));
}

function follow(steps: readonly PathStep[], root: unknown): readonly unknown[] {
  let values: readonly unknown[] = [root];
  for (const one of steps) values = values.flatMap((value) => takeStep(one, value));
  return values;
}

function takeStep(one: PathStep, value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (one.kind === 'member') {
    const member = Object.hasOwn(value, one.name) ? (value as Record<string, unknown>)[one.name] : undefined;
    return member === undefined ? [] : [member];
  }
  if (one.kind === 'every') return Array.isArray(value) ? value : Object.values(value);
  if (!Array.isArray(value)) return [];
  if (one.kind === 'index') return value.slice(one.index, one.index === -1 ? undefined : one.index + 1);
  return value.filter((item) => {
    const found = follow(
      one.member.split('.').map((name) => ({ kind: 'member', name })),
      item,
    )[0];
    return (found !== undefined && shownValue(found) === one.value) === one.equal;
  });
}

/** A value as kubectl prints it: text bare, the rest as JSON. */
export function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
