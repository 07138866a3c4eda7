// `cd`: changes the directory that relative paths begin at. Directories of images are not known, so every one can be entered.

import { absolute } from '../state.ts';
import type { ShellCommand } from './command.ts';

/** `cd [DIRECTORY]` */
export const cd: ShellCommand = ({ shell, args, streams }) => {
  const path = absolute(shell, args[0] ?? '/');
  if (shell.world.files.read(path) !== undefined) {
    streams.error(`sh: 1: cd: can't cd to ${args[0]}\n`);
    return 2;
  }
  shell.directory = path;
  return 0;
};
