// `echo` and `printf`: write their arguments.

import type { ShellCommand } from './command.ts';

/** `echo [-n] [-e] WORD…` */
export const echo: ShellCommand = ({ args, streams }) => {
  const words = [...args];
  let newline = true;
  let escapes = false;
  while (/^-[neE]+$/.test(words[0] ?? '')) {
    const option = words.shift() ?? '';
    if (option.includes('n')) newline = false;
    if (option.includes('e')) escapes = true;
  }
  const text = words.join(' ');
  streams.out(`${escapes ? unescaped(text) : text}${newline ? '\n' : ''}`);
  return 0;
};

/** `printf FORMAT [ARGUMENT…]` with `%s`, `%d` and `%%`; the format is used again as long as arguments are left. */
export const printf: ShellCommand = ({ args, streams }) => {
  const [format = '', ...values] = args;
  do {
    const text = unescaped(format).replace(/%([sd%])/g, (_, letter: string) => {
      if (letter === '%') return '%';
      const value = values.shift();
      return letter === 'd' ? String(Math.trunc(Number(value ?? 0)) || 0) : (value ?? '');
    });
    streams.out(text);
  } while (values.length > 0 && /%[sd]/.test(format));
  return 0;
};

const escaped: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '0': '\0' };

function unescaped(text: string): string {
  return text.replace(/\\([ntr\\0])/g, (_, letter: string) => escaped[letter] ?? letter);
}
