// The probes of a pod's containers (PROBE). Checks that the simulation can make are made (commands, files that a web server
// serves); all others succeed, and a fault can hold readiness back.

import { ProbeWorker } from './probe-worker.ts';
import type { Container } from './container.ts';
import type { PodRun } from './pod-run.ts';
import type { Probe } from './pod.ts';
import type { ProbeKind } from './probe-worker.ts';

/** What a prober tells. */
export interface ProbeListener {
  /** `started` or `ready` of a container changed. */
  changed(container: Container): void;
  /** A liveness or startup probe has failed too often: the container is to be restarted (PROBE-06). */
  unhealthy(container: Container, kind: 'liveness' | 'startup'): void;
}

/** Watches over a pod's containers. */
export class Prober {
  readonly #run: PodRun;
  readonly #listener: ProbeListener;
  readonly #workers = new Map<Container, Map<ProbeKind, ProbeWorker>>();

  constructor(run: PodRun, listener: ProbeListener) {
    this.#run = run;
    this.#listener = listener;
  }

  /** A run of a container began. Without probes it is started and ready at once. */
  begin(container: Container): void {
    this.forget(container);
    const { startupProbe } = container.spec;
    if (startupProbe === undefined) {
      this.#start(container);
      return;
    }
    this.#probe(container, 'Startup', startupProbe, (passed) => {
      if (!passed) {
        this.#listener.unhealthy(container, 'startup');
        return;
      }
      this.#start(container);
      this.#listener.changed(container);
    });
  }

  /** A container's run is over. */
  forget(container: Container): void {
    for (const worker of this.#workers.get(container)?.values() ?? []) worker.stop();
    this.#workers.delete(container);
  }

  /** A fault was put in or taken away, or files changed. */
  reconsider(container: Container): void {
    if (!container.running) return;
    for (const worker of this.#workers.get(container)?.values() ?? []) worker.reconsider();
    if (!container.started || container.role === 'init' || container.spec.readinessProbe !== undefined) return;
    const wanted = !this.#heldBack(container);
    if (container.ready === wanted) return;
    // Without a probe the fault is the container's own: the next look at it shows the change.
    this.#run.after(0, 'work', `readiness of ${container.name}`, () => {
      if (!container.running || container.ready === !this.#heldBack(container)) return;
      container.markReady(!container.ready);
      this.#listener.changed(container);
    });
  }

  #start(container: Container): void {
    container.markStarted(true);
    const { livenessProbe, readinessProbe } = container.spec;
    if (livenessProbe !== undefined) {
      this.#probe(container, 'Liveness', livenessProbe, (passed) => {
        if (!passed) this.#listener.unhealthy(container, 'liveness');
      });
    }
    // An init container is ready when it has ended well, not while it runs (POD-INIT-02).
    if (container.role === 'init') return;
    if (readinessProbe === undefined) {
      container.markReady(!this.#heldBack(container));
      return;
    }
    this.#probe(container, 'Readiness', readinessProbe, (passed) => {
      if (container.ready === passed) return;
      container.markReady(passed);
      this.#listener.changed(container);
    });
  }

  #heldBack(container: Container): boolean {
    return this.#run.host.faults.notReady(this.#run.pod, container.name);
  }

  #probe(container: Container, kind: ProbeKind, probe: Probe, settled: (passed: boolean) => void): void {
    // Most probes cannot fail but by a fault; those that only watch for life are not worth a timer then.
    const checked = probe.exec !== undefined || probe.httpGet !== undefined;
    if (kind === 'Liveness' && !checked) return;
    const check = (): string | undefined => {
      if (kind === 'Readiness' && this.#heldBack(container)) return 'the container reports not ready';
      return checked ? this.#run.runtime.check(container, probe) : undefined;
    };
    let workers = this.#workers.get(container);
    if (workers === undefined) this.#workers.set(container, (workers = new Map()));
    workers.set(kind, new ProbeWorker({ run: this.#run, container, kind, probe, check, settled }));
  }
}
