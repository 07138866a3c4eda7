// Labels that say which containers belong to a cluster.

/** kind's own label of node containers (pkg/cluster/internal/providers/docker/constants.go). */
export function clusterLabel(cluster: string): string {
  return `io.x-k8s.kind.cluster=${cluster}`;
}

/** Label of the containers that kind itself runs in. */
export function kindContainerLabel(cluster: string): string {
  return `dev.setpiece.kind=${cluster}`;
}
