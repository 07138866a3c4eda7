kubectl delete pod db-2
kubectl wait --for=condition=Ready pod/db-2 --timeout=5m
kubectl delete pod db-1
kubectl wait --for=condition=Ready pod/db-1 --timeout=5m
kubectl delete pod db-0
kubectl wait --for=condition=Ready pod/db-0 --timeout=5m
