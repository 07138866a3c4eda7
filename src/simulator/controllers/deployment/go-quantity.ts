// A quantity as Go holds it: apimachinery's resource.Quantity after parsing, printed field by field.

const suffixes: ReadonlyMap<string, { readonly format: string; readonly power: number }> = new Map([
  ['n', { format: 'DecimalSI', power: -9 }],
  ['u', { format: 'DecimalSI', power: -6 }],
  ['m', { format: 'DecimalSI', power: -3 }],
  ['', { format: 'DecimalSI', power: 0 }],
  ['k', { format: 'DecimalSI', power: 3 }],
  ['M', { format: 'DecimalSI', power: 6 }],
  ['G', { format: 'DecimalSI', power: 9 }],
  ['T', { format: 'DecimalSI', power: 12 }],
  ['P', { format: 'DecimalSI', power: 15 }],
  ['E', { format: 'DecimalSI', power: 18 }],
  ['Ki', { format: 'BinarySI', power: 10 }],
  ['Mi', { format: 'BinarySI', power: 20 }],
  ['Gi', { format: 'BinarySI', power: 30 }],
  ['Ti', { format: 'BinarySI', power: 40 }],
  ['Pi', { format: 'BinarySI', power: 50 }],
  ['Ei', { format: 'BinarySI', power: 60 }],
]);

const shape = /^([+-]?)(\d*)\.?(\d*)([A-Za-z]*)(?:e([+-]?\d+))?$/;

/**
 * The fields of a stored quantity, in braces. What Go keeps in arbitrary precision (fractions of binary units, more than 18
 * digits) is printed as if it fitted an int64: such a template gets a hash of its own, but not upstream's.
 */
export function printQuantity(text: string): string {
  if (text === '0' || text === '') return print({ value: '0', scale: 0, text, format: '' });
  const [, sign = '', whole = '', fraction = '', suffix = '', exponent] = shape.exec(text) ?? [];
  const digits = `${sign === '-' ? '-' : ''}${BigInt(`${whole}${fraction}` || '0')}`;
  if (exponent !== undefined) {
    return print({ value: digits, scale: Number(exponent) - fraction.length, text, format: 'DecimalExponent' });
  }
  const { format, power } = suffixes.get(suffix) ?? { format: 'DecimalSI', power: 0 };
  if (format === 'DecimalSI') return print({ value: digits, scale: power - fraction.length, text, format });
  return print({ value: String(BigInt(digits) << BigInt(power)), scale: 0, text, format });
}

function print(amount: {
  readonly value: string;
  readonly scale: number;
  readonly text: string;
  readonly format: string;
}): string {
  const { value, scale, text, format } = amount;
  const i = `i:(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}}`;
  const d = 'd:(resource.infDecAmount){Dec:(*inf.Dec)<nil>}';
  return `{${i} ${d} s:(string)${text} Format:(resource.Format)${format}}`;
}
