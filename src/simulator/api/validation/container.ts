// What a container has to keep to, in the order in which the server looks at its members. Follows validateContainers of
// pkg/apis/core/validation.

import { compareQuantities } from '../../../kubernetes/quantity.ts';
import { environmentNameProblems, labelProblems, portNameProblems, portNumberProblems } from './names.ts';
import { validateProbes } from './probe.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Container, ContainerPort, EnvironmentVariable, Resources } from '../shapes.ts';

/** What is known of the pod around the container. */
export interface ContainerSurroundings {
  /** Names of the volumes that can be mounted. */
  readonly volumes: ReadonlySet<string>;
  /** Names of the containers before; the container's own is added. */
  readonly names: Set<string>;
}

/** Checks one container at `path`. */
export function validateContainer(
  path: string,
  container: Container,
  { volumes, names }: ContainerSurroundings,
  errors: FieldErrors,
): void {
  const { name = '', image = '' } = container;
  if (name === '') errors.required(`${path}.name`);
  else for (const problem of labelProblems(name)) errors.invalid(`${path}.name`, name, problem);
  if (names.has(name)) errors.duplicate(`${path}.name`, name);
  else names.add(name);
  if (image === '') errors.required(`${path}.image`);
  else if (image !== image.trim())
    errors.invalid(`${path}.image`, image, 'must not have leading or trailing whitespace');
  validateProbes(path, container, errors);
  errors.oneOf(`${path}.terminationMessagePolicy`, container.terminationMessagePolicy, [
    'File',
    'FallbackToLogsOnError',
  ]);
  validatePorts(`${path}.ports`, container.ports, errors);
  for (const [at, variable] of (container.env ?? []).entries())
    validateVariable(`${path}.env[${at}]`, variable, errors);
  validateMounts(path, container, volumes, errors);
  errors.oneOf(`${path}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']);
  validateResources(`${path}.resources`, container.resources, errors);
}

function validatePorts(field: string, ports: readonly ContainerPort[] | undefined, errors: FieldErrors): void {
  if (ports === undefined) return;
  const names = new Set<string>();
  for (const [at, { name, containerPort = 0, hostPort, protocol }] of ports.entries()) {
    const path = `${field}[${at}]`;
    if (name !== undefined) {
      const problems = portNameProblems(name);
      for (const problem of problems) errors.invalid(`${path}.name`, name, problem);
      if (problems.length === 0 && names.has(name)) errors.duplicate(`${path}.name`, name);
      names.add(name);
    }
    if (containerPort === 0) errors.required(`${path}.containerPort`);
    else {
      for (const problem of portNumberProblems(containerPort)) {
        errors.invalid(`${path}.containerPort`, containerPort, problem);
      }
    }
    for (const problem of hostPort === undefined ? [] : portNumberProblems(hostPort)) {
      errors.invalid(`${path}.hostPort`, hostPort, problem);
    }
    errors.oneOf(`${path}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']);
  }
}

function validateVariable(
  path: string,
  { name = '', value, valueFrom }: EnvironmentVariable,
  errors: FieldErrors,
): void {
  if (name === '') errors.required(`${path}.name`);
  else for (const problem of environmentNameProblems(name)) errors.invalid(`${path}.name`, name, problem);
  if (valueFrom === undefined) return;
  const sources = Object.values(valueFrom).filter((source) => source !== undefined);
  if (sources.length === 0)
    errors.invalid(
      `${path}.valueFrom`,
      '',
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    );
  else if (value !== undefined && value !== '') {
    errors.invalid(`${path}.valueFrom`, '', 'may not be specified when `value` is not empty');
  } else if (sources.length > 1) {
    errors.invalid(`${path}.valueFrom`, '', 'may not have more than one field specified at a time');
  }
  for (const reference of ['configMapKeyRef', 'secretKeyRef']) {
    if (valueFrom[reference] !== undefined && !valueFrom[reference].key) {
      errors.required(`${path}.valueFrom.${reference}.key`);
    }
  }
  if (valueFrom['fieldRef'] !== undefined && !valueFrom['fieldRef'].fieldPath) {
    errors.required(`${path}.valueFrom.fieldRef.fieldPath`);
  }
}

/** Mounts name a volume of the pod, or of the set's claim templates (STS-VAL-18). */
function validateMounts(path: string, container: Container, volumes: ReadonlySet<string>, errors: FieldErrors): void {
  const paths = new Set<string>();
  for (const [at, { name = '', mountPath = '', subPath }] of (container.volumeMounts ?? []).entries()) {
    const mount = `${path}.volumeMounts[${at}]`;
    if (name === '') errors.required(`${mount}.name`);
    if (!volumes.has(name)) errors.notFound(`${mount}.name`, name);
    if (mountPath === '') errors.required(`${mount}.mountPath`);
    if (paths.has(mountPath)) errors.invalid(`${mount}.mountPath`, mountPath, 'must be unique');
    paths.add(mountPath);
    if (subPath?.startsWith('/') === true) errors.invalid(`${mount}.subPath`, subPath, 'must be a relative path');
  }
  for (const [at, { name = '', devicePath = '' }] of (container.volumeDevices ?? []).entries()) {
    const device = `${path}.volumeDevices[${at}]`;
    if (name === '') errors.required(`${device}.name`);
    if (!volumes.has(name)) errors.notFound(`${device}.name`, name);
    if (devicePath === '') errors.required(`${device}.devicePath`);
  }
}

/** Amounts are not negative, and nothing is requested beyond its limit. */
export function validateResources(field: string, resources: Resources | undefined, errors: FieldErrors): void {
  for (const list of ['limits', 'requests'] as const) {
    for (const [name, amount] of Object.entries(resources?.[list] ?? {})) {
      if ((compareQuantities(amount, '0') ?? 0) < 0) {
        errors.invalid(`${field}.${list}[${name}]`, amount, 'must be greater than or equal to 0');
      }
    }
  }
  for (const [name, requested] of Object.entries(resources?.requests ?? {})) {
    const limit = resources?.limits?.[name];
    if (limit !== undefined && (compareQuantities(requested, limit) ?? 0) > 0) {
      const told = `must be less than or equal to ${name} limit of ${limit}`;
      errors.invalid(`${field}.requests`, requested, told);
    }
  }
}
