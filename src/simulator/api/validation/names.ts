// The grammars of names, labels and the like, with apimachinery's sentences (API-META-14, -15).

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const labelPattern = new RegExp(`^${label}$`);
const subdomainPattern = new RegExp(`^${label}(\\.${label})*$`);
const qualifiedPart = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const qualifiedPattern = new RegExp(`^${qualifiedPart}$`);
const labelValuePattern = new RegExp(`^(${qualifiedPart})?$`);
const configKeyPattern = /^[-._a-zA-Z0-9]+$/;
const environmentNamePattern = /^[ -<>-~]+$/;
const portNamePattern = /^[-a-z0-9]+$/;

const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
  "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const qualifiedText =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const labelValueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with " +
  "an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const configKeyText =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or " +
  "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
const environmentNameText =
  "a valid environment variable name must consist only of printable ASCII characters other than '=' (e.g. 'my.env-name', " +
  "or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[ -<>-~]+')";

/** DNS-1123 label, at most 63 characters. A name that would do as a subdomain is told about its dots (STS-VAL-02). */
export function labelProblems(name: string, prefix = false): readonly string[] {
  const text = name.includes('.') && subdomainPattern.test(name) ? 'must not contain dots' : labelText;
  return dnsProblems(name, prefix, { pattern: labelPattern, text, lengthMax: 63 });
}

/** DNS-1123 subdomain, at most 253 characters. */
export function subdomainProblems(name: string, prefix = false): readonly string[] {
  return dnsProblems(name, prefix, { pattern: subdomainPattern, text: subdomainText, lengthMax: 253 });
}

/** Any single part of a path (names of roles and the like). */
export function pathSegmentProblems(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((sign) => name.includes(sign)).map((sign) => `may not contain '${sign}'`);
}

/** `example.com/name` or `name`: label keys, finalizers, annotation keys. */
export function qualifiedNameProblems(name: string): readonly string[] {
  const parts = name.split('/');
  if (parts.length > 2) {
    return [
      `a qualified name ${qualifiedText.slice('name part '.length, -1)}) with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const problems: string[] = [];
  const own = parts.at(-1) ?? '';
  if (parts.length === 2) {
    const prefix = parts[0] ?? '';
    if (prefix === '') problems.push('prefix part must be non-empty');
    else problems.push(...subdomainProblems(prefix).map((problem) => `prefix part ${problem}`));
  }
  if (own === '') problems.push('name part must be non-empty');
  else if (own.length > 63) problems.push('name part must be no more than 63 bytes');
  if (!qualifiedPattern.test(own)) problems.push(qualifiedText);
  return problems;
}

/** The value of a label. */
export function labelValueProblems(value: string): readonly string[] {
  const problems: string[] = [];
  if (value.length > 63) problems.push('must be no more than 63 bytes');
  if (!labelValuePattern.test(value)) problems.push(labelValueText);
  return problems;
}

/** A key of a ConfigMap's or a Secret's data. */
export function configKeyProblems(key: string): readonly string[] {
  const problems: string[] = [];
  if (key.length > 253) problems.push('must be no more than 253 characters');
  if (!configKeyPattern.test(key)) problems.push(configKeyText);
  if (key === '.') problems.push("must not be '.'");
  else if (key === '..') problems.push("must not be '..'");
  else if (key.startsWith('..')) problems.push("must not start with '..'");
  return problems;
}

/** The name of an environment variable. */
export function environmentNameProblems(name: string): readonly string[] {
  return environmentNamePattern.test(name) ? [] : [environmentNameText];
}

/** The name of a container's port: IANA_SVC_NAME. */
export function portNameProblems(name: string): readonly string[] {
  const problems: string[] = [];
  if (name.length > 15) problems.push('must be no more than 15 bytes');
  if (!portNamePattern.test(name))
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(name)) problems.push('must contain at least one letter (a-z)');
  if (name.includes('--')) problems.push('must not contain consecutive hyphens');
  if (name.startsWith('-') || name.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems;
}

/** A port number. */
export function portNumberProblems(port: number): readonly string[] {
  return port >= 1 && port <= 65_535 ? [] : ['must be between 1 and 65535, inclusive'];
}

interface Grammar {
  readonly pattern: RegExp;
  readonly text: string;
  readonly lengthMax: number;
}

function dnsProblems(name: string, prefix: boolean, { pattern, text, lengthMax }: Grammar): readonly string[] {
  // A prefix is checked as if the random symbols stood behind it already.
  const checked = prefix && name.endsWith('-') ? `${name.slice(0, -1)}a` : name;
  if (checked.length <= lengthMax && pattern.test(checked)) return [];
  const problems: string[] = [];
  if (checked.length > lengthMax) problems.push(`must be no more than ${lengthMax} characters`);
  if (!pattern.test(checked)) problems.push(text);
  return problems;
}
