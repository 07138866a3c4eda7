// `hostname`: the pod's host name; `-f` with its subdomain, `-i` its address (DNS-17).

import { optionsOf } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `hostname [-f|-i|-s]` */
export const hostname: ShellCommand = ({ shell: { world }, args, streams }) => {
  const { options } = optionsOf(args);
  if (options.has('i') || options.has('I')) streams.out(`${world.address}\n`);
  else streams.out(`${options.has('f') ? world.fullHostname : world.hostname}\n`);
  return 0;
};
