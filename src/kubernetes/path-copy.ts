// Changes of immutable objects: the objects on the way to the change are copied, everything else is shared.

/** Names of members and places in lists (from 0) that lead to a value. */
export type CopyPath = readonly (string | number)[];

type Container = Readonly<Record<string, unknown>> | readonly unknown[];

/**
 * The object with another value at a path. Missing objects on the way are made; a value that is already there leaves the very
 * same object. A place at the end of a list appends. Throws a `TypeError` where the way leads through a scalar or past a list.
 */
export function setIn<T extends object>(object: T, path: CopyPath, value: unknown): T {
  return setFrom(object, path, 0, value) as T;
}

/** The object without the member (or list element) at a path; the very same object when there is none. */
export function removeIn<T extends object>(object: T, path: CopyPath): T {
  return removeFrom(object, path, 0) as T;
}

function setFrom(current: unknown, path: CopyPath, at: number, value: unknown): unknown {
  const step = path[at];
  if (step === undefined) return value;
  const container = containerAt(current, path, at);
  const before = read(container, step);
  const after = setFrom(before, path, at + 1, value);
  if (after === before && (after !== undefined || has(container, step))) return container;
  return Array.isArray(container) ? withElement(container, step as number, after) : withMember(container, step, after);
}

function removeFrom(current: unknown, path: CopyPath, at: number): unknown {
  const step = path[at];
  if (typeof current !== 'object' || current === null || step === undefined) return current;
  const container = current as Container;
  if (!has(container, step)) return current;
  if (at < path.length - 1) {
    const before = read(container, step);
    const after = removeFrom(before, path, at + 1);
    if (after === before) return current;
    return Array.isArray(container)
      ? withElement(container, step as number, after)
      : withMember(container, step, after);
  }
  if (Array.isArray(container)) return container.toSpliced(step as number, 1);
  const rest: Record<string, unknown> = { ...(container as Record<string, unknown>) };
  delete rest[String(step)];
  return rest;
}

function containerAt(current: unknown, path: CopyPath, at: number): Container {
  const wantsList = typeof path[at] === 'number';
  if (current === undefined || current === null) return wantsList ? [] : {};
  const fits = typeof current === 'object' && Array.isArray(current) === wantsList;
  if (!fits || (wantsList && (path[at] as number) > (current as readonly unknown[]).length)) {
    throw new TypeError(
      `no ${wantsList ? 'list' : 'object'} that can be changed at ${path.slice(0, at + 1).join('.')}`,
    );
  }
  return current as Container;
}

function has(container: Container, step: string | number): boolean {
  return Array.isArray(container)
    ? typeof step === 'number' && step >= 0 && step < container.length
    : Object.hasOwn(container, String(step));
}

function read(container: Container, step: string | number): unknown {
  return has(container, step) ? (container as Record<string | number, unknown>)[step] : undefined;
}

function withElement(list: readonly unknown[], place: number, value: unknown): readonly unknown[] {
  const copy = [...list];
  copy[place] = value;
  return copy;
}

function withMember(container: Container, name: string | number, value: unknown): Container {
  // `__proto__` as a computed member of a literal is an own member, not a change of the prototype.
  return { ...(container as Record<string, unknown>), [name]: value };
}
