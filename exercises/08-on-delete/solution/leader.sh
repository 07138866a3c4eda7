# 22:00  db-1 leads, and goes last
kubectl delete pod db-1
kubectl wait --for=condition=Ready pod/db-1 --timeout=5m
