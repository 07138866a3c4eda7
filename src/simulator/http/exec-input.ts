// Standard input of a command: all of it is read before the command begins. A client that closes its side says so; one that leaves
// it open (a terminal, or an older protocol) is waited for until nothing has come for a moment.

import { clearTimeout, setTimeout } from 'node:timers';
import type { WebSocket } from 'ws';

const inputChannel = 0;
/** Of the newest protocol: the client closes the channel that the next byte names. */
const closeChannel = 255;
const bytesMax = 1024 * 1024;
const quietMs = 300;

/**
 * Collects the input and gives it to `done`; undefined when it is too large. `wholly` waits for its end however long it takes: a shell
 * that runs what it reads.
 */
export function collectInput(
  socket: WebSocket,
  { wholly }: { readonly wholly: boolean },
  done: (input: string | undefined) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let quiet: NodeJS.Timeout | undefined;
  const end = (input: string | undefined): void => {
    clearTimeout(quiet);
    socket.off('message', take);
    socket.off('close', leave);
    done(input);
  };
  const finish = (): void => end(Buffer.concat(chunks).toString('utf8'));
  const wait = (): void => {
    clearTimeout(quiet);
    if (!wholly) quiet = setTimeout(finish, quietMs);
  };
  const leave = (): void => clearTimeout(quiet);
  const take = (data: Buffer): void => {
    if (data[0] === closeChannel && data[1] === inputChannel) return finish();
    if (data[0] !== inputChannel) return;
    size += data.length - 1;
    if (size > bytesMax) return end(undefined);
    chunks.push(data.subarray(1));
    wait();
  };
  socket.on('message', take);
  socket.once('close', leave);
  wait();
}
