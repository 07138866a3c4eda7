// Which file of the lesson a command means. Nothing outside the lesson is ever read: a path is only a name here.

import { posix } from 'node:path';
import type { FileItem, LessonItem } from '../markdown/lesson.ts';

/** The file that `-f PATH` means for the command at a place: the latest of that name above it, else one without a name, else one below. */
export function fileFor(path: string, items: readonly LessonItem[], at: number): FileItem | undefined {
  const above = items.slice(0, at).filter((item) => item.kind === 'file');
  const below = items.slice(at).filter((item) => item.kind === 'file');
  const bears = ({ name }: FileItem): boolean => name !== undefined && isSameFile(name, path);
  const nameless = ({ name }: FileItem): boolean => name === undefined;
  return above.findLast(bears) ?? (isManifestName(path) ? above.findLast(nameless) : undefined) ?? below.find(bears);
}

/** Whether a path could be that of one file with a manifest. */
export function isManifestName(path: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(path);
}

function isSameFile(name: string, path: string): boolean {
  const [left, right] = [posix.normalize(name), posix.normalize(path)];
  return left === right || posix.basename(left) === posix.basename(right);
}
