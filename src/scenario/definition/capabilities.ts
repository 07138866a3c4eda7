// What a scenario may need of a backend beyond the API itself: the closed list of `needs.capabilities`.

/** One capability, with the meaning that the manual prints. */
export interface CapabilityRow {
  readonly name: string;
  readonly meaning: string;
}

/** Every capability. */
export const capabilities: readonly CapabilityRow[] = [
  {
    name: 'static-volumes',
    meaning: 'the scenario can make PersistentVolumes, and claims with `storageClassName: ""` bind to them',
  },
  { name: 'no-default-class', meaning: 'claims without a class are not provisioned' },
  { name: 'dynamic-storage', meaning: 'claims of the default class get a volume' },
  { name: 'readiness-control', meaning: 'pods can be made unready and ready again (`fail … how: notReady`)' },
  { name: 'node-failure', meaning: 'nodes can be stopped and cut off (`fail … how: stop` and `partitioned`)' },
  { name: 'dns', meaning: 'names can be looked up as a pod would (`resolve`)' },
  { name: 'exec', meaning: 'commands can be run in containers (`exec`)' },
  { name: 'custom-resources', meaning: 'CustomResourceDefinitions can be made, and their objects' },
];
