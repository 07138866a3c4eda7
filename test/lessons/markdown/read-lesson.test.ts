import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readLesson } from '../../../src/lessons/markdown/read-lesson.ts';
import type { Lesson, LessonProblem } from '../../../src/lessons/markdown/lesson.ts';

async function read(text: string): Promise<Lesson> {
  const loaded = await readLesson('lesson.md', text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.lesson;
}

async function problemsOf(text: string): Promise<readonly LessonProblem[]> {
  const loaded = await readLesson('lesson.md', text);
  return loaded.ok ? [] : loaded.problems;
}

/** One line an item: lines, what it is, and what it shows. */
function outline({ items }: Lesson): readonly string[] {
  return items.map((item) => {
    const where = `${item.lines.first}-${item.lines.last}`;
    if (item.kind === 'file') return `${where} file ${item.name ?? '?'}`;
    if (item.kind === 'other') return `${where} other`;
    const { output } = item;
    const shown = output === undefined ? '' : ` => ${output.lines.first}-${output.lines.last} ${output.texts[0]}`;
    return `${where} ${item.text}${shown}`;
  });
}

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n';

describe('a lesson', () => {
  test('has files, named by the line before, a comment, the language or the editor that was opened', async () => {
    const lesson = await read(
      [
        `Write \`by-line.yaml\`:\n\n\`\`\`yaml\n${pod}\`\`\``,
        `\`\`\`yaml\n# by-comment.yaml\n${pod}\`\`\``,
        `\`\`\`yaml title="by-title.yml"\n${pod}\`\`\``,
        `\`\`\`bash\n$ vim by-editor.yaml\n\`\`\`\n\n\`\`\`yaml\n${pod}\`\`\``,
        `- in-a-list.yaml\n\n  \`\`\`\n${pod.replaceAll(/^/gm, '  ').trimEnd()}\n  \`\`\``,
        `Text.\n\n\`\`\`yaml\n# as other.yaml said, the first line is a sentence\n${pod}\`\`\``,
      ].join('\n\n'),
    );

    expect(outline(lesson).map((line) => line.replace(/^\S+ /, ''))).toEqual([
      'file by-line.yaml',
      'file by-comment.yaml',
      'file by-title.yml',
      'vim by-editor.yaml',
      'file by-editor.yaml',
      'file in-a-list.yaml',
      'file ?',
    ]);
    expect(lesson.items[5]).toMatchObject({ content: pod });
  });

  test('has commands behind all kinds of prompts, and what follows is their output', async () => {
    const lesson = await read(
      '```\n[root@master-1 ~]# kubectl get pods\nNAME  READY\na     1/1\n\nuser@host:~/x$ kubectl get sts\nNAME  READY\n' +
        '# kubectl get pv\n# a comment\nignored\n$ mkdir x\n```\n',
    );

    expect(outline(lesson)).toEqual([
      '2-2 kubectl get pods => 3-4 NAME  READY',
      '6-6 kubectl get sts => 7-7 NAME  READY',
      '8-8 kubectl get pv',
      '11-11 mkdir x',
    ]);
  });

  test('joins lines that were continued, and a quotation over several lines', async () => {
    const lesson = await read(
      "```sh\nkubectl scale sts web \\\n    --replicas=3\nkubectl patch sts web -p '{\n  }'\n```\n",
    );

    expect(outline(lesson)).toEqual([
      '2-3 kubectl scale sts web --replicas=3',
      "4-5 kubectl patch sts web -p '{\n  }'",
    ]);
  });

  test('takes what is typed in a container for a command of its own', async () => {
    const lesson = await read(
      "```\n$ kubectl exec -it web-0 -- sh\n/ # hostname\nweb-0\n/ # echo 'a'\n$ kubectl get pods\n```\n",
    );

    expect(outline(lesson)).toEqual([
      '2-2 kubectl exec -it web-0 -- sh',
      "3-3 kubectl exec -it web-0 -- sh -c 'hostname' => 4-4 web-0",
      "5-5 kubectl exec -it web-0 -- sh -c 'echo '\\''a'\\'''",
      '6-6 kubectl get pods',
    ]);
  });

  test('gives a block of output alone to the command before it', async () => {
    const lesson = await read(
      '```shell\nkubectl get pods\n```\n\nThe output is:\n\n```\nNAME  READY\na     1/1\n```\n\n```\nb  1/1\n```\n',
    );

    expect(outline(lesson)).toEqual(['2-2 kubectl get pods => 8-9 NAME  READY', '12-14 other']);
  });

  test('takes the manifest behind `get -o yaml` for what is printed', async () => {
    const lesson = await read(`\`\`\`\n$ kubectl get pod a -o yaml\n\`\`\`\n\n\`\`\`yaml\n${pod}\`\`\`\n`);

    expect(outline(lesson)).toEqual(['2-2 kubectl get pod a -o yaml => 6-8 apiVersion: v1']);
  });

  test('reads heredocs as files, and as input', async () => {
    const lesson = await read(
      `\`\`\`\n$ cat <<EOF > a.yaml\n${pod}EOF\n$ kubectl apply -f - <<'EOF'\n${pod}EOF\npod/a created\n\`\`\`\n`,
    );

    expect(lesson.items).toMatchObject([
      { kind: 'file', name: 'a.yaml', content: pod },
      { kind: 'command', input: pod, output: { texts: ['pod/a created'] } },
    ]);
  });

  test('leaves decoration and blank lines out of outputs', async () => {
    const lesson = await read('```\n$ kubectl get pods\n-----------\n\nNAME  READY\na     1/1\n\n```\n');

    expect(lesson.items).toMatchObject([
      { output: { lines: { first: 5, last: 6 }, texts: ['NAME  READY', 'a     1/1'] } },
    ]);
  });

  test('reads CRLF, tabs, quotations and lists at their own lines', async () => {
    const lesson = await read('Text\r\n\r\n> ```\r\n> $ kubectl get pods\r\n> a\t1/1\r\n> ```\r\n\r\n\t- x\r\n');

    expect(lesson.items).toMatchObject([
      { kind: 'command', text: 'kubectl get pods', output: { lines: { first: 5 }, texts: ['a\t1/1'], prefix: '> ' } },
    ]);
  });

  test('leaves prose alone, indented or not, and other languages unread', async () => {
    const lesson = await read('Run kubectl get pods now.\n\n\tindented kubectl prose\n\n```go\nfunc main() {}\n```\n');

    expect(outline(lesson)).toEqual(['5-7 other']);
  });

  test('says what its cluster is', async () => {
    expect((await read('<!-- setpiece: nodes=2 seed=7 default-class=no -->\n')).settings).toEqual({
      nodes: 2,
      seed: 7,
      defaultClass: false,
    });
    expect(await problemsOf('\n<!-- setpiece: nodes=0 -->\n')).toMatchObject([{ code: 'bad-settings', line: 2 }]);
  });

  test('tells of fences and heredocs that are never closed, each at its line', async () => {
    expect(await problemsOf('x\n\n```yaml\na: 1\n')).toMatchObject([{ code: 'unclosed-fence', line: 3 }]);
    expect(await problemsOf('```\n$ kubectl apply -f - <<EOF\na: 1\n```\n')).toMatchObject([
      { code: 'unclosed-heredoc', line: 2 },
    ]);
    expect(await problemsOf('~~~\na\n```\n')).toMatchObject([{ code: 'unclosed-fence', line: 1 }]);
  });

  test.each(['nginx-web', 'identity', 'mongodb', 'statefulset-test', 'web'])(
    '%s reads as it always did',
    async (name) => {
      const path = fileURLToPath(new URL(`../../fixtures/lessons/${name}.md`, import.meta.url));

      expect(outline(await read(readFileSync(path, 'utf8'))).map((line) => line.slice(0, 120))).toMatchSnapshot();
    },
  );

  test('is read to its end, whatever it is made of', async () => {
    for (const part of ['[', '`', '<!-- setpiece: ', '*a ', '```\n', '\\', '![](', 'a\n- ', '&', '<a ']) {
      const loaded = await readLesson('lesson.md', part.repeat(Math.floor(30_000 / part.length)));
      expect(loaded.ok || loaded.problems.length > 0).toBe(true);
    }
  });

  test('may not be deeper than anybody reads', async () => {
    expect(await problemsOf(`x\n${'> '.repeat(30_000)}`)).toMatchObject([{ code: 'too-deep', line: 2 }]);
    expect(await problemsOf('- '.repeat(30_000))).toMatchObject([{ code: 'too-deep', line: 1 }]);
    expect(await problemsOf(`${'-'.repeat(3000)}\n`)).toEqual([]);
  });
});
