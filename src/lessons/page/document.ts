// The page's document, and the policy under which it runs: its own script and style, nothing inline, nothing from elsewhere.

import type { PageSettings } from './wire.ts';

/** The `content-security-policy` of every answer. The editor makes style elements, which bear the nonce. */
export function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The HTML, with the settings in an attribute, which nothing executes. */
export function writeDocument(settings: PageSettings): string {
  return `<!doctype html>
<html lang="${attribute(settings.language)}" data-settings="${attribute(JSON.stringify(settings))}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>setpiece</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%230f7b6c' d='M1 3h9v3H1zm3 4h9v3H4zm3 4h8v3H7z'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<noscript>This page needs JavaScript, which comes from this machine; nothing is loaded from elsewhere.</noscript>
<script src="/page.js" defer></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
