// Judges divergences by the list of known ones.

import type { KnownDivergence } from '../../scenario/known-divergences.ts';

/** What is looked up in the list. */
export interface Occurrence {
  readonly scenario: string;
  /** Names of the two backends, as compared. */
  readonly backends: readonly [left: string, right: string];
  readonly subject: string;
}

/** A list of known divergences, which notes what of it was needed. */
export class KnownDivergences {
  readonly #entries: readonly KnownDivergence[];
  readonly #needed = new Set<KnownDivergence>();
  readonly #compared: Omit<Occurrence, 'subject'>[] = [];

  constructor(entries: readonly KnownDivergence[]) {
    this.#entries = entries;
  }

  /** Says that a scenario was compared on two backends: from now on its entries have to be needed. */
  compared(scenario: string, backends: Occurrence['backends']): void {
    this.#compared.push({ scenario, backends });
  }

  /** The entry that expects a divergence; undefined when none does. */
  find(occurrence: Occurrence): KnownDivergence | undefined {
    const found = this.#entries.filter(
      (entry) => concerns(entry, occurrence) && globOf(entry.divergence).test(occurrence.subject),
    );
    for (const entry of found) this.#needed.add(entry);
    return found[0];
  }

  /** Entries about what was compared that no divergence needed: the backends agree now. */
  unneeded(): readonly KnownDivergence[] {
    return this.#entries.filter(
      (entry) => !this.#needed.has(entry) && this.#compared.some((one) => concerns(entry, one)),
    );
  }
}

function concerns(entry: KnownDivergence, { scenario, backends }: Omit<Occurrence, 'subject'>): boolean {
  if (!globOf(entry.scenario).test(scenario)) return false;
  if (entry.backends === undefined) return true;
  const named = entry.backends.split(',').map((name) => name.trim());
  return named.length === 2 && backends.every((name) => named.includes(name));
}

function globOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 'su');
}
