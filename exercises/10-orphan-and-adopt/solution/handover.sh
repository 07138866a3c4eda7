kubectl delete statefulset web --cascade=orphan
