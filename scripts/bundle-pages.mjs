// Makes of each page one script and one style sheet, which reporters and lessons put into the HTML that they write:
// dist/pages/NAME.js and NAME.css. Run by `npm run build`; `bundlePage` is for tests, which take the sources as they are.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rolldown } from 'rolldown';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where each page begins, and its style sheets. */
const pages = {
  report: { entry: 'reporters/html/page/main.ts', styles: ['reporters/html/page/page.css'] },
  // Its style is added to that of the report, whose timeline it shows.
  exercise: {
    entry: 'src/lessons/page/browser/main.ts',
    styles: ['reporters/html/page/page.css', 'src/lessons/page/browser/page.css'],
  },
};

/** The code of a page: `{ script, style }`. The script runs as a classic one and holds no `</script>`. */
export async function bundlePage(name) {
  const { entry, styles } = pages[name];
  const bundle = await rolldown({ input: join(root, entry), platform: 'browser', logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'iife', codeSplitting: false, minify: true });
  await bundle.close();
  const style = styles.map((path) => readFileSync(join(root, path), 'utf8')).join('\n');
  return { script: output[0].code.replaceAll('</script', '<\\/script'), style };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(root, 'dist/pages');
  mkdirSync(folder, { recursive: true });
  for (const name of Object.keys(pages)) {
    const { script, style } = await bundlePage(name);
    writeFileSync(join(folder, `${name}.js`), script);
    writeFileSync(join(folder, `${name}.css`), style);
  }
}
