// A TCP proxy whose connections can be cut, as networks and load balancers do.

import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A proxy in front of one server. */
export class CuttableProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Number of connections that were cut. */
  cuts = 0;
  #refusing = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens on a free port; `target` is an http URL. */
  static async before(target: string): Promise<CuttableProxy> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    const proxy = new CuttableProxy(server);
    server.on('connection', (socket) => proxy.#join(socket, { hostname, port: Number(port) }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Cuts every connection that there is now. */
  cut(): void {
    for (const socket of this.#sockets) {
      this.cuts += 1;
      socket.resetAndDestroy();
    }
    this.#sockets.clear();
  }

  /** New connections are cut at once until `admit`. */
  refuse(): void {
    this.#refusing = true;
    this.cut();
  }

  admit(): void {
    this.#refusing = false;
  }

  close(): Promise<void> {
    this.cut();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #join(socket: Socket, { hostname, port }: { readonly hostname: string; readonly port: number }): void {
    if (this.#refusing) {
      socket.resetAndDestroy();
      return;
    }
    const upstream = connect(port, hostname);
    this.#sockets.add(socket);
    socket.pipe(upstream).pipe(socket);
    const end = (): void => {
      this.#sockets.delete(socket);
      socket.destroy();
      upstream.destroy();
    };
    for (const one of [socket, upstream]) one.on('error', end).on('close', end);
  }
}
