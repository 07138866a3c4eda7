# One member is enough for the night.
kubectl scale statefulset db --replicas=1
