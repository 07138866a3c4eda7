// A digest for names that only have to look like one: FNV-1a in eight lanes, 64 hexadecimal characters.

import { hex32 } from '../hexadecimal.ts';

const offset = 0x811c9dc5;
const prime = 0x01000193;

/** 64 hexadecimal characters that depend on every character of the text. Not for security. */
export function digestOf(text: string): string {
  let digest = '';
  for (let lane = 0; lane < 8; lane += 1) {
    let hash = Math.imul(offset ^ lane, prime);
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
    // A last mix, for FNV's upper bits hardly see the final characters.
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
    digest += hex32(hash);
  }
  return digest;
}
