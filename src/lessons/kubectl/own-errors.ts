// How a command line ends that does not do what it says: kubectl refuses it itself, or it is beyond what is done without kubectl.

/** kubectl's own refusal, before any request. */
export class KubectlRefusal extends Error {
  override readonly name = 'KubectlRefusal';
  readonly code = 'KUBECTL_REFUSAL';
  /** What is printed. */
  readonly output: string;

  /** `flags`: the refusal is that of the reader of flags, which begins in another way. */
  constructor(message: string, { flags = false }: { readonly flags?: boolean } = {}) {
    super(message);
    this.output = `${flags ? 'Error' : 'error'}: ${message}\n`;
  }
}

/** What only the real kubectl can do; the message says what, for `not checkable`. */
export class BeyondUs extends Error {
  override readonly name = 'BeyondUs';
  readonly code = 'BEYOND_US';
}
