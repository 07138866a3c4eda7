// The Markdown of a lesson, without outputs: they are put in by whoever runs it.

import { kindKey } from '../../kubernetes/kind.ts';
import { LessonFiles } from './lesson-files.ts';
import { sayAction, wordOf } from './say-action.ts';
import type { LoadedScenario } from '../../runner/load-file.ts';
import type { Selection } from '../../scenario/model.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Rehearsal, RehearsedStep } from './rehearse.ts';

/** A lesson's text, or why the scenario cannot be told with kubectl. */
export type ComposedLesson =
  | { readonly kind: 'lesson'; readonly markdown: string }
  | { readonly kind: 'unsayable'; readonly reasons: readonly string[] };

/** Capabilities that a lesson's cluster has without further ado. */
const plain: ReadonlySet<string> = new Set([
  'static-volumes',
  'no-default-class',
  'dynamic-storage',
  'dns',
  'exec',
  'custom-resources',
]);

/** What a reader looks at after a step, when it has changed. */
const looks: readonly (readonly [kind: string, command: string])[] = [
  ['statefulset.apps', 'get statefulsets'],
  ['deployment.apps', 'get deployments'],
  ['persistentvolumeclaim', 'get pvc'],
  ['persistentvolume', 'get pv'],
  ['controllerrevision.apps', 'get controllerrevisions'],
];

/** Composes a lesson. `picture` is what the image links to, undefined for none. */
export function composeLesson(
  loaded: LoadedScenario,
  { steps }: Rehearsal,
  { seed, picture }: { readonly seed: number; readonly picture: string | undefined },
): ComposedLesson {
  const { scenario } = loaded;
  const { nodes, capabilities, controllers } = scenario.needs;
  const reasons = [
    ...capabilities.filter((name) => !plain.has(name)).map((name) => `it needs the capability \`${name}\``),
    ...controllers.map((name) => `it needs a controller of ${name}`),
  ];
  const files = new LessonFiles(loaded);
  const sections: string[] = [];
  for (const rehearsed of steps) {
    const section = composeStep(rehearsed, files);
    if (typeof section === 'string') sections.push(section);
    else reasons.push(`step ${rehearsed.step.position + 1} (${rehearsed.step.name}): ${section.reason}`);
  }
  if (reasons.length > 0) return { kind: 'unsayable', reasons };
  const settings = [
    `nodes=${nodes}`,
    `seed=${seed}`,
    ...(capabilities.includes('no-default-class') ? ['default-class=no'] : []),
  ];
  const head = [
    `# ${scenario.title}\n`,
    `<!-- setpiece: ${settings.join(' ')} -->\n`,
    ...(scenario.about === undefined ? [] : [`${scenario.about.trim()}\n`]),
    ...(picture === undefined ? [] : [`![What happens, step by step](${picture})\n`]),
  ];
  const numbered = sections.map((section, i) => `## ${i + 1}. ${section}`);
  return { kind: 'lesson', markdown: [...head, ...numbered].join('\n') };
}

function composeStep({ step, records }: RehearsedStep, files: LessonFiles): string | { readonly reason: string } {
  const title = `${capitalised(step.name)}\n`;
  if (step.action === undefined) return title;
  const shown = files.filesOf(step.action);
  const said = sayAction(step.action, {
    names: (selection) => namesOf(selection, records),
    files: shown.map(({ name }) => name),
  });
  if (said.kind === 'unsayable') return said;
  if (said.kind === 'looks') return title;
  const parts = [title];
  for (const { name, content, isNew, changed } of shown) {
    if (!isNew) continue;
    const fence = content.includes('```') ? '~~~~' : '```';
    parts.push(`${changed ? 'Now in' : 'In'} \`${name}\`:\n`, `${fence}yaml\n${content}${fence}\n`);
  }
  for (const command of [...said.commands, ...looksAfter(records)]) {
    parts.push(`\`\`\`console\n$ kubectl ${command}\n\`\`\`\n`);
  }
  return parts.join('\n');
}

/** What changed in the step and is worth a look: pods as they went, the rest as it is at the end. */
function looksAfter(records: readonly TraceRecord[]): readonly string[] {
  const changed = new Set(
    records.flatMap((record) => (record.kind === 'observation' ? [kindKey(record.object) as string] : [])),
  );
  const watch = changed.has('pod') ? ['get pods -w'] : [];
  return [...watch, ...looks.filter(([kind]) => changed.has(kind)).map(([, command]) => command)];
}

/** The names that a selection stood for: as written, else those that requests went to. */
function namesOf(selection: Selection, records: readonly TraceRecord[]): readonly string[] {
  if (selection.kind === 'names') return selection.names;
  const word = wordOf(selection.of);
  const targets = records.flatMap((record) => (record.kind === 'request' ? [record.request.target ?? ''] : []));
  const names = targets.flatMap((target) => {
    const [kind = '', name = ''] = target.split('/');
    return name !== '' && (kind === selection.of || kind === word) ? [name] : [];
  });
  return [...new Set(names)];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
