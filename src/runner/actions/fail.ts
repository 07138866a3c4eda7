// `fail`: a fault from outside the API. By default it strikes the objects that bear the names now, by uid; with
// `lasting: name` also those to come.

import { addressText } from '../../backends/address-text.ts';
import { emptyTarget } from './empty-target.ts';
import type { Fault, FaultTarget } from '../../backends/cluster.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Injects the fault. There is no request, so there are no answers. */
export async function fail(action: ActionOf<'fail'>, context: ActionContext): Promise<Answers> {
  await context.inject(faultOf(action, targetsOf(action, context)));
  return [];
}

function targetsOf(action: ActionOf<'fail'>, context: ActionContext): readonly FaultTarget[] {
  return context.resolve(action.target).map((target) => {
    if (action.lasting === 'name') return target;
    const found = context.world.get(target.kind, target.name);
    if (found === undefined) {
      throw emptyTarget(action.target, context, {
        found: `${addressText(target)} does not exist`,
        hint: 'write `lasting: name` for a fault that waits for objects to come',
      });
    }
    return { kind: target.kind, name: target.name, uid: found.metadata.uid };
  });
}

function faultOf({ how, container, times }: ActionOf<'fail'>, targets: readonly FaultTarget[]): Fault {
  const ofContainer = container === undefined ? {} : { container };
  return how === 'crash' ? { how, targets, times: times ?? 1, ...ofContainer } : { how, targets, ...ofContainer };
}
