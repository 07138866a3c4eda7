// What of an answer can be compared between two runs: everything but identities, versions, times, owners of fields, random
// names and addresses, and what controllers write into a status.

type Members = Readonly<Record<string, unknown>>;

const random = ['uid', 'resourceVersion', 'creationTimestamp', 'deletionTimestamp', 'managedFields', 'continue'];
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The body with everything that differs by nature replaced or left out. */
export function normalise(body: unknown): unknown {
  return visit(body);
}

function visit(value: unknown): unknown {
  if (typeof value === 'string') return shownText(value);
  if (Array.isArray(value)) return value.filter((item) => !isVendor(item)).map(visit);
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Members;
  const entries = Object.entries(members).filter(
    ([member]) => !random.includes(member) && !isWrittenByControllers(member, members),
  );
  return Object.fromEntries(
    entries.map(([member, inner]) => [member, member === 'name' ? shownName(inner, members) : visit(inner)]),
  );
}

function shownText(text: string): string {
  return text
    .replaceAll(uuid, 'UID')
    .replaceAll(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-*')
    .replaceAll(/current: \d+/g, 'current: N')
    .replaceAll(/^10\.96\.\d+\.\d+$/g, 'IP');
}

/** A generated name. */
function shownName(name: unknown, { generateName, labels }: Members): unknown {
  const drawn = typeof generateName === 'string' && labels === undefined;
  return drawn ? `${generateName}*` : visit(name);
}

/** The recorded cluster's vendor mounts a certificate that upstream does not. */
function isVendor(item: unknown): boolean {
  const source = (item as { readonly configMap?: { readonly name?: string } } | null)?.configMap;
  return source?.name === 'openshift-service-ca.crt';
}

/** The status of a set that is at work; the one that creation gives is compared. */
function isWrittenByControllers(member: string, { kind, metadata }: Members): boolean {
  if (member !== 'status' || kind !== 'StatefulSet') return false;
  return (metadata as { readonly name?: string } | undefined)?.name !== 'warn';
}
