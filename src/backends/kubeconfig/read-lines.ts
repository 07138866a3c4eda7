// The lines of a stream of text, as they come.

/** Gives each line without its end; a last line that was cut off is left out, since nobody knows what it was to say. */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true });
    let begin = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', begin)) {
      if (end > begin) yield rest.slice(begin, end);
      begin = end + 1;
    }
    rest = rest.slice(begin);
  }
}
