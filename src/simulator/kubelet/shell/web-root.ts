// Which images are known to serve files over HTTP, from which directory, and what is in it.

interface WebImage {
  /** Without a slash at its end. */
  readonly root: string;
  readonly files: ReadonlyMap<string, string>;
}

const page = '<html><body><h1>It works!</h1></body></html>\n';

function servingPages(root: string): WebImage {
  return { root, files: new Map([[`${root}/index.html`, page]]) };
}

const images: ReadonlyMap<string, WebImage> = new Map([
  ['nginx', servingPages('/usr/share/nginx/html')],
  ['nginx-slim', servingPages('/usr/share/nginx/html')],
  ['httpd', servingPages('/usr/local/apache2/htdocs')],
  // The web server of upstream's tests serves all of its image; they probe for this file, and move it away and back.
  ['agnhost', { root: '', files: new Map([['/localhost.crt', 'a certificate\n']]) }],
]);

/** The directory whose files an image serves; undefined when that is not known. */
export function webRootOf(image: string): string | undefined {
  return webImageOf(image)?.root;
}

/** What an image that serves files has to serve, by path. */
export function webFilesOf(image: string): ReadonlyMap<string, string> {
  return webImageOf(image)?.files ?? new Map();
}

function webImageOf(image: string): WebImage | undefined {
  const name = image.slice(image.lastIndexOf('/') + 1);
  return images.get(name.split(/[:@]/)[0] ?? name);
}

/** The file behind a path of a URL. */
export function webFileOf(root: string, path: string): string {
  const bare = path.split('?')[0] ?? '/';
  return `${root}/${bare.replace(/^\/+/, '')}${bare.endsWith('/') ? 'index.html' : ''}`;
}
