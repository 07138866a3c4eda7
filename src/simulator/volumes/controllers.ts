// All controllers of storage, for the assembly of a simulation.

import { createClaimController } from './claim-controller.ts';
import { createExpandController } from './expansion.ts';
import { createClaimProtection, createVolumeProtection } from './protection.ts';
import { createProvisioner } from './provisioner.ts';
import { createVolumeController } from './volume-controller.ts';
import type { Controller, Plant } from '../controllers/controller.ts';

/** Binder, protection, provisioner and expansion, each to be started with an informer. */
export function createStorageControllers(plant: Plant): readonly Controller[] {
  return [
    createClaimController(plant),
    createVolumeController(plant),
    createClaimProtection(plant),
    createVolumeProtection(plant),
    createProvisioner(plant),
    createExpandController(plant),
  ];
}
