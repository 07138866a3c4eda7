// The one door to @kubernetes/client-node, an optional peer dependency: loaded when a real cluster was chosen.

import { BackendError } from '../cluster.ts';
import type * as client from '@kubernetes/client-node';

/** The package, as it is imported. */
export type ClientNode = typeof client;

/** Loads the package; rejects with `BackendError` where it is not installed. */
export async function loadClient(): Promise<ClientNode> {
  try {
    return await import('@kubernetes/client-node');
  } catch (error) {
    if ((error as { readonly code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const message =
      'real clusters need the package @kubernetes/client-node: npm install --save-dev @kubernetes/client-node';
    throw new BackendError(message, { cause: error });
  }
}
