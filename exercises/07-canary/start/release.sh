# The canary is well. Let the others follow.
kubectl rollout status statefulset web
