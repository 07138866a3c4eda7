# 20:00  db-0 and db-2 follow
kubectl delete pod db-2
kubectl wait --for=condition=Ready pod/db-2 --timeout=5m
kubectl delete pod db-0
kubectl wait --for=condition=Ready pod/db-0 --timeout=5m
