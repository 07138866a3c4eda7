// `pods/NAME/exec` over a WebSocket: the command runs in virtual time, at the pace of the server, and what it prints is sent as
// it comes. The first byte of a message names the stream: 1 is standard output, 2 standard error, 3 the outcome as a Status. What the
// command reads has come before it begins: see exec-input.ts.

import type { WebSocket } from 'ws';
import type { Timer } from '../clock.ts';
import { podKind } from '../kubelet/pod.ts';
import { collectInput } from './exec-input.ts';
import type { ExecRequest, ExecStart } from '../kubelet/exec.ts';
import type { Simulator } from '../simulator.ts';
import type { Pacer } from './pacer.ts';

/** A command for a container, and what of its output the client wants. */
export interface ExecWish {
  readonly request: ExecRequest;
  /** Whether the client sends standard input. */
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** What a command runs on. */
export interface ExecParts {
  readonly simulator: Simulator;
  readonly pacer: Pacer;
}

const channels = { stdout: 1, stderr: 2, outcome: 3 } as const;
/** Process 1 of the container ended, and took the command with it. */
const killedCode = 137;
/** As for main processes: what sleeps longer is a deadline, not work under way. */
const workMax = 10_000_000;

type Started = Extract<ExecStart, { readonly kind: 'started' }>;

/** Runs a command that was started and tells the client; closes the socket when it is over. */
export function streamExec(socket: WebSocket, started: Started, wish: ExecWish, { simulator, pacer }: ExecParts): void {
  const { clock, store } = simulator;
  const { pod, command } = wish.request;
  const { process, printed } = started;
  const sent = { out: 0, error: 0 };
  let timer: Timer | undefined;
  let over = false;
  const stop = (): void => {
    over = true;
    if (timer !== undefined) clock.cancel(timer);
    unsubscribe();
  };
  const tell = (): void => {
    if (wish.stdout) send(socket, channels.stdout, printed.out.slice(sent.out));
    if (wish.stderr) send(socket, channels.stderr, printed.error.slice(sent.error));
    sent.out = printed.out.length;
    sent.error = printed.error.length;
  };
  const finish = (code: number): void => {
    stop();
    send(socket, channels.outcome, JSON.stringify(outcomeOf(code, command)));
    socket.close(1000);
  };
  const fail = (message: string): void => {
    stop();
    const outcome = { metadata: {}, status: 'Failure', message, reason: 'InternalError', code: 500 };
    send(socket, channels.outcome, JSON.stringify(outcome));
    socket.close(1000);
  };
  const step = (): void => {
    timer = undefined;
    if (over) return;
    const next = process.next();
    tell();
    if (next.done === true) finish(next.value);
    else if (next.value !== Infinity) {
      const timerClass = next.value < workMax ? 'work' : 'deadline';
      timer = clock.after(next.value, timerClass, `command in ${pod}`, step);
    }
  };
  const unsubscribe = store.subscribe(podKind, () => {
    if (!over && !started.alive()) finish(killedCode);
  });
  socket.once('close', stop);
  // A client that breaks the protocol is cut off by the library; there is nobody to tell.
  socket.on('error', () => socket.terminate());
  const begin = (): void => {
    if (over) return;
    pacer.arrive();
    step();
    pacer.settle(true);
  };
  if (!wish.stdin) return begin();
  collectInput(socket, { wholly: isBareShell(command) }, (input) => {
    if (input === undefined) return fail(inputTooLarge);
    started.input.text = input;
    begin();
  });
}

const inputTooLarge = 'standard input of a command is limited to 1 MiB here';

/** A shell that reads its script from its input. */
export function isBareShell([program = '', ...options]: readonly string[]): boolean {
  return (
    /^(?:\/(?:usr\/)?bin\/)?(?:ba|a|da)?sh$/.test(program) && options.every((option) => /^-[a-bd-z]+$/.test(option))
  );
}

function send(socket: WebSocket, channel: number, text: string): void {
  if (text === '' || socket.readyState !== socket.OPEN) return;
  socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(text)]));
}

/** The outcome as the kubelet and containerd word it. */
function outcomeOf(code: number, command: readonly string[]): object {
  if (code === 0) return { metadata: {}, status: 'Success' };
  const why = `error executing command [${command.join(' ')}], exit code ${code}`;
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: ${why}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: `${code}` }] },
  };
}
