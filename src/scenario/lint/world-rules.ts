// Rules about objects: those that nothing makes, and containers that a workload does not have.

import { closest } from '../../kubernetes/did-you-mean.ts';
import { entryOf, itemsOf, memberOf } from '../located.ts';
import type { Clause, Event, NeverItem, Selection } from '../model.ts';
import { wantedClauses } from './rule.ts';
import type { Linted, Rule } from './rule.ts';

/** `never` and `always` about objects that nothing can make hold whatever happens. */
export const willBeVacuous: Rule = ({ steps, invariants, makeable, placeholder }, warnings) => {
  const blocks = [...steps.flatMap(({ expect }) => expect ?? []), ...invariants];
  const never = blocks.flatMap((expect) => expect.never.flatMap(selectionsOfNever));
  const always = blocks
    .flatMap((expect) => expect.always.flatMap(({ clauses }) => clauses))
    .filter(({ quantifier }) => quantifier.kind === 'each')
    .map(({ selection }) => selection);
  const whenever = blocks.flatMap((expect) => expect.whenever.map(({ when }) => selectionOf(when)));
  const watched = [
    ...never.map((selection) => ({ word: 'never', selection })),
    ...always.map((selection) => ({ word: 'always', selection })),
    ...whenever.map((selection) => ({ word: 'whenever', selection })),
  ];
  for (const { word, selection } of watched) {
    const missing = impossibleNames(selection, { makeable, placeholder });
    if (selection.kind !== 'names' || missing.length < selection.names.length) continue;
    const name = missing[0] ?? '';
    warnings.add(
      'will-be-vacuous',
      selection,
      `\`${word}\` watches ${name}, but ${makeable.reason(selection.of, name)}`,
    );
  }
};

/** An object that should be seen or acted upon, and that nothing can make. */
export const unknownObject: Rule = ({ steps, makeable, placeholder }, warnings) => {
  for (const { action, expect } of steps) {
    const rejected = (expect?.rejected.length ?? 0) > 0;
    const target = action !== undefined && 'target' in action && !rejected ? [action.target] : [];
    const clauses = expect === undefined ? [] : wantedClauses(expect).filter((clause) => !wantsAbsence(clause));
    for (const selection of [...target, ...clauses.map((clause) => clause.selection)]) {
      const [name] = impossibleNames(selection, { makeable, placeholder });
      if (name === undefined) continue;
      warnings.add(
        'unknown-object',
        selection,
        `nothing can make ${selection.of}/${name}: ${makeable.reason(selection.of, name)}`,
      );
    }
  }
};

/** `setImage` of a container that the workload's manifest does not have. */
export const unknownContainer: Rule = ({ scenario, steps, makeable }, warnings) => {
  for (const { action, position } of steps) {
    if (action?.verb !== 'setImage' || action.target.kind !== 'names') continue;
    const written = memberOf(memberOf(itemsOf(memberOf(scenario.tree, 'steps'))[position], 'setImage'), 'containers');
    for (const name of action.target.names) {
      const known = makeable.containers(action.target.of, name);
      for (const container of Object.keys(action.containers)) {
        if (known === undefined || known.includes(container)) continue;
        const entry = entryOf(written, container);
        const near = closest(container, known);
        warnings.add(
          'unknown-container',
          entry === undefined ? action : { keyOf: entry },
          `${name} has no container \`${container}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
          `containers: ${known.join(', ')}`,
        );
      }
    }
  }
};

function impossibleNames(
  selection: Selection,
  { makeable, placeholder }: Pick<Linted, 'makeable' | 'placeholder'>,
): readonly string[] {
  if (selection.kind !== 'names') return [];
  return selection.names.filter((name) => !name.includes(placeholder) && !makeable.canExist(selection.of, name));
}

function selectionsOfNever(item: NeverItem): readonly Selection[] {
  return item.kind === 'event' ? [selectionOf(item.event)] : item.group.clauses.map(({ selection }) => selection);
}

function selectionOf(event: Event): Selection {
  return event.kind === 'edge' ? event.clause.selection : event.selection;
}

function wantsAbsence({ is, quantifier }: Clause): boolean {
  if (quantifier.kind !== 'each') return true;
  return is?.words.some(({ word, matcher }) => word === 'exists' && JSON.stringify(matcher).includes('false')) === true;
}
