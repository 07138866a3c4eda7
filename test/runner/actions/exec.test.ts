// `exec` on the simulator, from the scenario to the answer.

import { afterAll, expect, test } from 'vitest';
import { Project, start } from '../small-run.ts';

const project = new Project();
afterAll(() => project.dispose());

test('a command in a container answers with what it printed', async () => {
  const ran = await project.run(`${start}
  - name: who is it
    exec: { target: pod/web-1, command: [hostname] }
    expect: { answered: { stdout: { contains: web-1 }, exitCode: 0 } }
  - name: with a shell
    exec: { target: pod/web-0, command: [sh, -c, "nslookup web-1.web && exit 3"] }
    expect: { answered: { stdout: { contains: "Name:\\tweb-1.web" }, exitCode: 3 } }`);

  expect(ran.outcome).toBe('pass');
});

test('a wrong expectation of the output fails, and a missing pod is no answer', async () => {
  const wrong = await project.run(`${start}
  - name: who is it
    exec: { target: pod/web-1, command: [hostname] }
    expect: { within: 1s, answered: { stdout: { contains: web-0 } } }`);
  const missing = await project.run(`${start}
  - name: nobody
    exec: { target: pod/web-9, command: [hostname] }
    expect: { within: 1s, answered: { exitCode: 0 } }`);

  expect(wrong.finished.outcome).toBe('fail');
  expect(missing.finished.outcome).toBe('fail');
});
