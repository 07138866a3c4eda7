// Text that is cut so that it fits.

/** The text, or its beginning with `…`, or nothing where not even three letters fit. `widths` keeps what was measured. */
export function fitText(
  context: CanvasRenderingContext2D,
  text: string,
  { widthPx, widths }: { readonly widthPx: number; readonly widths: Map<string, number> },
): string {
  const measure = (part: string): number => {
    const key = `${context.font} ${part}`;
    let width = widths.get(key);
    if (width === undefined) widths.set(key, (width = context.measureText(part).width));
    return width;
  };
  const full = measure(text);
  if (full <= widthPx) return text;
  // Letters are about equally wide; one that is left out too many is not missed.
  const letters = Math.floor((text.length * (widthPx - 10)) / full);
  return letters < 3 ? '' : `${text.slice(0, letters).trimEnd()}…`;
}
