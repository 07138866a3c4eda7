// The task's Markdown as HTML. Markup that its author wrote is shown as text, and links lead to the web or within the page.

/** Renders Markdown with GitHub's tables and lists. */
export async function renderTask(markdown: string): Promise<string> {
  const [{ micromark }, { gfm, gfmHtml }] = await Promise.all([import('micromark'), import('micromark-extension-gfm')]);
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}
