# 22:00  db-1 leads, and goes last
kubectl rollout restart statefulset db
