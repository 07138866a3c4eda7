// The grammar of a label selector's text, with the API server's words for what is wrong. Follows
// apimachinery/pkg/labels/selector.go (Lexer, Parser).

/** One condition of a selector's text. `gt` and `lt` compare integers. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';
  readonly values: readonly string[];
}

/** A text that was read, or the API server's words about why it cannot be. */
export type ParsedSelector =
  | { readonly ok: true; readonly requirements: readonly LabelRequirement[] }
  | { readonly ok: false; readonly message: string };

/** A token; `word` is an identifier, and outside values also `in` and `notin`. */
interface Token {
  readonly kind: 'word' | 'symbol' | 'end';
  readonly text: string;
}

const token = /\s*(?:(?<symbol>==|!=|[=!(),<>])|(?<word>[^\s=!(),<>]+))/y;
const qualifiedName =
  /^(?:(?=.{1,253}\/)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/;
const binaryOperators: ReadonlyMap<string, LabelRequirement['operator']> = new Map([
  ['in', 'in'],
  ['notin', 'notin'],
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['>', 'gt'],
  ['<', 'lt'],
]);

/** Reads `a=b,c!=d,e in (f,g),h,!i`. The message of a refusal is the API server's. */
export function parseSelector(text: string): ParsedSelector {
  const tokens = new TokenReader(text);
  const requirements: LabelRequirement[] = [];
  while (tokens.peek().kind !== 'end') {
    const { kind, text: found } = tokens.peek();
    if (kind !== 'word' && found !== '!') {
      return { ok: false, message: `found '${found}', expected: !, identifier, or 'end of string'` };
    }
    const requirement = readRequirement(tokens);
    if (typeof requirement === 'string') return { ok: false, message: `unable to parse requirement: ${requirement}` };
    requirements.push(requirement);
    const after = tokens.take();
    if (after.kind === 'end') break;
    if (after.text !== ',') return { ok: false, message: `found '${after.text}', expected: ',' or 'end of string'` };
    const next = tokens.peek();
    if (next.kind !== 'word' && next.text !== '!') {
      return { ok: false, message: `found '${next.text}', expected: identifier after ','` };
    }
  }
  return { ok: true, requirements };
}

/** A requirement, or what is wrong with it. */
function readRequirement(tokens: TokenReader): LabelRequirement | string {
  let first = tokens.take();
  const negated = first.text === '!';
  if (negated) first = tokens.take();
  if (first.kind !== 'word') return `found '${first.text}', expected: identifier`;
  const key = first.text;
  if (!qualifiedName.test(key)) return `<nil>: Invalid value: ${JSON.stringify(key)}: ${qualifiedNameRule}`;
  const next = tokens.peek();
  if (next.kind === 'end' || next.text === ',') return { key, operator: negated ? '!' : 'exists', values: [] };
  const operator = binaryOperators.get(tokens.take().text);
  if (operator === undefined) return `found '${next.text}', expected: in, notin, =, ==, !=, gt, lt`;
  const values = operator === 'in' || operator === 'notin' ? readList(tokens) : readExactly(tokens);
  if (typeof values === 'string') return values;
  const bad = values.findIndex((value) => !labelValue.test(value));
  if (bad >= 0) return `values[${bad}][${key}]: Invalid value: ${JSON.stringify(values[bad])}: ${labelValueRule}`;
  return { key, operator, values };
}

function readExactly(tokens: TokenReader): readonly string[] | string {
  const next = tokens.peek();
  if (next.kind === 'end' || next.text === ',') return [''];
  tokens.take();
  return next.kind === 'word' ? [next.text] : `found '${next.text}', expected: identifier`;
}

/** `(a,b)`; an empty place between commas is the empty value. */
function readList(tokens: TokenReader): readonly string[] | string {
  const open = tokens.take();
  if (open.text !== '(') return `found '${open.text}' expected: '('`;
  const first = tokens.peek();
  if (first.text === ')') return takeAnd(tokens, []);
  if (first.kind !== 'word' && first.text !== ',') return `found '${first.text}', expected: ',', ')' or identifier`;
  const values = new Set<string>();
  let expectsValue = true;
  while (true) {
    const { kind, text } = tokens.take();
    if (kind === 'word' && expectsValue) {
      values.add(text);
      expectsValue = false;
    } else if (text === ',') {
      if (expectsValue) values.add('');
      expectsValue = true;
    } else if (text === ')') {
      if (expectsValue) values.add('');
      return [...values].sort();
    } else {
      return `found '${text}', expected: ${expectsValue ? "',', or identifier" : "',' or ')'"}`;
    }
  }
}

function takeAnd<T>(tokens: TokenReader, value: T): T {
  tokens.take();
  return value;
}

/** Tokens one after another, with one token of foresight. */
class TokenReader {
  readonly #text: string;
  #at = 0;
  #next: Token;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#read();
  }

  peek(): Token {
    return this.#next;
  }

  take(): Token {
    const taken = this.#next;
    this.#next = this.#read();
    return taken;
  }

  #read(): Token {
    token.lastIndex = this.#at;
    const match = token.exec(this.#text);
    if (match === null) return { kind: 'end', text: '' };
    this.#at = token.lastIndex;
    const symbol = match.groups?.['symbol'];
    return symbol === undefined
      ? { kind: 'word', text: match.groups?.['word'] ?? '' }
      : { kind: 'symbol', text: symbol };
  }
}

const qualifiedNameRule =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const labelValueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
