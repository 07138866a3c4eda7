// `setpiece lesson` as a user calls it.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missing } from '../lessons/real-kubectl.ts';
import { buildPackage } from './built-package.ts';
import { Desk } from './desk.ts';

const desk = new Desk();
beforeAll(buildPackage, 180_000);
afterAll(() => desk.clear());

const scenario = fileURLToPath(new URL('../../scenarios/lessons/web/ordered-scaling.scenario.yaml', import.meta.url));
const map = '```yaml\n# a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n```\n';

function lesson(output: string): string {
  return `# A lesson\n\n${map}\n\`\`\`console\n$ kubectl apply -f a.yaml\n${output}\n$ exportfs -arv\n\`\`\`\n`;
}

describe('setpiece lesson check', () => {
  test('refuses what is no lesson with exit code 2, and says where', () => {
    desk.write('open.md', 'x\n```yaml\na: 1\n');
    desk.write('bad.md', '<!-- setpiece: nodes=many -->\n');

    const ended = desk.call('lesson', 'check', 'open.md', 'bad.md', '.', 'missing.md');

    expect(ended.code).toBe(2);
    expect(ended.err).toContain('open.md:2: unclosed-fence: ');
    expect(ended.err).toContain('bad.md:1: bad-settings: ');
    expect(ended.err).toContain('.: unreadable: wanted a Markdown file, found a folder\n');
    expect(ended.err).toContain('missing.md: unreadable: no such file or folder\n');
  });

  test('needs no kubectl; one that is named must answer', () => {
    desk.write('lesson.md', lesson('configmap/a created'));

    const ended = desk.callWith({ PATH: '/nowhere' }, 'lesson', 'check', 'lesson.md');
    const named = desk.call('lesson', 'check', 'lesson.md', '--kubectl', '/nowhere/kubectl');
    const real = desk.callWith({ PATH: '/nowhere' }, 'lesson', 'check', 'lesson.md', '--kubectl', 'real');

    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain('3 blocks: 2 true, 0 false, 1 not checkable');
    expect(named).toMatchObject({ code: 3, err: expect.stringContaining('no kubectl answers there') });
    expect(real).toMatchObject({ code: 3, err: expect.stringContaining('--kubectl real: no kubectl answers there') });
  });

  test('what only the real kubectl can do is not checkable, with what hangs on it', () => {
    const text = '$ kubectl autoscale deploy a --max=3\n$ kubectl get pods\nNAME   READY   STATUS   RESTARTS   AGE\n';
    desk.write('beyond.md', `\`\`\`console\n${text}\`\`\`\n`);

    const ended = desk.call('lesson', 'check', 'beyond.md');

    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain('`kubectl autoscale` needs the real kubectl');
    expect(ended.out).toContain('it may show what line 2 does, which was not run');
  });

  test.skipIf(missing)('runs a real kubectl where one is asked for', { timeout: 60_000 }, () => {
    desk.write('lesson.md', lesson('configmap/a created'));

    const ended = desk.call('lesson', 'check', 'lesson.md', '--kubectl', 'real');

    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/^lesson\.md {2}\(kubectl \d.*; 3 nodes, seed 1\)\n/);
  });

  test('a lesson of prose has nothing to check', () => {
    desk.write('prose.md', '# Prose\n');

    expect(desk.call('lesson', 'check', 'prose.md')).toMatchObject({ code: 0 });
  });

  test('usage is told with exit code 2', () => {
    expect(desk.call('lesson', 'check').code).toBe(2);
    expect(desk.call('lesson', 'check', 'lesson.md', '--nodes', '0').code).toBe(2);
  });

  describe('runs the commands, and', { timeout: 60_000 }, () => {
    test('passes a true lesson, and says why a block is not checkable', () => {
      desk.write('true.md', lesson('configmap/a created'));

      const ended = desk.call('lesson', 'check', 'true.md');

      expect(ended.code).toBe(0);
      expect(ended.out).toMatch(/^true\.md {2}\(without kubectl, in the words of kubectl 1\.32; 3 nodes, seed 1\)\n/);
      expect(ended.out).toContain('✓ true           kubectl apply -f a.yaml');
      expect(ended.out).toContain('– not checkable  exportfs -arv\n             `exportfs` is a command of a host');
      expect(ended.out).toContain('3 blocks: 2 true, 0 false, 1 not checkable');
    });

    test('fails a false one with a diff at its lines, and updates it in place', () => {
      const text = lesson('configmap/a made').replaceAll('\n', '\r\n');
      desk.write('false.md', text);

      const ended = desk.call('lesson', 'check', 'false.md');
      const updated = desk.call('lesson', 'check', '--update', 'false.md');
      const after = readFileSync(join(desk.folder, 'false.md'), 'utf8');

      expect(ended.code).toBe(1);
      expect(ended.out).toContain('13 - configmap/a made');
      expect(ended.out).toContain('+ configmap/a created');
      expect(updated).toMatchObject({ code: 0, err: 'false.md: 1 output updated\n' });
      expect(after).toBe(text.replace('configmap/a made', 'configmap/a created'));
      expect(desk.call('lesson', 'check', 'false.md').code).toBe(0);
      expect(readdirSync(desk.folder).filter((name) => name.startsWith('.'))).toEqual([]);
    });

    test('tells machines all of it', () => {
      desk.write('false.md', lesson('configmap/a made'));

      const ended = desk.call('lesson', 'check', '--json', 'false.md', 'missing.md');

      expect(ended.code).toBe(1);
      expect(JSON.parse(ended.out)).toMatchObject({
        lessons: [
          {
            path: 'false.md',
            counts: { true: 1, false: 1, notCheckable: 1 },
            blocks: [
              { kind: 'file', title: 'a.yaml' },
              {
                verdict: 'false',
                lines: { first: 12, last: 12 },
                shown: 'configmap/a made',
                printed: 'configmap/a created\n',
              },
              { verdict: 'not-checkable' },
            ],
          },
          { path: 'missing.md', problems: [{ code: 'unreadable' }] },
        ],
      });
    });

    test('shows nothing that could drive a terminal', () => {
      desk.write('escape.md', lesson('configmap/a \u001b[31mmade'));

      expect(desk.call('lesson', 'check', 'escape.md').out).not.toContain('\u001b');
    });
  });
});

describe('setpiece lesson from', { timeout: 60_000 }, () => {
  test('writes a lesson and its picture, which is true', () => {
    const ended = desk.call('lesson', 'from', scenario, '-o', 'scaling.md');

    expect(ended).toMatchObject({ code: 0, out: 'scaling.md and scaling.svg written\n', err: '' });
    expect(readFileSync(join(desk.folder, 'scaling.md'), 'utf8')).toContain('](scaling.svg)');
    expect(readFileSync(join(desk.folder, 'scaling.svg'), 'utf8')).toMatch(/^<svg /);
    expect(desk.call('lesson', 'check', 'scaling.md').code).toBe(0);
  });

  test('without a file writes to standard output, the picture in it', () => {
    const ended = desk.call('lesson', 'from', scenario);

    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain('](data:image/svg+xml;base64,');
  });

  test('says what it cannot do', () => {
    const sick = scenario.replace('ordered-scaling', 'sick-pod-blocks-update');

    expect(desk.call('lesson', 'from', sick)).toMatchObject({
      code: 2,
      err: expect.stringContaining('`fail` is done to a cluster'),
    });
    expect(desk.call('lesson', 'from', 'missing.scenario.yaml').code).toBe(2);
    expect(desk.call('lesson', 'from', scenario, '-o', 'no/such/folder.md')).toMatchObject({
      code: 3,
      err: expect.stringContaining('no/such/folder.md cannot be written: no such file or folder'),
    });
    expect(desk.callWith({ PATH: '/nowhere' }, 'lesson', 'from', scenario)).toMatchObject({ code: 0, err: '' });
  });
});
