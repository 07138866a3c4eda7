// Reads `prints`: command lines and what they show. A command line that cannot be shown is a problem at its line.

import { readCommand } from '../../kubernetes/kubectl/read-command.ts';
import { checkMap } from '../check-shape.ts';
import { isPrints } from '../generated/validators.js';
import { itemsOf, memberOf, textOf } from '../located.ts';
import type { KubectlRequest, WriteVerb } from '../../kubernetes/kubectl/request.ts';
import type { VerbName } from '../definition/language.ts';
import type { Located } from '../located.ts';
import type { Printed } from '../model.ts';
import type { Request } from './answers.ts';
import type { BindContext } from './context.ts';

/** The verb of the language that sends what a command sends. */
const verbOf: Readonly<Record<WriteVerb, VerbName>> = {
  apply: 'apply',
  create: 'create',
  replace: 'replace',
  patch: 'patch',
  scale: 'scale',
  'set image': 'setImage',
  delete: 'delete',
  label: 'label',
  annotate: 'annotate',
  'rollout undo': 'rollout',
  'rollout restart': 'rollout',
  cordon: 'cordon',
  uncordon: 'uncordon',
};

/** Reads `prints: …`. */
export function bindPrints(node: Located, request: Request, context: BindContext): readonly Printed[] {
  return itemsOf(node).flatMap((item) => {
    const map = checkMap({ node: item, name: 'prints', validator: isPrints }, context.problems);
    const lineNode = memberOf(map, 'kubectl');
    const outputNode = memberOf(map, 'output');
    const kubectl = textOf(lineNode);
    const output = textOf(outputNode);
    if (map === undefined || lineNode?.kind !== 'scalar' || outputNode?.kind !== 'scalar') return [];
    if (kubectl === undefined || output === undefined || lineNode.guessed === true) return [];
    const read = readCommand(kubectl);
    if (!read.ok) {
      context.problems.add('unprintable-command', lineNode, read.message, read.hint);
      return [];
    }
    if (!isOfStep(read.request, { node: lineNode, request }, context)) return [];
    const outputLine = outputNode.span.line + (outputNode.block === true ? 1 : 0);
    const { span } = lineNode;
    return [{ kubectl, request: read.request, output, outputSpan: outputNode.span, outputLine, span }];
  });
}

/** A command that changes something is not run: it can only be the step's own request. */
function isOfStep(
  read: KubectlRequest,
  { node, request }: { readonly node: Located; readonly request: Request },
  { problems }: BindContext,
): boolean {
  if (!(read.verb in verbOf)) return true;
  const wanted = verbOf[read.verb as WriteVerb];
  if (request.verb === wanted) return true;
  const does = request.verb === undefined ? 'has no verb' : `does \`${request.verb}\``;
  problems.add(
    'unprintable-command',
    node,
    `\`${read.verb}\` shows what became of the step's own request, and this step ${does}`,
    `the step must do \`${wanted}\`; what \`prints\` names is never run`,
  );
  return false;
}
