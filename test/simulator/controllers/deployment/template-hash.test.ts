import { expect, test } from 'vitest';
import { podTemplateHash, printTemplate } from '../../../../src/simulator/controllers/deployment/template-hash.ts';
import type { Template } from '../../../../src/simulator/controllers/deployment/types.ts';

const template = (image: string, more: object = {}): Template => ({
  metadata: { labels: { app: 'mynginx' } },
  spec: {
    containers: [
      {
        image,
        imagePullPolicy: 'IfNotPresent',
        name: 'nginx',
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        ...more,
      },
    ],
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 5,
  },
});

test('templates that ran on a real v1.36.2 cluster have the hashes that they had there', () => {
  expect(podTemplateHash(template('nginx:1.24'), undefined)).toBe('575cd94449');
  expect(podTemplateHash(template('nginx:1.25'), undefined)).toBe('fcf7cb49d');
});

test('a collision changes the hash', () => {
  expect(podTemplateHash(template('nginx:1.24'), 1)).not.toBe('575cd94449');
});

test('values are printed as Go prints them', () => {
  const printed = printTemplate(
    template('nginx', {
      resources: { requests: { memory: '64Mi', cpu: '100m' } },
      readinessProbe: { httpGet: { path: '/', port: 80, scheme: 'HTTP' }, periodSeconds: 10 },
      env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }],
      tty: true,
    }),
  );

  expect(printed).toContain(
    'Requests:(v1.ResourceList)map[cpu:{i:(resource.int64Amount){value:(int64)100 scale:(resource.Scale)-3} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)100m Format:(resource.Format)DecimalSI} memory:{i:(resource.int64Amount){value:(int64)67108864 scale:(resource.Scale)0}',
  );
  expect(printed).toContain(
    'ReadinessProbe:(*v1.Probe){ProbeHandler:(v1.ProbeHandler){Exec:(*v1.ExecAction)<nil> HTTPGet:(*v1.HTTPGetAction){Path:(string)/ Port:(intstr.IntOrString){Type:(intstr.Type)0 IntVal:(int32)80 StrVal:(string)}',
  );
  expect(printed).toContain(
    'ConfigMapKeyRef:(*v1.ConfigMapKeySelector){LocalObjectReference:(v1.LocalObjectReference){Name:(string)c} Key:(string)k Optional:(*bool)<nil>}',
  );
  expect(printed).toContain('Stdin:(bool)false StdinOnce:(bool)false TTY:(bool)true}');
});
