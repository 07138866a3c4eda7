// The one door to testcontainers, an optional peer dependency: loaded when kind has to run in a container.

import { BackendError } from '../cluster.ts';
import type * as testcontainersPackage from 'testcontainers';

/** The package, as it is imported. */
export type Testcontainers = typeof testcontainersPackage;

/**
 * Loads the package and has it find the daemon, by DOCKER_HOST: it knows nothing of docker's contexts. Rejects with
 * `BackendError` where the package is not installed, or does not get on with the daemon.
 */
export async function loadTestcontainers(socket: string): Promise<Testcontainers> {
  process.env['DOCKER_HOST'] ??= `unix://${socket}`;
  const testcontainers = await load();
  try {
    await testcontainers.getContainerRuntimeClient();
  } catch {
    // In a container it looks for a way to published ports, which fails without a bridge. We publish none.
    process.env['TESTCONTAINERS_HOST_OVERRIDE'] ??= 'localhost';
    await testcontainers.getContainerRuntimeClient().catch((error: unknown) => {
      const { message } = error as Error;
      throw new BackendError(`testcontainers does not get on with the Docker daemon at ${socket}: ${message}`, {
        cause: error,
      });
    });
  }
  return testcontainers;
}

async function load(): Promise<Testcontainers> {
  try {
    return await import('testcontainers');
  } catch (error) {
    if ((error as { readonly code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const message =
      'no kind on PATH (with docker), and the package testcontainers, which runs it in a container, is not installed: npm install --save-dev testcontainers@11';
    throw new BackendError(message, { cause: error });
  }
}
