// How older releases of Kubernetes and kubectl said what they say otherwise today.

/** A transcript as today's release would print it, as far as its words alone are old. */
interface Translation {
  readonly reason: string;
  readonly translate: (expected: string) => string;
}

const translations: readonly Translation[] = [
  {
    reason: 'words of an older Kubernetes (a pod that has stopped is Completed today, also while it is being deleted)',
    translate: (text) => text.replaceAll(/(\s0\/\d+\s+)Terminating(?=\s)/g, '$1Completed'),
  },
  {
    reason: 'words of an older kubectl (a claim that has no capacity yet shows none today, not 0)',
    translate: (text) => text.replaceAll(/(\sPending\s+\S+\s+)0(?=\s)/g, '$1 '),
  },
];

/** Why a transcript is old and nothing else, when `agrees` says so of it in today's words. */
export function olderWords(expected: string, agrees: (translated: string) => boolean): string | undefined {
  return translations.find(({ translate }) => {
    const translated = translate(expected);
    return translated !== expected && agrees(translated);
  })?.reason;
}
