# 20:00  db-0 and db-2 follow
kubectl delete pod db-0 db-2
