// What a process in a container is made of, and what it can reach.

import type { Micros } from '../../clock.ts';
import type { DnsAnswer } from '../../network/dns.ts';
import type { Files } from './files.ts';

/** A process: it yields the time that it sleeps (Infinity: until it is ended), and returns its exit code. */
export type Process = Generator<Micros, number, void>;

/** The container as its commands see it. */
export interface ShellWorld {
  readonly hostname: string;
  /** With the subdomain and the cluster's domain, where the pod has one (POD-NET-01). */
  readonly fullHostname: string;
  readonly address: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly files: Files;
  /** What the cluster's name server answers to this pod. */
  resolve(name: string, type: 'A' | 'AAAA' | 'SRV'): DnsAnswer;
  /** Sends a signal to the container's main process. */
  signal(name: string): void;
  /** What stands for a command that is not known; undefined: it does not exist. */
  unknown(name: string): Process | undefined;
}
