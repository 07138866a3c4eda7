// A certificate authority and what it signs: the server's certificate, good for the names under which it is called, and one for
// clients.

/** A certificate and its key, in PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** What an https server and its clients need. */
export interface Identities {
  /** The certificate of the authority, in PEM: what clients and server trust. */
  readonly authority: string;
  readonly server: Identity;
  readonly client: Identity;
}

/** For whom, and when. */
export interface IdentityWish {
  /** DNS names of the server. */
  readonly names: readonly string[];
  /** IP addresses of the server. */
  readonly addresses: readonly string[];
  /** Milliseconds since 1970; all is valid from an hour before for a year. */
  readonly nowMs: number;
}

const hourMs = 3_600_000;
const validMs = 365 * 24 * hourMs;

/** Makes them. */
export async function makeIdentities({ names, addresses, nowMs }: IdentityWish): Promise<Identities> {
  const { generate } = await import('selfsigned');
  // oxlint-disable-next-line no-restricted-globals -- a value of the moment that is given, as the library takes it
  const dateOf = (ms: number): Date => new Date(ms);
  const common = {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: dateOf(nowMs - hourMs),
    notAfterDate: dateOf(nowMs + validMs),
  } as const;
  const authority = await generate([{ name: 'commonName', value: 'setpiece authority' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
    ],
  });
  const signed = { ...common, ca: { key: authority.private, cert: authority.cert } };
  const leaf = [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
  ] as const;
  const altNames = [
    ...names.map((value) => ({ type: 2, value }) as const),
    ...addresses.map((ip) => ({ type: 7, ip }) as const),
  ];
  const server = await generate([{ name: 'commonName', value: 'setpiece server' }], {
    ...signed,
    extensions: [...leaf, { name: 'extKeyUsage', serverAuth: true }, { name: 'subjectAltName', altNames }],
  });
  // As the administrator of a kind cluster.
  const subject = [
    { name: 'organizationName', value: 'system:masters' },
    { name: 'commonName', value: 'kubernetes-admin' },
  ];
  const client = await generate(subject, {
    ...signed,
    extensions: [...leaf, { name: 'extKeyUsage', clientAuth: true }],
  });
  return {
    authority: authority.cert,
    server: { certificate: server.cert, key: server.private },
    client: { certificate: client.cert, key: client.private },
  };
}
