kubectl delete statefulset web
