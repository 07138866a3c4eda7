// Completion in the editor: fields, kinds and words in manifests, subcommands in lists of commands.

import { placeAt } from './place-at.ts';
import { suggest } from './suggestions.ts';
import { h } from '../../../../../reporters/html/page/dom.ts';
import type { Completion, CompletionSource } from '@codemirror/autocomplete';
import type { Descriptions } from './field-at.ts';
import type { Suggestion } from './suggestions.ts';

/** For a manifest that takes these kinds. */
export function completeManifest(
  allowed: readonly string[],
  descriptions: () => Promise<Descriptions>,
): CompletionSource {
  return async (context) => {
    const { state, pos, explicit } = context;
    const place = placeAt(state.sliceDoc(), pos);
    if (place === undefined) return null;
    // A list that comes up by itself at every blank line is in the way.
    if (!explicit && place.from === pos && place.part === 'name') return null;
    const known = await descriptions();
    const suggestions = context.aborted ? [] : suggest(place, { allowed, descriptions: known });
    if (suggestions.length === 0) return null;
    return {
      from: place.from,
      options: suggestions.map((suggestion) => optionOf(suggestion, known)),
      validFor: /^[\w./-]*$/,
    };
  };
}

/** For a list of kubectl command lines with these subcommands. */
export function completeCommands(commands: readonly string[]): CompletionSource {
  return ({ state, pos, explicit }) => {
    const { from, text } = state.doc.lineAt(pos);
    const written = /^\s*(?:\$ )?(kubectl )?([\w-]*)$/.exec(text.slice(0, pos - from));
    if (written === null || (!explicit && text.trim() === '')) return null;
    const [, isBegun, word = ''] = written;
    const options = commands.map((command) => ({
      label: isBegun === undefined ? `kubectl ${command}` : command,
      apply: isBegun === undefined ? `kubectl ${command} ` : `${command} `,
    }));
    return { from: pos - word.length, options };
  };
}

function optionOf({ label, insert, detail, of }: Suggestion, { types }: Descriptions): Completion {
  const type = of === undefined ? undefined : types[of.type];
  const described = of?.field === undefined ? type?.description : type?.fields[of.field];
  const text = typeof described === 'object' ? described.text : described;
  if (text === undefined) return { label, apply: insert, detail };
  const info = (): HTMLElement => h('div', { class: 'ex-info', lang: 'en' }, h('b', { text: label }), h('p', { text }));
  return { label, apply: insert, detail, info };
}
