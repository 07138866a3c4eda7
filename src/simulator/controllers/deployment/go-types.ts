// The Go types of a pod template in Kubernetes v1.36, field by field in the order of k8s.io/api/core/v1/types.go: the pod
// template hash is made of how Go prints them (DEP-NAME-01).

/** A field: its Go name, the member of the JSON object that it is read from, and its type as Go writes it. */
export interface GoField {
  readonly name: string;
  /** Undefined for an embedded struct, whose members stand in the object itself. */
  readonly member: string | undefined;
  readonly type: string;
}

/** The fields of a struct, or undefined: a type that is no struct is a string or a number under a name. */
export function fieldsOf(struct: string): readonly GoField[] | undefined {
  return structs.get(struct);
}

// `Name Type`, `Name@member Type` where the member is not the name in camel case, or `+Type` for an embedded struct.
const definitions: Readonly<Record<string, string>> = {
  PodTemplateSpec: 'ObjectMeta@metadata v1.ObjectMeta, Spec v1.PodSpec',
  ObjectMeta:
    'Name string, GenerateName string, Namespace string, SelfLink string, UID types.UID, ResourceVersion string, ' +
    'Generation int64, CreationTimestamp v1.Time, DeletionTimestamp *v1.Time, DeletionGracePeriodSeconds *int64, ' +
    'Labels map[string]string, Annotations map[string]string, OwnerReferences []v1.OwnerReference, ' +
    'Finalizers []string, ManagedFields []v1.ManagedFieldsEntry',
  PodSpec:
    'Volumes []v1.Volume, InitContainers []v1.Container, Containers []v1.Container, ' +
    'EphemeralContainers []v1.EphemeralContainer, RestartPolicy v1.RestartPolicy, ' +
    'TerminationGracePeriodSeconds *int64, ActiveDeadlineSeconds *int64, DNSPolicy v1.DNSPolicy, ' +
    'NodeSelector map[string]string, ServiceAccountName string, DeprecatedServiceAccount@serviceAccount string, ' +
    'AutomountServiceAccountToken *bool, NodeName string, HostNetwork bool, HostPID bool, HostIPC bool, ' +
    'ShareProcessNamespace *bool, SecurityContext *v1.PodSecurityContext, ' +
    'ImagePullSecrets []v1.LocalObjectReference, Hostname string, Subdomain string, Affinity *v1.Affinity, ' +
    'SchedulerName string, Tolerations []v1.Toleration, HostAliases []v1.HostAlias, PriorityClassName string, ' +
    'Priority *int32, DNSConfig *v1.PodDNSConfig, ReadinessGates []v1.PodReadinessGate, RuntimeClassName *string, ' +
    'EnableServiceLinks *bool, PreemptionPolicy *v1.PreemptionPolicy, Overhead v1.ResourceList, ' +
    'TopologySpreadConstraints []v1.TopologySpreadConstraint, SetHostnameAsFQDN *bool, OS *v1.PodOS, ' +
    'HostUsers *bool, SchedulingGates []v1.PodSchedulingGate, ResourceClaims []v1.PodResourceClaim, ' +
    'Resources *v1.ResourceRequirements, HostnameOverride *string, SchedulingGroup *v1.PodSchedulingGroup',
  Container:
    'Name string, Image string, Command []string, Args []string, WorkingDir string, Ports []v1.ContainerPort, ' +
    'EnvFrom []v1.EnvFromSource, Env []v1.EnvVar, Resources v1.ResourceRequirements, ' +
    'ResizePolicy []v1.ContainerResizePolicy, RestartPolicy *v1.ContainerRestartPolicy, ' +
    'RestartPolicyRules []v1.ContainerRestartRule, VolumeMounts []v1.VolumeMount, VolumeDevices []v1.VolumeDevice, ' +
    'LivenessProbe *v1.Probe, ReadinessProbe *v1.Probe, StartupProbe *v1.Probe, Lifecycle *v1.Lifecycle, ' +
    'TerminationMessagePath string, TerminationMessagePolicy v1.TerminationMessagePolicy, ' +
    'ImagePullPolicy v1.PullPolicy, SecurityContext *v1.SecurityContext, Stdin bool, StdinOnce bool, TTY bool',
  ContainerPort: 'Name string, HostPort int32, ContainerPort int32, Protocol v1.Protocol, HostIP string',
  EnvFromSource: 'Prefix string, ConfigMapRef *v1.ConfigMapEnvSource, SecretRef *v1.SecretEnvSource',
  ConfigMapEnvSource: '+v1.LocalObjectReference, Optional *bool',
  SecretEnvSource: '+v1.LocalObjectReference, Optional *bool',
  LocalObjectReference: 'Name string',
  EnvVar: 'Name string, Value string, ValueFrom *v1.EnvVarSource',
  EnvVarSource:
    'FieldRef *v1.ObjectFieldSelector, ResourceFieldRef *v1.ResourceFieldSelector, ' +
    'ConfigMapKeyRef *v1.ConfigMapKeySelector, SecretKeyRef *v1.SecretKeySelector, FileKeyRef *v1.FileKeySelector',
  ObjectFieldSelector: 'APIVersion string, FieldPath string',
  ResourceFieldSelector: 'ContainerName string, Resource string, Divisor resource.Quantity',
  ConfigMapKeySelector: '+v1.LocalObjectReference, Key string, Optional *bool',
  SecretKeySelector: '+v1.LocalObjectReference, Key string, Optional *bool',
  FileKeySelector: 'VolumeName string, Path string, Key string, Optional *bool',
  ResourceRequirements: 'Limits v1.ResourceList, Requests v1.ResourceList, Claims []v1.ResourceClaim',
  ResourceClaim: 'Name string, Request string',
  ContainerResizePolicy: 'ResourceName v1.ResourceName, RestartPolicy v1.ResourceResizeRestartPolicy',
  ContainerRestartRule: 'Action v1.ContainerRestartRuleAction, ExitCodes *v1.ContainerRestartRuleOnExitCodes',
  ContainerRestartRuleOnExitCodes: 'Operator v1.ContainerRestartRuleOnExitCodesOperator, Values []int32',
  VolumeMount:
    'Name string, ReadOnly bool, RecursiveReadOnly *v1.RecursiveReadOnlyMode, MountPath string, SubPath string, ' +
    'MountPropagation *v1.MountPropagationMode, SubPathExpr string',
  VolumeDevice: 'Name string, DevicePath string',
  Probe:
    '+v1.ProbeHandler, InitialDelaySeconds int32, TimeoutSeconds int32, PeriodSeconds int32, ' +
    'SuccessThreshold int32, FailureThreshold int32, TerminationGracePeriodSeconds *int64',
  ProbeHandler: 'Exec *v1.ExecAction, HTTPGet *v1.HTTPGetAction, TCPSocket *v1.TCPSocketAction, GRPC *v1.GRPCAction',
  LifecycleHandler:
    'Exec *v1.ExecAction, HTTPGet *v1.HTTPGetAction, TCPSocket *v1.TCPSocketAction, Sleep *v1.SleepAction',
  Lifecycle: 'PostStart *v1.LifecycleHandler, PreStop *v1.LifecycleHandler, StopSignal *v1.Signal',
  ExecAction: 'Command []string',
  HTTPGetAction: 'Path string, Port intstr.IntOrString, Host string, Scheme v1.URIScheme, HTTPHeaders []v1.HTTPHeader',
  HTTPHeader: 'Name string, Value string',
  TCPSocketAction: 'Port intstr.IntOrString, Host string',
  GRPCAction: 'Port int32, Service *string',
  SleepAction: 'Seconds int64',
  SecurityContext:
    'Capabilities *v1.Capabilities, Privileged *bool, SELinuxOptions *v1.SELinuxOptions, ' +
    'WindowsOptions *v1.WindowsSecurityContextOptions, RunAsUser *int64, RunAsGroup *int64, RunAsNonRoot *bool, ' +
    'ReadOnlyRootFilesystem *bool, AllowPrivilegeEscalation *bool, ProcMount *v1.ProcMountType, ' +
    'SeccompProfile *v1.SeccompProfile, AppArmorProfile *v1.AppArmorProfile',
  Capabilities: 'Add []v1.Capability, Drop []v1.Capability',
  SELinuxOptions: 'User string, Role string, Type string, Level string',
  WindowsSecurityContextOptions:
    'GMSACredentialSpecName *string, GMSACredentialSpec *string, RunAsUserName *string, HostProcess *bool',
  SeccompProfile: 'Type v1.SeccompProfileType, LocalhostProfile *string',
  AppArmorProfile: 'Type v1.AppArmorProfileType, LocalhostProfile *string',
  PodSecurityContext:
    'SELinuxOptions *v1.SELinuxOptions, WindowsOptions *v1.WindowsSecurityContextOptions, RunAsUser *int64, ' +
    'RunAsGroup *int64, RunAsNonRoot *bool, SupplementalGroups []int64, ' +
    'SupplementalGroupsPolicy *v1.SupplementalGroupsPolicy, FSGroup *int64, Sysctls []v1.Sysctl, ' +
    'FSGroupChangePolicy *v1.PodFSGroupChangePolicy, SeccompProfile *v1.SeccompProfile, ' +
    'AppArmorProfile *v1.AppArmorProfile, SELinuxChangePolicy *v1.PodSELinuxChangePolicy',
  Sysctl: 'Name string, Value string',
  Toleration:
    'Key string, Operator v1.TolerationOperator, Value string, Effect v1.TaintEffect, TolerationSeconds *int64',
  HostAlias: 'IP string, Hostnames []string',
  PodDNSConfig: 'Nameservers []string, Searches []string, Options []v1.PodDNSConfigOption',
  PodDNSConfigOption: 'Name string, Value *string',
  PodReadinessGate: 'ConditionType v1.PodConditionType',
  PodOS: 'Name v1.OSName',
  PodSchedulingGate: 'Name string',
  PodSchedulingGroup: 'PodGroupName *string',
  PodResourceClaim: 'Name string, ResourceClaimName *string, ResourceClaimTemplateName *string',
  TopologySpreadConstraint:
    'MaxSkew int32, TopologyKey string, WhenUnsatisfiable v1.UnsatisfiableConstraintAction, ' +
    'LabelSelector *v1.LabelSelector, MinDomains *int32, NodeAffinityPolicy *v1.NodeInclusionPolicy, ' +
    'NodeTaintsPolicy *v1.NodeInclusionPolicy, MatchLabelKeys []string',
  LabelSelector: 'MatchLabels map[string]string, MatchExpressions []v1.LabelSelectorRequirement',
  LabelSelectorRequirement: 'Key string, Operator v1.LabelSelectorOperator, Values []string',
  Affinity: 'NodeAffinity *v1.NodeAffinity, PodAffinity *v1.PodAffinity, PodAntiAffinity *v1.PodAntiAffinity',
  NodeAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution *v1.NodeSelector, ' +
    'PreferredDuringSchedulingIgnoredDuringExecution []v1.PreferredSchedulingTerm',
  NodeSelector: 'NodeSelectorTerms []v1.NodeSelectorTerm',
  NodeSelectorTerm: 'MatchExpressions []v1.NodeSelectorRequirement, MatchFields []v1.NodeSelectorRequirement',
  NodeSelectorRequirement: 'Key string, Operator v1.NodeSelectorOperator, Values []string',
  PreferredSchedulingTerm: 'Weight int32, Preference v1.NodeSelectorTerm',
  PodAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution []v1.PodAffinityTerm, ' +
    'PreferredDuringSchedulingIgnoredDuringExecution []v1.WeightedPodAffinityTerm',
  PodAntiAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution []v1.PodAffinityTerm, ' +
    'PreferredDuringSchedulingIgnoredDuringExecution []v1.WeightedPodAffinityTerm',
  PodAffinityTerm:
    'LabelSelector *v1.LabelSelector, Namespaces []string, TopologyKey string, ' +
    'NamespaceSelector *v1.LabelSelector, MatchLabelKeys []string, MismatchLabelKeys []string',
  WeightedPodAffinityTerm: 'Weight int32, PodAffinityTerm v1.PodAffinityTerm',
  Volume: 'Name string, +v1.VolumeSource',
  VolumeSource:
    'HostPath *v1.HostPathVolumeSource, EmptyDir *v1.EmptyDirVolumeSource, ' +
    'GCEPersistentDisk *v1.GCEPersistentDiskVolumeSource, ' +
    'AWSElasticBlockStore *v1.AWSElasticBlockStoreVolumeSource, GitRepo *v1.GitRepoVolumeSource, ' +
    'Secret *v1.SecretVolumeSource, NFS *v1.NFSVolumeSource, ISCSI *v1.ISCSIVolumeSource, ' +
    'Glusterfs *v1.GlusterfsVolumeSource, PersistentVolumeClaim *v1.PersistentVolumeClaimVolumeSource, ' +
    'RBD *v1.RBDVolumeSource, FlexVolume *v1.FlexVolumeSource, Cinder *v1.CinderVolumeSource, ' +
    'CephFS@cephfs *v1.CephFSVolumeSource, Flocker *v1.FlockerVolumeSource, ' +
    'DownwardAPI *v1.DownwardAPIVolumeSource, FC *v1.FCVolumeSource, AzureFile *v1.AzureFileVolumeSource, ' +
    'ConfigMap *v1.ConfigMapVolumeSource, VsphereVolume *v1.VsphereVirtualDiskVolumeSource, ' +
    'Quobyte *v1.QuobyteVolumeSource, AzureDisk *v1.AzureDiskVolumeSource, ' +
    'PhotonPersistentDisk *v1.PhotonPersistentDiskVolumeSource, Projected *v1.ProjectedVolumeSource, ' +
    'PortworxVolume *v1.PortworxVolumeSource, ScaleIO *v1.ScaleIOVolumeSource, ' +
    'StorageOS@storageos *v1.StorageOSVolumeSource, CSI *v1.CSIVolumeSource, ' +
    'Ephemeral *v1.EphemeralVolumeSource, Image *v1.ImageVolumeSource',
  HostPathVolumeSource: 'Path string, Type *v1.HostPathType',
  EmptyDirVolumeSource: 'Medium v1.StorageMedium, SizeLimit *resource.Quantity',
  SecretVolumeSource: 'SecretName string, Items []v1.KeyToPath, DefaultMode *int32, Optional *bool',
  KeyToPath: 'Key string, Path string, Mode *int32',
  NFSVolumeSource: 'Server string, Path string, ReadOnly bool',
  PersistentVolumeClaimVolumeSource: 'ClaimName string, ReadOnly bool',
  DownwardAPIVolumeSource: 'Items []v1.DownwardAPIVolumeFile, DefaultMode *int32',
  DownwardAPIVolumeFile:
    'Path string, FieldRef *v1.ObjectFieldSelector, ResourceFieldRef *v1.ResourceFieldSelector, Mode *int32',
  ConfigMapVolumeSource: '+v1.LocalObjectReference, Items []v1.KeyToPath, DefaultMode *int32, Optional *bool',
  ProjectedVolumeSource: 'Sources []v1.VolumeProjection, DefaultMode *int32',
  VolumeProjection:
    'Secret *v1.SecretProjection, DownwardAPI *v1.DownwardAPIProjection, ConfigMap *v1.ConfigMapProjection, ' +
    'ServiceAccountToken *v1.ServiceAccountTokenProjection, ClusterTrustBundle *v1.ClusterTrustBundleProjection, ' +
    'PodCertificate *v1.PodCertificateProjection',
  SecretProjection: '+v1.LocalObjectReference, Items []v1.KeyToPath, Optional *bool',
  DownwardAPIProjection: 'Items []v1.DownwardAPIVolumeFile',
  ConfigMapProjection: '+v1.LocalObjectReference, Items []v1.KeyToPath, Optional *bool',
  ServiceAccountTokenProjection: 'Audience string, ExpirationSeconds *int64, Path string',
  CSIVolumeSource:
    'Driver string, ReadOnly *bool, FSType *string, VolumeAttributes map[string]string, ' +
    'NodePublishSecretRef *v1.LocalObjectReference',
  ImageVolumeSource: 'Reference string, PullPolicy v1.PullPolicy',
};

const structs: ReadonlyMap<string, readonly GoField[]> = new Map(
  Object.entries(definitions).map(([name, text]) => [`v1.${name}`, text.split(', ').map(readField)]),
);

function readField(text: string): GoField {
  if (text.startsWith('+')) return { name: text.slice('+v1.'.length), member: undefined, type: text.slice(1) };
  const [named = '', type = ''] = text.split(' ');
  const [name = '', member = camelCase(name)] = named.split('@');
  return { name, member, type };
}

/** `DNSPolicy` is `dnsPolicy`, `TTY` is `tty`, `HostPID` is `hostPID`. */
function camelCase(name: string): string {
  const capitals = /^[A-Z]+/.exec(name)?.[0].length ?? 0;
  const lowered = capitals > 1 && capitals < name.length ? capitals - 1 : capitals;
  return name.slice(0, lowered).toLowerCase() + name.slice(lowered);
}
