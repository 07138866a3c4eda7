kubectl get statefulset web
