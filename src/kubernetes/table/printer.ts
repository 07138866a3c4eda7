// What a printer is: the columns of a kind and the cells of an object, as the API server writes them into Tables (API-TABLE).

import type { Json, KubernetesObject } from '../object.ts';

/** A column of a Table, in the API's own form. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean' | 'date';
  /** `name` marks the column with which a row is named; else empty. */
  readonly format: string;
  readonly description: string;
  /** Columns above 0 are shown by `-o wide` alone. */
  readonly priority: number;
}

/** A row condition: kubectl is told by it that a pod is finished (KCTL-07). */
export interface RowCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** When and for whom cells are made. */
export interface PrintContext {
  /** The moment from which ages are counted, RFC 3339 in UTC. */
  readonly now: string;
}

/** How objects of one kind are shown. */
export interface Printer {
  readonly columns: readonly Column[];
  /** One cell for each column. */
  cells(object: KubernetesObject, context: PrintContext): readonly Json[];
  conditions?(object: KubernetesObject): readonly RowCondition[];
}

/** Facts about a column that are not as for most. */
type Deviation = Partial<Pick<Column, 'type' | 'format' | 'priority' | 'description'>>;

/** A column of text that is always shown, but for what is said. */
export function column(name: string, deviation: Deviation = {}): Column {
  const description = `${name} of the object, as kubectl shows it.`;
  return { name, type: 'string', format: '', description, priority: 0, ...deviation };
}

/** A column that `-o wide` alone shows. */
export function wide(name: string, deviation: Deviation = {}): Column {
  return column(name, { priority: 1, ...deviation });
}

/** The first column of nearly every kind. */
export const nameColumn: Column = column('Name', { format: 'name' });

/** The time since creation. */
export const ageColumn: Column = column('Age');
