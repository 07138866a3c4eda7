// The parameters of a URL, as the API's rules read them.

import { FieldErrors } from '../api/field-errors.ts';
import { badRequest, invalid, refuse } from '../api/refusals.ts';
import type { ApiRequest, Result } from '../api/server.ts';

/** Options of requests that are no matter of the core. */
export interface StreamQuery {
  readonly watch: boolean;
  readonly allowWatchBookmarks: boolean;
  readonly sendInitialEvents: boolean | undefined;
  readonly timeoutSeconds: number | undefined;
}

type Query = NonNullable<ApiRequest['query']>;
type Verb = ApiRequest['verb'];

const texts = [
  'fieldManager',
  'labelSelector',
  'fieldSelector',
  'continue',
  'resourceVersion',
  'resourceVersionMatch',
  'propagationPolicy',
] as const;

/** What the API calls the options of a verb. */
const optionKinds: Partial<Readonly<Record<Verb, string>>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
};

/** Reads the options of a request to a resource. */
export function readQuery(parameters: URLSearchParams, verb: Verb): Result<Query> {
  const query: Record<string, unknown> = {};
  for (const name of texts) {
    const value = parameters.get(name);
    if (value !== null && value !== '') query[name] = value;
  }
  for (const name of ['limit', 'gracePeriodSeconds'] as const) {
    const value = readInteger(parameters, name);
    if (!value.ok) return value;
    if (value.value !== undefined) query[name] = value.value;
  }
  for (const name of ['force', 'orphanDependents'] as const) {
    const value = readFlag(parameters, name);
    if (value !== undefined) query[name] = value;
  }
  const refused = readChoices(parameters, verb, query);
  return refused ?? { ok: true, value: query };
}

function readChoices(
  parameters: URLSearchParams,
  verb: Verb,
  query: Record<string, unknown>,
): Result<never> | undefined {
  const dryRun = parameters.getAll('dryRun').filter((value) => value !== '');
  const validation = parameters.get('fieldValidation');
  const errors = new FieldErrors();
  for (const value of dryRun) if (value !== 'All') errors.notSupported('dryRun', value, ['All']);
  if (optionKinds[verb] !== undefined && validation) {
    errors.oneOf('fieldValidation', validation, ['', 'Ignore', 'Strict', 'Warn']);
  }
  if (errors.list.length > 0) {
    return refuse(invalid({ group: 'meta.k8s.io', kind: optionKinds[verb] ?? 'DeleteOptions' }, '', errors.list));
  }
  if (dryRun.length > 0) query['dryRun'] = true;
  if (validation) query['fieldValidation'] = validation;
  return undefined;
}

/** Reads what makes a list a stream. */
export function readStreamQuery(parameters: URLSearchParams): Result<StreamQuery> {
  const timeout = readInteger(parameters, 'timeoutSeconds');
  if (!timeout.ok) return timeout;
  return {
    ok: true,
    value: {
      watch: readFlag(parameters, 'watch') === true,
      allowWatchBookmarks: readFlag(parameters, 'allowWatchBookmarks') === true,
      sendInitialEvents: readFlag(parameters, 'sendInitialEvents'),
      timeoutSeconds: timeout.value,
    },
  };
}

/** A flag is set by its presence, unless it says `0` or `false`. */
export function readFlag(parameters: URLSearchParams, name: string): boolean | undefined {
  const value = parameters.get(name);
  return value === null ? undefined : value !== '0' && value.toLowerCase() !== 'false';
}

/** A whole number; undefined when it is not there. */
export function readInteger(parameters: URLSearchParams, name: string): Result<number | undefined> {
  const value = parameters.get(name);
  if (value === null || value === '') return { ok: true, value: undefined };
  if (/^[+-]?\d{1,15}$/.test(value)) return { ok: true, value: Number(value) };
  return refuse(badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`));
}
