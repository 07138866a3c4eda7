import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkLesson } from '../../../src/lessons/check/check-lesson.ts';
import { countVerdicts } from '../../../src/lessons/check/block-result.ts';
import { updateLesson } from '../../../src/lessons/check/update-lesson.ts';
import { readLesson } from '../../../src/lessons/markdown/read-lesson.ts';
import { openOwnExecutor as open } from '../../../src/lessons/check/own-executor.ts';
import { webSet } from '../web-set.ts';
import type { LessonCheck } from '../../../src/lessons/check/block-result.ts';
import type { Lesson } from '../../../src/lessons/markdown/lesson.ts';

async function read(text: string): Promise<Lesson> {
  const loaded = await readLesson('lesson.md', text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.lesson;
}

/** One line a block: where, what it came to, and why. Prices of chance and of kubectl's release are left out. */
function table({ results }: LessonCheck): readonly string[] {
  return results.map(({ lines, verdict, title, reason, notes }) => {
    const why = [...(reason === undefined ? [] : [reason]), ...notes].join('; ');
    const text = `${lines.first} ${verdict} ${title.replaceAll('\n', ' ')}${why === '' ? '' : ` | ${why}`}`;
    return text.replaceAll(/[a-z]+-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}/g, 'GENERATED');
  });
}

/** What the manual says of the five lessons. */
const manual = readFileSync(fileURLToPath(new URL('../../../docs/lessons.md', import.meta.url)), 'utf8');

/** A folder for temporary files that nobody else uses. */
const temporary = mkdtempSync(join(tmpdir(), 'setpiece-check-'));
const { TMPDIR } = process.env;
beforeAll(() => {
  process.env['TMPDIR'] = temporary;
});
afterAll(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  rmSync(temporary, { recursive: true, force: true });
});

const web = `In web.yaml:

\`\`\`yaml
${webSet}\`\`\`
`;

function lessonOf(...blocks: readonly string[]): Promise<Lesson> {
  return read(`${web}\n${blocks.map((block) => `\`\`\`\n${block}\n\`\`\`\n`).join('\n')}`);
}

describe('without a kubectl', { timeout: 60_000 }, () => {
  test.each(['nginx-web', 'identity', 'mongodb', 'statefulset-test', 'web'])('%s has its table', async (name) => {
    const path = fileURLToPath(new URL(`../../fixtures/lessons/${name}.md`, import.meta.url));

    const check = await checkLesson(await read(readFileSync(path, 'utf8')), { open });

    expect(table(check)).toMatchSnapshot();
    const { true: right, false: wrong, 'not-checkable': left } = countVerdicts(check.results);
    const counted = [right, wrong, left].map((count, i) => `${count} ${['true', 'false', 'not checkable'][i]}`);
    const nonzero = counted.filter((text, i) => i === 0 || !text.startsWith('0 ') || (i === 1 && left > 0));
    expect(manual).toContain(`### ${name}: ${check.results.length === 0 ? 'nothing to check' : nonzero.join(', ')}\n`);
    // Each block that is false is explained, at its line.
    const section = manual.split(`### ${name}: `)[1]!.split('\n## ')[0]!.split('\n### ')[0]!;
    const explained = [...section.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, lines]) =>
      lines!.split(', ').map(Number),
    );
    expect(explained.toSorted((a, b) => a - b)).toEqual(check.results.map(({ lines }) => lines.first));
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('a watch sees what the command before it does, as from a second terminal', async () => {
    const check = await checkLesson(
      await lessonOf(
        '$ kubectl apply -f web.yaml\nservice/nginx created\nstatefulset.apps/web created',
        '$ kubectl get pods -w\nNAME    READY   STATUS    RESTARTS   AGE\nweb-0   0/1     Pending   0          0s\n' +
          'web-0   0/1     ContainerCreating   0          0s\nweb-0   1/1     Running   0          1s\n' +
          'web-1   0/1     Pending   0          0s\nweb-1   0/1     ContainerCreating   0          0s\nweb-1   1/1     Running   0          1s',
        '$ kubectl delete pod web-0\npod "web-0" deleted\n$ kubectl rollout status sts/web\npartitioned roll out complete: 2 new pods have been updated...',
      ),
      { open },
    );

    expect(check.results.map(({ verdict, reason }) => reason ?? verdict)).toEqual([
      'true',
      'true',
      'true',
      'true',
      'true',
    ]);
  });

  test('commands inside containers run, as far as the simulator’s shell goes', async () => {
    const check = await checkLesson(
      await lessonOf(
        '$ kubectl apply -f web.yaml\n$ kubectl exec web-1 -- hostname\nweb-1\n$ kubectl exec -it web-0 -- sh\n/ # hostname\nweb-0',
      ),
      { open },
    );

    expect(check.results.slice(2).map(({ verdict, reason }) => reason ?? verdict)).toEqual([
      'true',
      'a shell in a container waits for somebody to type',
      'true',
    ]);
  });

  test('a claim that is wrong is false, at its line', async () => {
    const check = await checkLesson(
      await lessonOf(
        '$ kubectl apply -f web.yaml\n$ kubectl get sts\nNAME   READY   AGE\nweb    3/3     5s\n$ kubectl get sts gone',
      ),
      { open },
    );

    expect(check.results.slice(2)).toMatchObject([
      { verdict: 'false', reason: 'line 25 differs: READY is 2/2' },
      { verdict: 'false', reason: 'it fails: Error from server (NotFound): statefulsets.apps "gone" not found' },
    ]);
  });

  test('what needs a refused manifest is not checkable; an old API version is replaced to go on', async () => {
    const broken = await checkLesson(
      await read(
        web.replace('serviceName: nginx', 'serviceNam: nginx') +
          '\n```\n$ kubectl apply -f web.yaml\n$ kubectl get sts web\nNAME\n```\n',
      ),
      { open },
    );
    const old = await checkLesson(
      await read(
        web.replace('apps/v1', 'apps/v1beta2') +
          '\n```\n$ kubectl apply -f web.yaml\n$ kubectl get sts\nNAME   READY   AGE\nweb    2/2     5s\n```\n',
      ),
      { open },
    );

    expect(broken.results).toMatchObject([
      { kind: 'file', verdict: 'not-checkable', reason: expect.stringContaining('unknown field "spec.serviceNam"') },
      { verdict: 'not-checkable', reason: expect.stringContaining('strict decoding error') },
      { verdict: 'not-checkable', reason: 'it needs statefulset web, whose manifest is refused at line 3' },
    ]);
    expect(old.results).toMatchObject([
      { verdict: 'not-checkable', reason: expect.stringContaining('no matches for kind "StatefulSet"') },
      { verdict: 'not-checkable', notes: ['applied with apps/v1beta2 as apps/v1, so that the rest can be checked'] },
      { verdict: 'true' },
    ]);
  });

  test('an update makes a lesson true, and is its own fixed point', async () => {
    const path = fileURLToPath(new URL('../../fixtures/lessons/statefulset-test.md', import.meta.url));
    const text = readFileSync(path, 'utf8');
    const lesson = await read(text);

    const first = updateLesson(lesson, (await checkLesson(lesson, { open })).results);
    const second = await checkLesson(await read(first.text), { open });

    expect(first.replaced.size).toBeGreaterThan(5);
    expect(second.results.filter(({ verdict }) => verdict === 'false')).toEqual([]);
    expect(updateLesson(await read(first.text), second.results).text).toBe(first.text);
    // Prose and manifests are as they were.
    const outside = (page: string): string => page.replaceAll(/^```\n\[root[^]*?^```$/gm, '');
    expect(outside(first.text)).toBe(outside(text));
  });

  test('nothing outside the lesson is read or written', async () => {
    const check = await checkLesson(
      await read(
        '```\n$ kubectl apply -f /etc/passwd\n$ kubectl create -f ../../package.json\n$ kubectl apply -f .\n' +
          '$ kubectl get pods > /tmp/setpiece-out\n$ kubectl version --kubeconfig /etc/x\n$ kubectl get nodes -o name\n```\n',
      ),
      { open, nodes: 1 },
    );

    expect(check.results.map(({ verdict }) => verdict)).toEqual([
      ...Array.from({ length: 5 }, () => 'not-checkable'),
      'true',
    ]);
  });
});
