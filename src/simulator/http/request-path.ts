// From the path of a URL to the resource that it names.

/** Where a path leads: to a resource, or to something else that may be served there. */
export type RequestPath =
  | {
      readonly kind: 'resource';
      readonly group: string;
      readonly version: string;
      readonly resource: string;
      readonly namespace?: string;
      readonly name?: string;
      /** All that follows the name: `status`, `log`, `proxy/a/b`. */
      readonly subresource?: string;
    }
  | { readonly kind: 'other'; readonly path: string };

/** Subresources of a namespace itself; anything else after its name is a resource in it. */
const ofNamespaces: readonly string[] = ['status', 'finalize'];

/** Reads a path; undefined when it cannot be decoded. */
export function readPath(path: string): RequestPath | undefined {
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  const decoded: string[] = [];
  for (const part of parts) {
    const text = decodePart(part);
    if (text === undefined) return undefined;
    decoded.push(text);
  }
  const other: RequestPath = { kind: 'other', path: `/${decoded.join('/')}` };
  // Nothing is named by an empty part, and no object by one that leads elsewhere.
  if (decoded.some((part) => part === '' || part === '.' || part === '..' || part.includes('/'))) return other;
  if (decoded[0] === 'api' && decoded.length > 2) return locate({ group: '', version: decoded[1]! }, decoded.slice(2));
  if (decoded[0] === 'apis' && decoded.length > 3) {
    return locate({ group: decoded[1]!, version: decoded[2]! }, decoded.slice(3));
  }
  return other;
}

function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

function locate(at: GroupVersion, parts: readonly string[]): RequestPath {
  const [first = '', namespace, resource] = parts;
  const within = first === 'namespaces' && resource !== undefined && !ofNamespaces.includes(resource);
  const [plural = '', name, ...rest] = within ? parts.slice(2) : parts;
  return {
    kind: 'resource',
    ...at,
    resource: plural,
    ...(within && namespace !== undefined ? { namespace } : {}),
    ...(name === undefined ? {} : { name }),
    ...(rest.length === 0 ? {} : { subresource: rest.join('/') }),
  };
}
