// Elements out of data. Text only ever becomes a text node or an attribute value, never markup: what traces hold is shown,
// not executed.

/** A child of an element; `undefined` and `false` are none. */
export type Child = Node | string | undefined | false;

/** Attributes by name, beside `class` and listeners by event name; `undefined` and `false` leave one out. */
export interface Properties {
  readonly class?: string | undefined;
  readonly text?: string;
  readonly on?: Readonly<Record<string, (event: never) => void>>;
  readonly [attribute: string]: unknown;
}

/** Makes an element. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name === 'text') element.textContent = properties.text ?? '';
    else if (name === 'on') listen(element, value as Properties['on']);
    else element.setAttribute(name, value === true ? '' : (value as string | number).toString());
  }
  fill(element, children);
  return element;
}

/** Adds children that are there. */
export function fill(element: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
}

/** Puts these children in the place of all that there were. */
export function replace(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  fill(element, children);
}

function listen(element: Element, listeners: Properties['on']): void {
  for (const [event, listener] of Object.entries(listeners ?? {})) {
    element.addEventListener(event, listener as (event: Event) => void);
  }
}
