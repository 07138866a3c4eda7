kubectl rollout restart statefulset web
kubectl rollout status statefulset web
