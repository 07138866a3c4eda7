// The tree on the left: one tab stop, arrow keys within it.

import { h, replace } from './dom.ts';
import { badge } from './badge.ts';
import type { OutlineItem } from './outline-model.ts';

/** The tree in the document. */
export interface OutlineView {
  readonly element: HTMLElement;
  show(items: readonly OutlineItem[], current: string | undefined): void;
  focusFilter(): void;
}

/** Makes an empty tree. */
export function createOutlineView(events: {
  readonly open: (item: OutlineItem) => void;
  readonly filter: (text: string) => void;
}): OutlineView {
  const tree = h('div', { class: 'tree', role: 'tree', 'aria-label': 'Scenarios, steps and expectations' });
  const input = h('input', {
    type: 'search',
    placeholder: 'Filter scenarios',
    'aria-label': 'Filter scenarios',
    on: { input: () => events.filter(input.value) },
  });
  let items: readonly OutlineItem[] = [];
  let shown = '';
  const elements = (): readonly HTMLElement[] => [...tree.children] as HTMLElement[];
  const move = (to: HTMLElement | undefined): void => {
    if (to === undefined) return;
    for (const element of elements()) element.tabIndex = element === to ? 0 : -1;
    to.focus();
  };
  tree.addEventListener('keydown', (event) => {
    const all = elements();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const item = items[at];
    if (item === undefined) return;
    const target = targetOf(event.key, { at, items });
    if (event.key === 'Enter' || event.key === ' ') events.open(item);
    else if (event.key === 'ArrowRight' && item.expanded === false) events.open(item);
    else if (target === undefined) return;
    else move(all[target]);
    event.preventDefault();
  });
  return {
    element: h('nav', { class: 'outline', 'aria-label': 'Outline' }, h('div', { class: 'filter' }, input), tree),
    focusFilter: () => input.focus(),
    show(next, current) {
      const wanted = `${current} ${next.map((item) => `${item.key} ${item.expanded}`).join(' ')}`;
      if (wanted === shown) return;
      shown = wanted;
      const hadFocus = tree.contains(document.activeElement);
      items = next;
      const key = items.some((item) => item.key === current) ? current : items[0]?.key;
      replace(
        tree,
        ...items.map((item) =>
          itemElement(item, { isCurrent: item.key === current, isStop: item.key === key, open: events.open }),
        ),
      );
      const stop = elements()[items.findIndex((item) => item.key === key)];
      if (hadFocus) stop?.focus();
      if (current !== undefined) stop?.scrollIntoView({ block: 'nearest' });
    },
  };
}

function itemElement(
  item: OutlineItem,
  options: { readonly isCurrent: boolean; readonly isStop: boolean; readonly open: (item: OutlineItem) => void },
): HTMLElement {
  const element = h(
    'div',
    {
      class: `item level-${item.level}`,
      role: 'treeitem',
      'aria-level': item.level,
      'aria-expanded': item.expanded === undefined ? undefined : String(item.expanded),
      'aria-current': options.isCurrent ? 'true' : undefined,
      'aria-selected': String(options.isCurrent),
      tabindex: options.isStop ? 0 : -1,
      title: item.text,
      on: { click: () => options.open(item) },
    },
    item.shade === undefined ? h('span', { class: 'badge', 'aria-hidden': 'true', text: '▦' }) : badge(item.shade),
    h('span', { class: 'text', text: item.text }),
    item.note !== '' && h('span', { class: 'note', text: item.note }),
  );
  if (item.level === 2 || item.level === 3) element.dataset['part'] = item.judgement === undefined ? 'step' : 'verdict';
  return element;
}

/** The line that a key leads to, by the habits of trees. */
function targetOf(
  key: string,
  { at, items }: { readonly at: number; readonly items: readonly OutlineItem[] },
): number | undefined {
  const level = items[at]?.level ?? 1;
  if (key === 'ArrowDown' || (key === 'ArrowRight' && items[at]?.expanded === true)) return at + 1;
  if (key === 'ArrowUp') return at - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return items.length - 1;
  if (key !== 'ArrowLeft') return undefined;
  const parent = items.slice(0, at).findLastIndex((item) => item.level < level);
  return parent < 0 ? undefined : parent;
}
