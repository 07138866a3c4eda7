// The pointer and the wheel on a timeline, as plain intents.

/** What a gesture asks for. */
export interface GestureTarget {
  /** Zooms around a place, pixels from the left of the plot. */
  zoomAt(x: number, factor: number): void;
  panBy(px: number): void;
  /** The scrubber follows the pointer. */
  scrubAt(x: number): void;
  pickAt(x: number, y: number): void;
  /** A part was brushed; both from the left. `over` says on what. */
  brush(from: number, to: number, over: 'axis' | 'overview'): void;
  /** While brushing, to show it; undefined when it is over. */
  brushing(part: { readonly from: number; readonly to: number } | undefined, over: 'axis' | 'overview'): void;
  /** Whether the lanes are higher than their window, so that the wheel scrolls them. */
  readonly scrolls: boolean;
}

/** A press that moves less is a click. */
const clickPx = 3;

/** On the lanes: click selects, dragging scrubs; with Shift it brushes. */
export function listenOnPlot(element: HTMLElement, target: GestureTarget): void {
  listenToWheel(element, target, 'plot');
  onDrag(element, {
    move: (from, to, event) => {
      if (event.shiftKey) target.brushing(ordered(from.x, to.x), 'axis');
      else target.scrubAt(to.x);
    },
    end: (from, to, event) => {
      target.brushing(undefined, 'axis');
      if (event.shiftKey) target.brush(...pair(from.x, to.x), 'axis');
    },
    click: ({ x, y }) => target.pickAt(x, y),
  });
}

/** On the axis and the overview: dragging brushes; a click on the axis moves the scrubber. */
export function listenOnBand(element: HTMLElement, target: GestureTarget, over: 'axis' | 'overview'): void {
  listenToWheel(element, target, over);
  onDrag(element, {
    move: (from, to) => target.brushing(ordered(from.x, to.x), over),
    end: (from, to) => {
      target.brushing(undefined, over);
      target.brush(...pair(from.x, to.x), over);
    },
    click: ({ x }) => {
      if (over === 'axis') target.scrubAt(x);
    },
  });
}

/** A handle that is dragged sideways. */
export function listenOnHandle(element: HTMLElement, within: HTMLElement, target: GestureTarget): void {
  element.addEventListener('pointerdown', (event) => {
    event.stopPropagation();
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    if (element.hasPointerCapture(event.pointerId)) target.scrubAt(event.clientX - within.getBoundingClientRect().left);
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function onDrag(
  element: HTMLElement,
  handlers: {
    readonly move: (from: Point, to: Point, event: PointerEvent) => void;
    readonly end: (from: Point, to: Point, event: PointerEvent) => void;
    readonly click: (at: Point) => void;
  },
): void {
  let from: Point | undefined;
  let moved = false;
  const pointOf = (event: PointerEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    from = pointOf(event);
    moved = false;
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    if (from === undefined) return;
    const to = pointOf(event);
    moved ||= Math.abs(to.x - from.x) > clickPx;
    if (moved) handlers.move(from, to, event);
  });
  element.addEventListener('pointerup', (event) => {
    if (from === undefined) return;
    if (moved) handlers.end(from, pointOf(event), event);
    else handlers.click(from);
    from = undefined;
  });
}

function listenToWheel(element: HTMLElement, target: GestureTarget, over: 'plot' | 'axis' | 'overview'): void {
  const onWheel = (event: WheelEvent): void => {
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    const wantsZoom = event.ctrlKey || event.metaKey || over !== 'plot' || !target.scrolls;
    if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) target.panBy(sideways);
    else if (wantsZoom) target.zoomAt(event.clientX - element.getBoundingClientRect().left, 1.0015 ** event.deltaY);
    else return;
    event.preventDefault();
  };
  element.addEventListener('wheel', onWheel, { passive: false });
}

function pair(a: number, b: number): [from: number, to: number] {
  return a < b ? [a, b] : [b, a];
}

function ordered(a: number, b: number): { readonly from: number; readonly to: number } {
  return { from: Math.min(a, b), to: Math.max(a, b) };
}
