// What probes and hooks of a container have to keep to (PROBE-01).

import { portNameProblems, portNumberProblems } from './names.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Container, Handler, HttpGet, IntOrString, Probe } from '../shapes.ts';

/** Checks the hooks and then the three probes of a container. */
export function validateProbes(path: string, container: Container, errors: FieldErrors): void {
  const { lifecycle, livenessProbe, readinessProbe, startupProbe } = container;
  if (lifecycle?.postStart !== undefined) validateHandler(`${path}.lifecycle.postStart`, lifecycle.postStart, errors);
  if (lifecycle?.preStop !== undefined) validateHandler(`${path}.lifecycle.preStop`, lifecycle.preStop, errors);
  validateProbe(`${path}.livenessProbe`, livenessProbe, errors);
  mustSucceedOnce(`${path}.livenessProbe`, livenessProbe, errors);
  validateProbe(`${path}.readinessProbe`, readinessProbe, errors);
  if (readinessProbe?.terminationGracePeriodSeconds !== undefined) {
    const field = `${path}.readinessProbe.terminationGracePeriodSeconds`;
    errors.invalid(field, readinessProbe.terminationGracePeriodSeconds, 'must not be set for readinessProbes');
  }
  validateProbe(`${path}.startupProbe`, startupProbe, errors);
  mustSucceedOnce(`${path}.startupProbe`, startupProbe, errors);
}

function validateProbe(field: string, probe: Probe | undefined, errors: FieldErrors): void {
  if (probe === undefined) return;
  validateHandler(field, probe, errors);
  errors.nonNegative(`${field}.initialDelaySeconds`, probe.initialDelaySeconds);
  errors.nonNegative(`${field}.timeoutSeconds`, probe.timeoutSeconds);
  errors.nonNegative(`${field}.periodSeconds`, probe.periodSeconds);
  errors.nonNegative(`${field}.successThreshold`, probe.successThreshold);
  errors.nonNegative(`${field}.failureThreshold`, probe.failureThreshold);
  if (probe.terminationGracePeriodSeconds !== undefined && probe.terminationGracePeriodSeconds <= 0) {
    const seconds = probe.terminationGracePeriodSeconds;
    errors.invalid(`${field}.terminationGracePeriodSeconds`, seconds, 'must be greater than 0');
  }
}

function mustSucceedOnce(field: string, probe: Probe | undefined, errors: FieldErrors): void {
  const threshold = probe?.successThreshold;
  if (threshold !== undefined && threshold !== 1) errors.invalid(`${field}.successThreshold`, threshold, 'must be 1');
}

function validateHandler(field: string, handler: Handler, errors: FieldErrors): void {
  let handlers = 0;
  const next = (member: string): boolean => {
    handlers += 1;
    if (handlers > 1) errors.forbidden(`${field}.${member}`, 'may not specify more than 1 handler type');
    return handlers === 1;
  };
  if (handler.exec !== undefined && next('exec') && (handler.exec.command ?? []).length === 0) {
    errors.required(`${field}.exec.command`);
  }
  if (handler.httpGet !== undefined && next('httpGet')) validateHttpGet(`${field}.httpGet`, handler.httpGet, errors);
  if (handler.tcpSocket !== undefined && next('tcpSocket')) {
    validatePort(`${field}.tcpSocket.port`, handler.tcpSocket.port, errors);
  }
  if (handler.grpc !== undefined && next('grpc')) validatePort(`${field}.grpc.port`, handler.grpc.port, errors);
  if (handler.sleep !== undefined) next('sleep');
  if (handlers === 0) errors.required(field, 'must specify a handler type');
}

function validateHttpGet(field: string, { path, port, scheme }: HttpGet, errors: FieldErrors): void {
  if (!path) errors.required(`${field}.path`);
  validatePort(`${field}.port`, port, errors);
  errors.oneOf(`${field}.scheme`, scheme, ['HTTP', 'HTTPS']);
}

function validatePort(field: string, port: IntOrString | undefined, errors: FieldErrors): void {
  const value = port ?? 0;
  const problems = typeof value === 'number' ? portNumberProblems(value) : portNameProblems(value);
  for (const problem of problems) errors.invalid(field, value, problem);
}
