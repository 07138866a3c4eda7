// Reads `needs`: what a backend must offer. Shapes have been checked with the file.

import { parseKind } from './bind/reference.ts';
import { capabilities } from './definition/capabilities.ts';
import { closest } from '../kubernetes/did-you-mean.ts';
import { itemsOf, memberOf, quote, textOf } from './located.ts';
import type { Located } from './located.ts';
import type { Needs } from './model.ts';
import type { ProblemList } from './problem-list.ts';

/** Reads `needs`; without it a scenario needs one node. */
export function readNeeds(node: Located | undefined, problems: ProblemList): Needs {
  const nodes = memberOf(node, 'nodes');
  const kubernetes = textOf(memberOf(node, 'kubernetes'));
  return {
    nodes: nodes?.kind === 'scalar' && typeof nodes.value === 'number' ? nodes.value : 1,
    ...(kubernetes === undefined ? {} : { kubernetes }),
    capabilities: itemsOf(memberOf(node, 'capabilities')).flatMap((item) => readCapability(item, problems)),
    controllers: itemsOf(memberOf(node, 'controllers')).flatMap((item) => {
      const text = textOf(item);
      return text === undefined ? [] : (parseKind(text, item, problems) ?? []);
    }),
  };
}

function readCapability(node: Located, problems: ProblemList): readonly string[] {
  const text = textOf(node);
  const names = capabilities.map(({ name }) => name);
  if (text === undefined || names.includes(text)) return text === undefined ? [] : [text];
  const near = closest(text, names);
  problems.add(
    'unknown-capability',
    node,
    `there is no capability ${quote(text)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    `capabilities: ${names.join(', ')}`,
  );
  return [];
}
