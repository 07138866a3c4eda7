// What of an answer can be compared between two clusters: everything but identities, versions, times, owners of fields, drawn
// names and addresses, and in Tables the rows of objects that the one cluster has and the other has not.

import { normalise } from './normalise-answer.ts';

type Members = Readonly<Record<string, unknown>>;

/** The body in a form that two clusters can share. */
export function comparable(body: unknown): unknown {
  if (typeof body === 'string' && body.startsWith('{'))
    return body
      .trim()
      .split('\n')
      .map((line) => comparable(JSON.parse(line)));
  if (isMembers(body) && body['kind'] === 'Table') return comparableTable(body);
  return visit(normalise(body));
}

/** Moments and addresses, by the members that hold them. */
const drawn: readonly string[] = [
  'lastTransitionTime',
  'startedAt',
  'startTime',
  'containerID',
  'imageID',
  'hostIP',
  'podIP',
  'ip',
  'addresses',
  'serverAddress',
  'endpoints.kubernetes.io/last-change-trigger-time',
];

function visit(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/(too old resource version: \d+) \(\d+\)/, '$1 (N)');
  if (Array.isArray(value)) return value.map(visit);
  if (!isMembers(value)) return value;
  const { generateName } = value;
  const generated =
    typeof generateName === 'string' && new RegExp(`^${generateName}[a-z0-9]{5}$`).test(String(value['name']));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const hidden = drawn.includes(name) || (name === 'name' && generated);
      if (name === 'endpoints' && Array.isArray(inner)) return [name, byPod(inner.map(visit))];
      return [name, hidden ? '*' : visit(inner)];
    }),
  );
}

/** Endpoints stand in the order in which their pods got ready, which is chance between pods that start together (EPS-09). */
function byPod(endpoints: readonly unknown[]): readonly unknown[] {
  const nameOf = (endpoint: unknown): string => {
    const target = isMembers(endpoint) ? endpoint['targetRef'] : undefined;
    return String(isMembers(target) ? target['name'] : '');
  };
  return endpoints.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

interface Table {
  readonly metadata: Members;
  readonly columnDefinitions: readonly Members[];
  readonly rows: readonly { readonly cells: readonly unknown[]; readonly object: Members }[];
}

function comparableTable(body: Members): unknown {
  const { metadata, columnDefinitions, rows } = body as unknown as Table;
  return {
    metadata: Object.keys(metadata),
    columns: columnDefinitions.map(({ description: _description, ...column }) => column),
    rows: rows.map(({ cells, object }) => ({
      cells: cells.map(comparableCell),
      object: [object['kind'], object['apiVersion']],
    })),
  };
}

function comparableCell(cell: unknown): unknown {
  if (typeof cell !== 'string') return cell;
  return cell
    .replace(/^\d+[smhd](\d+[smh])?$/, 'AGE')
    .replaceAll(/\b10\.\d+\.\d+\.\d+\b/g, 'IP')
    .replaceAll(/\b172\.\d+\.\d+\.\d+\b/g, 'IP')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID')
    .replace(/^(nginx|np)-[a-z0-9]{5}$/, '$1-*')
    .replace(/^cm-[a-z0-9]{5}$/, 'cm-*')
    .replace(/\.[0-9a-f]{16}$/, '.NANOS');
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
