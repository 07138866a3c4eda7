// Writes the one file: style, script and data inline, and a policy that lets nothing else run. What comes from traces is
// only ever JSON in blocks that browsers do not execute.

import { createHash } from 'node:crypto';
import type { GatheredReport } from './gather-runs.ts';

/** The page's own code, as `scripts/bundle-pages.mjs` makes it. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** The whole HTML document. */
export function writePage({ document, blocks }: GatheredReport, { script, style }: PageAssets): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>setpiece report</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%230f7b6c' d='M1 3h9v3H1zm3 4h9v3H4zm3 4h8v3H7z'/%3E%3C/svg%3E">
<style>${style}</style>
</head>
<body>
<noscript>This report needs JavaScript, which is part of the file; nothing is loaded from elsewhere.</noscript>
${block('report', JSON.stringify(document))}
${blocks.map((text, position) => block(`records-${position}`, text)).join('\n')}
<script>${script}</script>
</body>
</html>
`;
}

function block(id: string, json: string): string {
  return `<script type="application/json" id="${id}">${scriptSafe(json)}</script>`;
}

/** In JSON these characters occur only inside strings, where an escape means the same. */
function scriptSafe(json: string): string {
  return json.replaceAll(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
