// What the main process of a container is started with. What an image starts by itself is not known, but for those that are known
// to start nothing: there the arguments alone are the command.

import type { ContainerSpec } from '../pod.ts';

/** Images that have no entrypoint. */
const bare: ReadonlySet<string> = new Set(['alpine', 'busybox', 'debian', 'ubuntu']);

/** The command line of the main process; undefined when the image decides about it. */
export function mainCommand({ image, command, args = [] }: ContainerSpec): readonly string[] | undefined {
  if (command !== undefined) return [...command, ...args];
  return args.length > 0 && bare.has(repositoryOf(image)) ? args : undefined;
}

/** `docker.io/library/busybox:1.28` is `busybox`; `example.com/busybox` is something else. */
function repositoryOf(image: string): string {
  return image
    .replace(/@.*$/s, '')
    .replace(/:[^/:]*$/s, '')
    .replace(/^(?:docker\.io\/)?(?:library\/)?/s, '');
}
