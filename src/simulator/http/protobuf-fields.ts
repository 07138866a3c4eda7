// The numbers of fields in Kubernetes' protobuf, for the objects that kubectl writes in it: those of its generators
// (`create namespace`, `create deployment`, `autoscale`, `auth can-i`). A number never changes its meaning.

/** One type a line: its name and its fields as `number:name:type`. Types are read as in `protobuf.ts`. */
const table = `
ObjectMeta 1:name:s 2:generateName:s 3:namespace:s 5:uid:s 6:resourceVersion:s 7:generation:z 8:creationTimestamp:t 9:deletionTimestamp:t 11:labels:{s 12:annotations:{s 14:finalizers:[s
LabelSelector 1:matchLabels:{s 2:matchExpressions:[LabelSelectorRequirement
LabelSelectorRequirement 1:key:s 2:operator:s 3:values:[s
Namespace 1:metadata:ObjectMeta 2:spec:NamespaceSpec 3:status:-
NamespaceSpec 1:finalizers:[s
ConfigMap 1:metadata:ObjectMeta 2:data:{s 3:binaryData:{y 4:immutable:b
Secret 1:metadata:ObjectMeta 2:data:{y 3:type:s 4:stringData:{s 5:immutable:b
ServiceAccount 1:metadata:ObjectMeta 4:automountServiceAccountToken:b
ResourceQuota 1:metadata:ObjectMeta 2:spec:ResourceQuotaSpec 3:status:-
ResourceQuotaSpec 1:hard:{q 2:scopes:[s
Service 1:metadata:ObjectMeta 2:spec:ServiceSpec 3:status:-
ServiceSpec 1:ports:[ServicePort 2:selector:{s 3:clusterIP:s 4:type:s 5:externalIPs:[s 7:sessionAffinity:s 8:loadBalancerIP:s 10:externalName:s
ServicePort 1:name:s 2:protocol:s 3:port:z 4:targetPort:o 5:nodePort:z 6:appProtocol:s
Deployment 1:metadata:ObjectMeta 2:spec:DeploymentSpec 3:status:-
DeploymentSpec 1:replicas:i 2:selector:LabelSelector 3:template:PodTemplateSpec 4:strategy:DeploymentStrategy 5:minReadySeconds:z 6:revisionHistoryLimit:i 7:paused:f 9:progressDeadlineSeconds:i
DeploymentStrategy 1:type:s 2:rollingUpdate:RollingUpdateDeployment
RollingUpdateDeployment 1:maxUnavailable:o 2:maxSurge:o
PodTemplateSpec 1:metadata:ObjectMeta 2:spec:PodSpec
PodSpec 2:containers:[Container 3:restartPolicy:s 4:terminationGracePeriodSeconds:i 5:activeDeadlineSeconds:i 6:dnsPolicy:s 7:nodeSelector:{s 8:serviceAccountName:s 9:serviceAccount:s 10:nodeName:s 11:hostNetwork:f 12:hostPID:f 13:hostIPC:f 14:securityContext:- 16:hostname:s 17:subdomain:s 19:schedulerName:s
Container 1:name:s 2:image:s 3:command:[s 4:args:[s 5:workingDir:s 6:ports:[ContainerPort 7:env:[EnvVar 8:resources:ResourceRequirements 13:terminationMessagePath:s 14:imagePullPolicy:s
ContainerPort 1:name:s 2:hostPort:z 3:containerPort:z 4:protocol:s 5:hostIP:s
EnvVar 1:name:s 2:value:s
ResourceRequirements 1:limits:{q 2:requests:{q
Job 1:metadata:ObjectMeta 2:spec:JobSpec 3:status:-
JobSpec 1:parallelism:i 2:completions:i 3:activeDeadlineSeconds:i 4:selector:LabelSelector 5:manualSelector:b 6:template:PodTemplateSpec 7:backoffLimit:i 8:ttlSecondsAfterFinished:i 9:completionMode:s 10:suspend:b
CronJob 1:metadata:ObjectMeta 2:spec:CronJobSpec 3:status:-
CronJobSpec 1:schedule:s 2:startingDeadlineSeconds:i 3:concurrencyPolicy:s 4:suspend:b 5:jobTemplate:JobTemplateSpec 6:successfulJobsHistoryLimit:i 7:failedJobsHistoryLimit:i 8:timeZone:s
JobTemplateSpec 1:metadata:ObjectMeta 2:spec:JobSpec
PodDisruptionBudget 1:metadata:ObjectMeta 2:spec:PodDisruptionBudgetSpec 3:status:-
PodDisruptionBudgetSpec 1:minAvailable:o 2:selector:LabelSelector 3:maxUnavailable:o 4:unhealthyPodEvictionPolicy:s
PriorityClass 1:metadata:ObjectMeta 2:value:z 3:globalDefault:f 4:description:s 5:preemptionPolicy:s
Role 1:metadata:ObjectMeta 2:rules:[PolicyRule
ClusterRole 1:metadata:ObjectMeta 2:rules:[PolicyRule 3:aggregationRule:AggregationRule
AggregationRule 1:clusterRoleSelectors:[LabelSelector
PolicyRule 1:verbs:[s 2:apiGroups:[s 3:resources:[s 4:resourceNames:[s 5:nonResourceURLs:[s
RoleBinding 1:metadata:ObjectMeta 2:subjects:[Subject 3:roleRef:RoleRef
ClusterRoleBinding 1:metadata:ObjectMeta 2:subjects:[Subject 3:roleRef:RoleRef
Subject 1:kind:s 2:apiGroup:s 3:name:s 4:namespace:s
RoleRef 1:apiGroup:s 2:kind:s 3:name:s
HorizontalPodAutoscaler 1:metadata:ObjectMeta 2:spec:HorizontalPodAutoscalerSpec 3:status:-
HorizontalPodAutoscalerSpec 1:scaleTargetRef:CrossVersionObjectReference 2:minReplicas:i 3:maxReplicas:z 4:metrics:[MetricSpec
CrossVersionObjectReference 1:kind:s 2:name:s 3:apiVersion:s
MetricSpec 1:type:s 4:resource:ResourceMetricSource
ResourceMetricSource 1:name:s 2:target:MetricTarget
MetricTarget 1:type:s 2:value:q 3:averageValue:q 4:averageUtilization:i
SelfSubjectAccessReview 1:metadata:ObjectMeta 2:spec:SelfSubjectAccessReviewSpec 3:status:-
SelfSubjectAccessReviewSpec 1:resourceAttributes:ResourceAttributes 2:nonResourceAttributes:NonResourceAttributes
ResourceAttributes 1:namespace:s 2:verb:s 3:group:s 4:version:s 5:resource:s 6:subresource:s 7:name:s
NonResourceAttributes 1:path:s 2:verb:s
`;

/** A field of a message. */
export interface MessageField {
  readonly name: string;
  readonly type: string;
}

/** The fields of a message by number; undefined for a message that is not in the table. */
export function messageFields(message: string): ReadonlyMap<number, MessageField> | undefined {
  const row = table.split('\n').find((line) => line.startsWith(`${message} `));
  return row === undefined ? undefined : new Map(row.split(' ').slice(1).map(readField));
}

function readField(text: string): readonly [number, MessageField] {
  const [number = '', name = '', type = ''] = text.split(':');
  return [Number(number), { name, type }];
}
