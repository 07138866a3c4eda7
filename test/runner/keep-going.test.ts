import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Project, start } from './small-run.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.dispose());

const options = { keepGoing: true };

describe('a run that keeps going', () => {
  test('judges the steps behind one that fails', async () => {
    const steps = `${start}
  - { name: too many, scale: { target: sts/web, to: 3 }, expect: { within: 1m, eventually: { pod/web-9: Ready } } }
  - { name: back, scale: { target: sts/web, to: 1 }, expect: { settled: { pod/web-1: { exists: false } } } }`;

    const stopped = await project.run(steps);
    const ran = await project.run(steps, { options });

    expect(stopped.finished).toMatchObject({ outcome: 'fail', notRun: ['back'] });
    expect(ran.finished).toMatchObject({ outcome: 'fail', notRun: [] });
    expect(ran.verdicts.map(({ word, outcome }) => `${word} ${outcome}`)).toEqual([
      'settled pass',
      'eventually fail',
      'settled pass',
    ]);
  });

  test('takes a step without a target as failed, where another run ends as invalid', async () => {
    const steps = `${start}
  - { name: nobody, delete: { target: { kind: pod, labels: { app: none } } } }
  - { name: one, scale: { target: sts/web, to: 1 }, expect: { settled: { statefulset/web: Ready } } }`;

    const stopped = await project.run(steps);
    const ran = await project.run(steps, { options });

    expect(stopped.finished.outcome).toBe('invalid');
    expect(ran.finished.outcome).toBe('fail');
    expect(ran.verdicts.map(({ word, outcome }) => `${word} ${outcome}`)).toEqual([
      'settled pass',
      'accepted fail',
      'settled pass',
    ]);
    expect(ran.verdicts[1]?.explanation?.seen).toContain('no object matches it');
  });

  test('takes a step that needs what was never remembered as failed', async () => {
    const steps = `
  - name: nothing is there
    wait: { pod/web-0: Ready }
    remember: { old: { of: pod/web-0, field: metadata.uid } }
  - { name: needs it, apply: web.yaml, expect: { eventually: { pod/web-0: { fields: { metadata: { uid: $old } } } } } }
  - { name: does not, apply: web.yaml, expect: { eventually: { pod/web-0: Ready } } }`;

    const ran = await project.run(steps, { options });

    expect(ran.finished.outcome).toBe('fail');
    expect(ran.verdicts.map(({ word, outcome }) => `${word} ${outcome}`)).toEqual([
      'eventually fail',
      'accepted fail',
      'eventually pass',
    ]);
    expect(ran.verdicts[1]?.explanation?.seen).toBe(
      '`old` wants one value of metadata.uid of pod/web-0 when step "nothing is there" ends; found nothing',
    );
  });

  test('leaves what a step that passes cannot remember to the steps that need it', async () => {
    const steps = `${start}
    remember: { old: { of: pod/none, field: metadata.uid }, own: { of: pod/web-0, field: metadata.uid } }
  - { name: needs it, wait: { pod/web-0: { fields: { metadata: { uid: $old } } } } }
  - { name: needs the other, wait: { pod/web-0: { fields: { metadata: { uid: $own } } } } }`;

    const stopped = await project.run(steps);
    const ran = await project.run(steps, { options });

    expect(stopped.finished.outcome).toBe('invalid');
    expect(ran.finished.outcome).toBe('fail');
    expect(ran.verdicts.map(({ word, outcome }) => `${word} ${outcome}`)).toEqual([
      'settled pass',
      'accepted fail',
      'eventually pass',
    ]);
    expect(ran.verdicts[1]?.explanation?.seen).toContain('metadata.uid of pod/none');
  });
});
