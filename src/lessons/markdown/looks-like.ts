// What a block without a word about itself holds, by the look of it.

/** Whether a text is a Kubernetes manifest, whole or broken. */
export function looksLikeManifest(text: string): boolean {
  return /^\s*"?apiVersion"?\s*:/m.test(text) && /^\s*"?kind"?\s*:/m.test(text);
}

/** Whether a text begins as what kubectl prints: a table, or the words for something done. */
export function looksLikeOutput(text: string): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '' && !isDecoration(line)) ?? '';
  return (
    /^(?:NAME|NAMESPACE|REVISION|LAST SEEN|Name:|Error|error:|Waiting for|Warning)/.test(first) ||
    /^[a-z]+(?:\.[a-z0-9.-]+)?(?:\/| ")[\w.-]+"? [a-z ]+$/.test(first.trimEnd()) ||
    /^[a-z0-9.-]+\s{2,}\S/.test(first)
  );
}

/** Whether a line only decorates: `-----------`. */
export function isDecoration(line: string): boolean {
  return /^\s*(?:-{4,}|={4,}|\*{4,})\s*$/.test(line);
}

/** Languages of blocks that hold commands, or their output. */
export function isConsoleLanguage(language: string): boolean {
  return consoleLanguages.has(language);
}

/** Languages of blocks whose lines are commands though no prompt says so. */
export function isShellLanguage(language: string): boolean {
  return shellLanguages.has(language);
}

/** Languages of blocks that hold manifests. */
export function isManifestLanguage(language: string): boolean {
  return manifestLanguages.has(language.replace(/[:{].*$/, ''));
}

const shellLanguages: ReadonlySet<string> = new Set(['bash', 'sh', 'shell', 'zsh', 'fish', 'cmd', 'powershell', 'ps1']);
const consoleLanguages: ReadonlySet<string> = new Set([
  ...shellLanguages,
  '',
  'console',
  'output',
  'none',
  'plain',
  'plaintext',
  'shell-session',
  'shellsession',
  'session',
  'term',
  'terminal',
  'text',
  'txt',
]);
const manifestLanguages: ReadonlySet<string> = new Set(['yaml', 'yml', 'json', 'json5']);
