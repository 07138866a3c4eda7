// Which kinds the server serves, and under which names: asked once for the kinds that we know, and later for those of definitions.

import { kinds } from '../../kubernetes/kinds.ts';
import { refusalError } from './refusal-error.ts';
import type { Kind, KindKey } from '../../kubernetes/kind.ts';
import type { Connection } from './connection.ts';

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
}

/** Knows the kinds of one server. */
export class Discovery {
  readonly #connection: Connection;
  readonly #builtIn = new Map<KindKey, Kind>();
  readonly #custom = new Map<KindKey, Kind>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Those of the kinds that we know which can be watched. */
  get watchable(): readonly Kind[] {
    return [...this.#builtIn.values()];
  }

  /** Finds out which of the kinds that we know are served. */
  async start(): Promise<void> {
    const groups = new Map(kinds.map((kind) => [`${kind.group}/${kind.version}`, kind]));
    const found = await Promise.all([...groups.values()].map(async (kind) => this.#resources(kind)));
    const served = new Set(
      found.flatMap(({ of, resources }) =>
        resources.filter(isWatchable).map(({ name }) => `${of.group}/${of.version}/${name}`),
      ),
    );
    for (const kind of kinds) {
      if (served.has(`${kind.group}/${kind.version}/${kind.plural}`)) this.#builtIn.set(kind.key, kind);
    }
  }

  /** A kind that definitions brought, once it was looked for. */
  custom(key: KindKey): Kind | undefined {
    return this.#custom.get(key);
  }

  /** Looks for a kind that we do not know; undefined when it is not served (yet). */
  async find(key: KindKey, version?: string): Promise<Kind | undefined> {
    const known = this.#builtIn.get(key) ?? this.#custom.get(key);
    if (known !== undefined) return known;
    const dot = key.indexOf('.');
    if (dot < 0) return undefined;
    const group = key.slice(dot + 1);
    const served = version ?? (await this.#preferredVersion(group));
    if (served === undefined) return undefined;
    const { resources } = await this.#resources({ group, version: served });
    const found = resources.find(({ name, kind }) => !name.includes('/') && kind.toLowerCase() === key.slice(0, dot));
    if (found === undefined || !isWatchable(found)) return undefined;
    const { kind, name: plural, namespaced, shortNames = [] } = found;
    const custom: Kind = { key, group, version: served, kind, plural, shortNames, namespaced };
    this.#custom.set(key, custom);
    return custom;
  }

  async #preferredVersion(group: string): Promise<string | undefined> {
    const { code, body } = await this.#connection.request({
      method: 'GET',
      path: `/apis/${encodeURIComponent(group)}`,
    });
    if (code !== 200) return undefined;
    return (body as { readonly preferredVersion?: { readonly version?: string } }).preferredVersion?.version;
  }

  async #resources(
    of: Pick<Kind, 'group' | 'version'>,
  ): Promise<{ readonly of: Pick<Kind, 'group' | 'version'>; readonly resources: readonly ApiResource[] }> {
    const path =
      of.group === ''
        ? `/api/${of.version}`
        : `/apis/${encodeURIComponent(of.group)}/${encodeURIComponent(of.version)}`;
    const { code, body } = await this.#connection.request({ method: 'GET', path });
    if (code === 404) return { of, resources: [] };
    if (code !== 200) throw refusalError({ code, body }, `read ${path}`);
    return { of, resources: (body as unknown as { readonly resources?: readonly ApiResource[] }).resources ?? [] };
  }
}

function isWatchable({ verbs }: ApiResource): boolean {
  return verbs.includes('list') && verbs.includes('watch');
}
