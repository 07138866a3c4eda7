// Fields of final objects that are not compared, each with its reason. Uids, times, addresses and random names need no
// entry: they were replaced by what they stand for.

/** A field that is not compared. */
export interface Mask {
  /** Matches `kind path`: `pod status.containerStatuses.0.imageID`. */
  readonly field: RegExp;
  readonly why: string;
}

/** The masks. */
export const masks: readonly Mask[] = [
  { field: /[ .]resourceVersion$/, why: 'counts the writes of a whole cluster' },
  { field: / metadata\.managedFields/, why: 'recorders leave it out' },
  { field: / metadata\.uid$/, why: 'made up; objects are matched by what they are' },
  {
    field: /^pod status\..*ontainerStatuses\.\d+\.(?:imageID|containerID|image)$/,
    why: "the runtime's digests and its full name of an image; the recorded images were stand-ins",
  },
  { field: /^pod status\.(?:.*ontainerStatuses\.\d+\.)?resources/, why: 'what the runtime reports of its cgroups' },
  { field: /^pod status\..*ontainerStatuses\.\d+\.user/, why: 'the user inside of the recorded stand-in images' },
  {
    field:
      /^endpointslice\.\S+ metadata\.(?:generation|annotations\.endpoints\.kubernetes\.io\/last-change-trigger-time)$/,
    why: 'how many changes of pods the controller takes together is an accident (EPS-REC-05)',
  },
  { field: /^node spec\.providerID$/, why: 'names the cluster' },
  { field: /^endpointslice\.\S+ endpoints\.\d+\.zone$/, why: "a label of the recording machine's nodes" },
  {
    field: /^node status\.(?:capacity|allocatable|images|nodeInfo|addresses|daemonEndpoints|features|runtimeHandlers)/,
    why: 'the recording machine',
  },
  {
    field: /^node metadata\.(?:labels|annotations)/,
    why: "the recording machine's system, and what kind and kubeadm note",
  },
];

/** Whether a field is masked. */
export function masked(kind: string, path: string): boolean {
  const field = `${kind} ${path}`;
  return masks.some((mask) => mask.field.test(field));
}
