// What runs inside a pod's containers: their files, their main process as far as its command is understood, commands from
// outside, and the checks of probes. Nothing is made before somebody asks for it: most containers are never looked into.

import { programOf } from './commands/index.ts';
import { environmentOf, expandReferences, hostnameOf } from './environment.ts';
import { FileTree } from './files.ts';
import { MountedFiles } from './mounted-files.ts';
import { mainCommand } from './main-command.ts';
import { MainLog } from './main-log.ts';
import { mountsOf } from './mounts-of.ts';
import { readScript } from './read-script.ts';
import { createShell, runNamed, runScript } from './shell.ts';
import { webFileOf, webFilesOf, webRootOf } from './web-root.ts';
import { resolveName } from '../../network/dns.ts';
import type { Micros } from '../../clock.ts';
import type { Container } from '../container.ts';
import type { PodRun } from '../pod-run.ts';
import type { Probe } from '../pod.ts';
import type { LogEntry } from './main-log.ts';
import type { Process, ShellWorld } from './process.ts';
import type { Shell, Streams } from './state.ts';

/** What a command printed, and how it ended. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A command that was started: it runs as far as it can without time passing. */
export interface StartedCommand {
  readonly process: Process;
  readonly printed: { out: string; error: string };
  /** Its standard input, all of it; to be set before the command runs. */
  readonly input: { text: string };
}

/** What the runtime tells of a container. */
export interface RuntimeListener {
  /** The main process ended by itself. */
  exited(container: Container, exitCode: number): void;
  /** Files changed that its probes may look at. */
  changed(container: Container): void;
}

/** The inside of one run of a container. */
interface Inside {
  readonly files: MountedFiles;
  readonly stop: () => void;
  /** Files that were seen under the web root: only for those it is known what their absence means. */
  readonly served: Set<string>;
}

/** The runtime of one pod. */
export class ContainerRuntime {
  readonly #run: PodRun;
  readonly #insides = new Map<Container, Inside>();
  readonly #mains = new Map<Container, Shell>();
  readonly #logs = new Map<Container, MainLog>();
  readonly #emptyDirs = new Map<string, FileTree>();
  listener: RuntimeListener = { exited: () => undefined, changed: () => undefined };

  constructor(run: PodRun) {
    this.#run = run;
  }

  /** Starts the main process of a container whose command is understood; the answer is whether it is. */
  begin(container: Container): boolean {
    const command = mainCommand(container.spec);
    if (command === undefined || !isUnderstood(command)) return false;
    const shell = createShell(this.#world(container, () => this.#standIn(container)));
    const log = this.#logs.get(container) ?? new MainLog();
    log.begin();
    this.#logs.set(container, log);
    const process = startProgram(shell, command, this.#logged(container));
    if (process === undefined) return false;
    this.#mains.set(container, shell);
    // A process takes a moment, whatever it does.
    this.#drive(container, shell, process, this.#run.random.integer(5_000, 50_000));
    return true;
  }

  /** A run of a container is over: what it wrote outside of volumes is lost. */
  end(container: Container): void {
    this.#insides.get(container)?.stop();
    this.#insides.delete(container);
    this.#mains.delete(container);
  }

  /** Whether the main process runs by its command. */
  isScripted(container: Container): boolean {
    return this.#mains.has(container);
  }

  /**
   * How the main process takes a signal to stop: its exit code, or undefined when it ignores it, as process 1 of a container
   * does with signals that it has no handler for (POD-TERM-02). What is not understood obeys.
   */
  terminate(container: Container): number | undefined {
    const shell = this.#mains.get(container);
    if (shell === undefined) return 0;
    const action = shell.traps.get('TERM');
    if (action === undefined || action === '') return undefined;
    const script = readScript(action);
    if ('kind' in script) return 2;
    const process = runScript(shell, script, this.#logged(container));
    for (;;) {
      const step = process.next();
      if (step.done === true) return step.value;
      if (step.value === Number.POSITIVE_INFINITY) return undefined;
    }
  }

  /** What the main process printed, as far as its command is understood. */
  log(container: Container, run: 'current' | 'previous'): readonly LogEntry[] {
    return this.#logs.get(container)?.entries(run) ?? [];
  }

  /** Starts a command beside the main process; undefined when no such program is known. */
  exec(container: Container, command: readonly string[]): StartedCommand | undefined {
    return this.#start(createShell(this.#world(container, () => undefined)), command);
  }

  /** What a probe finds: undefined when all is well, else what went wrong. Checks that cannot be made here count as well. */
  check(container: Container, { exec, httpGet }: Probe): string | undefined {
    if (exec?.command !== undefined) return this.#checkCommand(container, exec.command);
    if (httpGet !== undefined) return this.#checkFile(container, httpGet.path ?? '/');
    return undefined;
  }

  #checkCommand(container: Container, command: readonly string[]): string | undefined {
    if (!isUnderstood(command)) return undefined;
    let unknown = false;
    const world = this.#world(container, () => {
      unknown = true;
      return succeed();
    });
    const started = this.#start(createShell(world), command);
    if (started === undefined) return undefined;
    for (;;) {
      const step = started.process.next();
      if (step.done === true) {
        return step.value === 0 || unknown ? undefined : `${started.printed.out}${started.printed.error}`;
      }
      if (step.value === Number.POSITIVE_INFINITY) return 'command timed out';
    }
  }

  #checkFile(container: Container, path: string): string | undefined {
    const root = webRootOf(container.image);
    if (root === undefined) return undefined;
    const { files, served } = this.#inside(container);
    const file = webFileOf(root, path);
    if (files.read(file) !== undefined) {
      served.add(file);
      return undefined;
    }
    return served.has(file) ? 'HTTP probe failed with statuscode: 404' : undefined;
  }

  #start(shell: Shell, command: readonly string[]): StartedCommand | undefined {
    const printed = { out: '', error: '' };
    const input = { text: '' };
    const streams: Streams = {
      get input() {
        return input.text;
      },
      out: (text) => void (printed.out += text),
      error: (text) => void (printed.error += text),
    };
    const process = startProgram(shell, command, streams);
    return process === undefined ? undefined : { process, printed, input };
  }

  /** Both outputs of a main process go into its log. */
  #logged(container: Container): Streams {
    const { clock } = this.#run.host.plant;
    const write = (text: string): void => this.#logs.get(container)?.write({ at: clock.now, text });
    return { input: '', out: write, error: write };
  }

  /** Lets the main process run; the time that it sleeps is timers of the pod. */
  #drive(container: Container, shell: Shell, process: Process, delay: Micros): void {
    if (delay === Number.POSITIVE_INFINITY) return;
    const timerClass = delay < 10_000_000 ? 'work' : 'deadline';
    this.#run.after(delay, timerClass, `main process of ${container.name}`, () => {
      if (this.#mains.get(container) !== shell) return;
      const step = process.next();
      if (step.done === true) this.listener.exited(container, step.value);
      else this.#drive(container, shell, process, step.value);
    });
  }

  /** A server runs on; of a pod that is to end, what is not understood ends well. */
  #standIn(container: Container): Process {
    const lasting =
      container.role === 'sidecar' || (container.role === 'app' && this.#run.pod.spec.restartPolicy === 'Always');
    return lasting ? last() : succeed();
  }

  #inside(container: Container): Inside {
    let inside = this.#insides.get(container);
    if (inside === undefined) {
      const root = new FileTree({ open: true });
      const { hostname, fullHostname, address } = this.#identity();
      root.write('/etc/hostname', `${hostname}\n`);
      const names = fullHostname === hostname ? hostname : `${fullHostname}\t${hostname}`;
      root.write('/etc/hosts', `127.0.0.1\tlocalhost\n${address}\t${names}\n`);
      root.makeDirectory('/tmp');
      for (const [path, text] of webFilesOf(container.image)) root.write(path, text);
      const files = new MountedFiles(root, mountsOf(this.#run, container, this.#emptyDirs));
      const stop = files.onChange(() => this.listener.changed(container));
      this.#insides.set(container, (inside = { files, stop, served: new Set() }));
    }
    return inside;
  }

  #identity(): Pick<ShellWorld, 'hostname' | 'fullHostname' | 'address'> {
    const { pod, ip } = this.#run;
    const hostname = hostnameOf(pod);
    const { subdomain } = pod.spec;
    const domain = `${subdomain}.${pod.metadata.namespace}.svc.cluster.local`;
    return { hostname, fullHostname: subdomain ? `${hostname}.${domain}` : hostname, address: ip ?? '' };
  }

  #world(container: Container, unknown: ShellWorld['unknown']): ShellWorld {
    const run = this.#run;
    const { store } = run.host.plant.api;
    const { namespace = '' } = run.pod.metadata;
    return {
      ...this.#identity(),
      environment: environmentOf(run, container),
      files: this.#inside(container).files,
      resolve: (name, type) => resolveName(store, { name, type, namespace }),
      signal: (name) => this.#signal(container, name),
      unknown,
    };
  }

  /** A signal from inside; process 1 cannot be killed from there. */
  #signal(container: Container, name: string): void {
    if (!['TERM', 'INT', 'QUIT'].includes(name)) return;
    const run = this.#run;
    run.after(run.wait('containerStop'), 'work', `signal ${container.name}`, () => {
      const exitCode = this.terminate(container);
      if (exitCode !== undefined) this.listener.exited(container, exitCode);
    });
  }
}

/** A program that is known; of a shell's script every part can be read, or none of it is run. */
function isUnderstood(command: readonly string[]): boolean {
  const [name = '', ...args] = command;
  if (programOf(name) === undefined) return false;
  if (!/(^|\/)(ba|a|da)?sh$/.test(name)) return true;
  const place = args.findIndex((arg) => /^-\w*c$/.test(arg));
  return place >= 0 && !('kind' in readScript(args[place + 1] ?? ''));
}

/** Starts a program; undefined when none of that name is known. */
function startProgram(shell: Shell, command: readonly string[], streams: Streams): Process | undefined {
  const [name, ...args] = command.map((word) => expandReferences(word, shell.world.environment));
  if (name === undefined || programOf(name) === undefined) return undefined;
  return runNamed(shell, [name, ...args], streams);
}

function* succeed(): Process {
  yield 0;
  return 0;
}

function* last(): Process {
  yield Number.POSITIVE_INFINITY;
  return 0;
}
