// Which images are known to serve files over HTTP, and from which directory.

const roots: ReadonlyMap<string, string> = new Map([
  ['nginx', '/usr/share/nginx/html'],
  ['nginx-slim', '/usr/share/nginx/html'],
  ['httpd', '/usr/local/apache2/htdocs'],
]);

/** The directory whose files an image serves; undefined when that is not known. */
export function webRootOf(image: string): string | undefined {
  const name = image.slice(image.lastIndexOf('/') + 1);
  return roots.get(name.split(/[:@]/)[0] ?? name);
}

/** The file behind a path of a URL. */
export function webFileOf(root: string, path: string): string {
  const bare = path.split('?')[0] ?? '/';
  return `${root}/${bare.replace(/^\/+/, '')}${bare.endsWith('/') ? 'index.html' : ''}`;
}
