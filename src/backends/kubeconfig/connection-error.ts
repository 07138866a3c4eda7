// What a failed connection is called: one line that says what was tried and why it did not work.

import { BackendError } from '../cluster.ts';

const causes: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nothing listens there (connection refused)'],
  ['ENOTFOUND', 'its name cannot be resolved'],
  ['EAI_AGAIN', 'its name cannot be resolved now'],
  ['ETIMEDOUT', 'it does not answer (timed out)'],
  ['EHOSTUNREACH', 'there is no way to it (host unreachable)'],
  ['ENETUNREACH', 'there is no way to it (network unreachable)'],
  ['ECONNRESET', 'it has cut the connection'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet'],
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'its certificate is self-signed, and the kubeconfig does not name it as an authority',
  ],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate comes from an authority that the kubeconfig does not name'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate comes from an authority that the kubeconfig does not name'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate comes from an authority that the kubeconfig does not name'],
  ['CERT_SIGNATURE_FAILURE', 'its certificate was not signed by the authority that the kubeconfig names'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'it does not speak TLS'],
  ['EPROTO', 'it does not speak TLS'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'it says that our certificate has expired'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'it wants a certificate, and the kubeconfig has none'],
  ['ERR_OSSL_PEM_NO_START_LINE', 'a certificate or key of the kubeconfig is not PEM'],
]);

/** Makes a `BackendError` of what a socket, TLS or a credential plugin has thrown. */
export function connectionError(error: unknown, server: string): BackendError {
  if (error instanceof BackendError) return error;
  const { code = '', message } = codeOf(error);
  const why = causes.get(code);
  const detail = why === undefined ? message : `${why}${message === '' ? '' : `: ${message}`}`;
  return new BackendError(`the API server ${server} cannot be reached: ${detail.split('\n', 1)[0]}`, { cause: error });
}

/** Node packs the attempts on several addresses into one error; the first says why. */
function codeOf(error: unknown): { readonly code?: string; readonly message: string } {
  const { code, message, errors } = error as NodeJS.ErrnoException & { readonly errors?: readonly unknown[] };
  if ((message === undefined || message === '') && errors !== undefined && errors.length > 0) return codeOf(errors[0]);
  return code === undefined ? { message: message ?? String(error) } : { code, message };
}
