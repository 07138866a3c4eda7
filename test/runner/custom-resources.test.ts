// Custom resources from the definition to the judged object, on the simulator (capability `custom-resources`).

import { afterAll, expect, test } from 'vitest';
import { Project } from './small-run.ts';

const project = new Project();
project.write(
  'crd.yaml',
  `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: mongoclusters.db.example.com }
spec:
  group: db.example.com
  scope: Namespaced
  names: { plural: mongoclusters, singular: mongocluster, kind: MongoCluster, shortNames: [mc] }
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [members]
              properties:
                members: { type: integer, minimum: 1 }
                engine: { type: string, enum: [wiredTiger, inMemory], default: wiredTiger }
            status: { type: object, x-kubernetes-preserve-unknown-fields: true }
`,
);
project.write(
  'cr.yaml',
  `
apiVersion: db.example.com/v1
kind: MongoCluster
metadata: { name: rs0 }
spec: { members: 3 }
`,
);
afterAll(() => project.dispose());

const head = 'needs: { capabilities: [custom-resources] }';
const both = `
  - name: define and create
    apply: [ crd.yaml, cr.yaml ]
    expect:
      order: [ mongocluster.db.example.com/rs0: Created ]
      settled: { mongocluster.db.example.com/rs0: { fields: { spec: { members: 3, engine: wiredTiger } } } }`;

test('a definition and an object of it are applied in one step', async () => {
  const ran = await project.run(both, { head });

  expect(ran.outcome).toBe('pass');
});

test('fields are patched, and conditions of the status are judged', async () => {
  const ran = await project.run(
    `${both}
  - name: grow
    patch: { target: mongocluster.db.example.com/rs0, merge: { spec: { members: 5 } } }
    expect:
      settled: { mongocluster.db.example.com/rs0: { fields: { spec: { members: 5 }, metadata: { generation: 2 } } } }
  - name: an operator reports
    patch:
      target: mongocluster.db.example.com/rs0
      subresource: status
      merge: { status: { conditions: [ { type: Healthy, status: "True" } ] } }
    expect:
      settled: { mongocluster.db.example.com/rs0: { conditions: { Healthy: true } } }
      never: [ { of: mongocluster.db.example.com/rs0, changes: { field: metadata.generation } } ]
  - name: gone
    delete: { target: mongocluster.db.example.com/rs0 }
    expect: { settled: { mongocluster.db.example.com/rs0: { exists: false } } }`,
    { head },
  );

  expect(ran.outcome).toBe('pass');
});

test('the schema of the definition is enforced', async () => {
  const ran = await project.run(
    `${both}
  - name: too few
    patch: { target: mongocluster.db.example.com/rs0, merge: { spec: { members: 0 } } }
    expect:
      rejected: { code: 422, reason: Invalid, causes: { has: [ { field: spec.members } ] } }`,
    { head },
  );

  expect(ran.outcome).toBe('pass');
});

test('an object whose kind was not defined is answered as the API server does', async () => {
  const ran = await project.run(
    `
  - name: unknown
    apply: cr.yaml
    expect: { rejected: { code: 404 } }`,
    { head },
  );

  expect(ran.outcome).toBe('pass');
});
