import { describe, expect, test } from 'vitest';
import { observeChanges } from '../../src/trace/change.ts';
import { podKind } from '../../src/trace/words/kinds.ts';
import { createWorld } from '../../src/trace/world.ts';
import type { Change } from '../../src/trace/change.ts';
import { observation } from './records.ts';

describe('the world', () => {
  test('holds what exists, by name and by uid', () => {
    const world = createWorld();

    world.observe(observation('ADDED', 'web-0', { uid: 'a' }));
    world.observe(observation('ADDED', 'web-1', { uid: 'b' }));
    world.observe(observation('DELETED', 'web-0', { uid: 'a' }));

    expect([...world.objects(podKind).keys()]).toEqual(['web-1']);
    expect(world.get(podKind, 'web-0')).toBeUndefined();
    expect(world.byUid('a')).toBeUndefined();
    expect(world.byUid('b')?.metadata.name).toBe('web-1');
    expect(world.last(podKind, 'web-0')?.metadata.uid).toBe('a');
    expect(world.lastByUid('a')?.metadata.name).toBe('web-0');
  });

  test('answers what was at the mark, whatever came since', () => {
    const world = createWorld();
    const version = (name: string): string | undefined => world.atStart(podKind, name)?.metadata.resourceVersion;

    world.observe(observation('ADDED', 'web-0', { version: '1' }));
    world.markStart();
    expect(version('web-0')).toBe('1');
    world.observe(observation('MODIFIED', 'web-0', { version: '2' }));
    world.observe(observation('MODIFIED', 'web-0', { version: '3' }));
    world.observe(observation('ADDED', 'web-1', { version: '4' }));
    expect([version('web-0'), version('web-1')]).toEqual(['1', undefined]);
    world.observe(observation('DELETED', 'web-0', { version: '5' }));
    expect(version('web-0')).toBe('1');
    world.markStart();
    expect([version('web-0'), version('web-1')]).toEqual([undefined, '4']);
  });

  test('answers what was before the latest record of a name', () => {
    const world = createWorld();

    world.observe(observation('ADDED', 'web-0', { version: '1' }));
    expect(world.before(podKind, 'web-0')).toBeUndefined();
    world.observe(observation('MODIFIED', 'web-0', { version: '2' }));
    expect(world.before(podKind, 'web-0')?.metadata.resourceVersion).toBe('1');
  });
});

describe('changes', () => {
  function changesOf(...records: Parameters<typeof observation>[]): string[] {
    const world = createWorld();
    const seen: string[] = [];
    const show = (object: Change['before']): string =>
      object === undefined ? 'nothing' : object.metadata.deletionTimestamp === undefined ? 'there' : 'terminating';
    for (const record of records) {
      observeChanges(world, observation(...record), ({ before, after }) => {
        seen.push(`${show(before)} → ${show(after)} (${show(world.get(podKind, 'web-0'))})`);
      });
    }
    return seen;
  }

  test('show each record while the world stands behind it', () => {
    expect(changesOf(['ADDED', 'web-0'], ['MODIFIED', 'web-0'])).toEqual([
      'nothing → there (there)',
      'there → there (there)',
    ]);
  });

  test('pass terminating on a deletion that came without warning', () => {
    expect(changesOf(['ADDED', 'web-0'], ['DELETED', 'web-0'])).toEqual([
      'nothing → there (there)',
      'there → terminating (terminating)',
      'terminating → nothing (nothing)',
    ]);
  });

  test('do not show twice what was terminating already, nor what was never there', () => {
    expect(
      changesOf(['ADDED', 'web-0', { deleting: true }], ['DELETED', 'web-0', { deleting: true }], ['DELETED', 'web-0']),
    ).toEqual(['nothing → terminating (terminating)', 'terminating → nothing (nothing)']);
  });
});
