// The catalogue of guarantees: what Kubernetes promises, by id. Scenarios and steps name the ids; reports explain them.

/** A documented promise of Kubernetes. */
export interface Guarantee {
  /** Kebab-case, unique, stable. */
  readonly id: string;
  /** One sentence, ours. */
  readonly sentence: string;
  /** Address of the documentation that promises it. */
  readonly documented: string;
  /** First minor version that promises it, `1.9`. */
  readonly since: string;
  /** Chapter of the catalogue: identity, order, storage, … */
  readonly area: string;
}
