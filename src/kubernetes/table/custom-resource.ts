// Custom kinds: the columns that their definition asks for, or name and age.

import { plainPrinter } from './configuration.ts';
import { ageOf } from './human-duration.ts';
import { parsePath, readPath } from '../path.ts';
import { nameColumn } from './printer.ts';
import type { Json, KubernetesObject } from '../object.ts';
import type { Column, PrintContext, Printer } from './printer.ts';

/** An entry of `additionalPrinterColumns`. */
interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly description?: string;
  readonly format?: string;
  readonly priority?: number;
}

/** The printer of a custom kind. Of JSON paths, members and indexes are read; anything else shows an empty cell. */
export function customPrinter(definition: KubernetesObject, version: string): Printer {
  const { spec = {} } = definition as {
    readonly spec?: {
      readonly versions?: readonly {
        readonly name: string;
        readonly additionalPrinterColumns?: readonly PrinterColumn[];
      }[];
    };
  };
  const asked = spec.versions?.find(({ name }) => name === version)?.additionalPrinterColumns;
  if (asked === undefined || asked.length === 0) return plainPrinter;
  return {
    columns: [nameColumn, ...asked.map(columnOf)],
    cells: (object, context) => [object.metadata.name, ...asked.map((column) => cellOf(object, column, context))],
  };
}

function columnOf({ name, type, description = '', format = '', priority = 0 }: PrinterColumn): Column {
  const known = type === 'integer' || type === 'boolean' || type === 'date' ? type : 'string';
  return { name, type: known, description, format, priority };
}

function cellOf(object: KubernetesObject, { jsonPath, type }: PrinterColumn, { now }: PrintContext): Json {
  const parsed = parsePath(jsonPath.replace(/^\./, ''));
  const value = parsed.ok ? readPath(object, parsed.segments) : undefined;
  if (value === undefined || value === null) return type === 'date' ? '<unknown>' : null;
  if (type === 'date') return typeof value === 'string' ? ageOf(value, now) : '<unknown>';
  if (type === 'integer' || type === 'number' || type === 'boolean') return value as Json;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
