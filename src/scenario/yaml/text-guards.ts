// What is refused before a parser sees it: texts that are too large, not text, or nested to exhaust the stack.

import { Lexer } from 'yaml';

import type { ProblemCode } from '../problem-codes.ts';

/** Largest file that is read, bytes. Scenarios are a few KiB; the parser needs seconds for a few MiB. */
export const bytesMax = 1 << 20;

const flowDepthMax = 64;
const columnMax = 200;
// NUL and the other C0 controls that no text file has; tab, line feed, form feed and carriage return are allowed.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u0008\u000b\u000e-\u001f\ufffe\uffff]/;

/** A text that is not parsed, and where. */
export interface TextRefusal {
  readonly code: ProblemCode;
  readonly offset: number;
  readonly message: string;
}

/** Why a text must not be given to the parser; undefined when it may. */
export function refuseText(text: string, sizeMax = bytesMax): TextRefusal | undefined {
  // A UTF-16 unit is at least one byte of UTF-8, so long texts are refused without counting bytes.
  if (text.length > sizeMax) {
    return { code: 'file-too-large', offset: 0, message: `files up to ${kib(sizeMax)} are read, this one is larger` };
  }
  const found = control.exec(text);
  if (found !== null) {
    const character = found[0].charCodeAt(0).toString(16).padStart(4, '0');
    return { code: 'binary-file', offset: found.index, message: `a control character (U+${character}) is not text` };
  }
  return mayBeDeep(text) ? refuseDepth(text) : undefined;
}

/** How a limit is written: `1024 KiB`, `200 bytes`. */
export function kib(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.floor(bytes / 1024)} KiB`;
}

/** Whether lines are long enough, or brackets many enough, for a limit to be passed at all: reading tokens costs much more. */
function mayBeDeep(text: string): boolean {
  let brackets = 0;
  let lineStart = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\n') lineStart = at + 1;
    else if (character === '[' || character === '{') brackets += 1;
    if (brackets > flowDepthMax || at - lineStart > columnMax) return true;
  }
  return false;
}

/**
 * Measures nesting with the lexer, which does not recurse as the composer does. Depth in block style cannot exceed twice
 * the column at which a line's content begins, so the column is what is limited there.
 */
function refuseDepth(text: string): TextRefusal | undefined {
  let offset = 0;
  let depth = 0;
  let lineStart = 0;
  let content = false;
  for (const token of new Lexer().lex(text)) {
    // The lexer marks documents and kinds of scalars with single control characters that are not in the text.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') continue;
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (token.endsWith('\n')) {
      lineStart = offset + token.length;
      content = false;
    } else if (!content && !/^(?:\s+|[-?:])$/.test(token)) {
      content = true;
      if (depth <= 0 && offset - lineStart > columnMax && token[0] !== '#') {
        return { code: 'too-deep', offset, message: `content begins at column ${offset - lineStart + 1}` };
      }
    } else if (!content && offset - lineStart > columnMax && /^[-?:]$/.test(token)) {
      return { code: 'too-deep', offset, message: `lists and maps are nested up to column ${offset - lineStart + 1}` };
    }
    if (depth > flowDepthMax) {
      return { code: 'too-deep', offset, message: `brackets are nested more than ${flowDepthMax} deep` };
    }
    offset += token.length;
  }
  return undefined;
}
