import { describe, expect, test } from 'vitest';
import { EventOrder } from '../../../src/backends/kubeconfig/event-order.ts';
import type { PendingEvent } from '../../../src/backends/kubeconfig/event-order.ts';
import type { KindKey } from '../../../src/kubernetes/kind.ts';

function event(version: string): PendingEvent {
  const metadata = { name: version, uid: version, resourceVersion: version, creationTimestamp: '' };
  const object = { apiVersion: 'v1', kind: 'Pod', metadata };
  return { type: 'ADDED', object, kind: 'pod' as KindKey, version, arrivedMs: 0 };
}

describe('events of several watches', () => {
  test('stand in the order of their versions, whenever they arrive', () => {
    const order = new EventOrder();
    for (const version of ['99', '101', '9', '100']) order.add(event(version));

    const taken = [order.take(), order.take(), order.take(), order.take()].map((one) => one?.version);

    expect(taken).toEqual(['9', '99', '100', '101']);
    expect(order.take()).toBeUndefined();
  });

  test('that come behind newer ones are told with a gap in front of them', () => {
    const order = new EventOrder();
    order.add(event('7'));
    order.take();

    order.add(event('5'));
    const late = order.take();

    expect(late?.gap).toMatchObject({ of: 'pod', after: '5', before: '7' });
    expect(order.told).toBe('7');
  });
});
