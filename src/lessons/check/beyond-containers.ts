// Commands in containers that fail because the simulator's containers hold fewer programs than real ones. What they print then is
// nothing to judge a lesson by.

/** Why an output of `kubectl exec` or of a new pod's command says nothing; undefined where it does. */
export function beyondContainers(output: string): string | undefined {
  const missing =
    /^(?:\/bin\/)?sh: \d+: (\S+): not found$/mu.exec(output)?.[1] ??
    /exec: "([^"]*)": executable file not found/u.exec(output)?.[1];
  if (missing !== undefined) return `the simulator's containers have no program \`${missing}\``;
  const unknown = /^(?:\/bin\/)?sh: \d+: (.+ is not known)$/mu.exec(output)?.[1];
  return unknown === undefined ? undefined : `the simulator's shell does not know it all: ${unknown}`;
}
