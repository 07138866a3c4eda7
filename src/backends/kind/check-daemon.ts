// Whether kind can run here at all: asked of the daemon before anything is made.

import { BackendError } from '../cluster.ts';
import type { DockerEngine } from './docker-engine.ts';

/** Architectures that kind's node images exist for. */
const architectures: readonly string[] = ['amd64', 'arm64'];

/** Rejects with `BackendError` for a daemon that does not answer, or a platform that kind has no node images for. */
export async function checkDaemon(engine: DockerEngine, platform: string = process.platform): Promise<void> {
  if (platform === 'win32') {
    throw new BackendError('--backend kind runs on Linux and macOS; on Windows, run setpiece inside WSL 2');
  }
  const { os, architecture } = await engine.version();
  if (os === 'linux' && architectures.includes(architecture)) return;
  throw new BackendError(
    `kind has node images for linux/${architectures.join(' and linux/')}; this Docker daemon runs ${os}/${architecture}`,
  );
}
