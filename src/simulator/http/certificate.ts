// A certificate authority and a server certificate of its making, good for loopback. Node can sign but not write X.509, so
// the few structures of RFC 5280 that are needed are written here.

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { boolean, bits, implicit, integer, objectId, octets, pem, sequence, set, tagged, text, time } from './der.ts';
import type { KeyObject } from 'node:crypto';
import type { Der } from './der.ts';

/** What an https server and its clients need, in PEM. */
export interface ServerIdentity {
  /** The certificate of the authority: what clients trust. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));
const validDays = 365;

/** Makes an authority and a server certificate, valid from an hour before `nowMs` (milliseconds since 1970) for a year. */
export function makeIdentity(nowMs: number): ServerIdentity {
  const [authorityKeys, serverKeys] = [makeKeys(), makeKeys()];
  const authorityName = nameOf('setpiece authority');
  const authority = certificate({
    subject: authorityName,
    subjectKey: authorityKeys.publicKey,
    issuer: authorityName,
    issuerKey: authorityKeys.privateKey,
    nowMs,
    extensions: [basicConstraints({ authority: true }), keyUsage(authorityUsage)],
  });
  const server = certificate({
    subject: nameOf('setpiece server'),
    subjectKey: serverKeys.publicKey,
    issuer: authorityName,
    issuerKey: authorityKeys.privateKey,
    nowMs,
    extensions: [basicConstraints({ authority: false }), keyUsage(serverUsage), serverAuthentication, loopbackNames],
  });
  return {
    authority: pem('CERTIFICATE', authority),
    certificate: pem('CERTIFICATE', server),
    key: serverKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

interface Keys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function makeKeys(): Keys {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

interface CertificateParts {
  readonly subject: Der;
  readonly subjectKey: KeyObject;
  readonly issuer: Der;
  readonly issuerKey: KeyObject;
  readonly nowMs: number;
  readonly extensions: readonly Der[];
}

function certificate({ subject, subjectKey, issuer, issuerKey, nowMs, extensions }: CertificateParts): Der {
  const day = 86_400_000;
  // Positive, and not beginning with a zero byte.
  const serial = Buffer.concat([Buffer.from([0x40]), randomBytes(15)]);
  const content = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    issuer,
    sequence(time(nowMs - 3_600_000), time(nowMs + validDays * day)),
    subject,
    subjectKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(...extensions)),
  );
  return sequence(content, ecdsaWithSha256, bits(sign('sha256', content, issuerKey)));
}

function nameOf(commonName: string): Der {
  return sequence(set(sequence(objectId('2.5.4.3'), text(commonName))));
}

function extension(id: string, critical: boolean, value: Der): Der {
  return critical ? sequence(objectId(id), boolean(true), octets(value)) : sequence(objectId(id), octets(value));
}

function basicConstraints({ authority }: { readonly authority: boolean }): Der {
  return extension('2.5.29.19', true, authority ? sequence(boolean(true)) : sequence());
}

/** Bits from the left: digitalSignature is the first, keyCertSign the sixth. */
const authorityUsage = 0b1000_0100;
const serverUsage = 0b1000_0000;

function keyUsage(usage: number): Der {
  return extension('2.5.29.15', true, bits(Buffer.from([usage]), usage === authorityUsage ? 2 : 7));
}

const serverAuthentication = extension('2.5.29.37', false, sequence(objectId('1.3.6.1.5.5.7.3.1')));

/** Names and addresses under which the server is called: DNS names are 2, addresses 7. */
const loopbackNames = extension(
  '2.5.29.17',
  false,
  sequence(
    implicit(2, Buffer.from('localhost')),
    implicit(7, Buffer.from([127, 0, 0, 1])),
    implicit(7, Buffer.from([...Array.from({ length: 15 }, () => 0), 1])),
  ),
);
