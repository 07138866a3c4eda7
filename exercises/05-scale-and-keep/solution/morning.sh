# All three are wanted again.
kubectl scale statefulset db --replicas=3
