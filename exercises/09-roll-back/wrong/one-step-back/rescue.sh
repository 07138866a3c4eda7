kubectl rollout undo statefulset shop
kubectl delete pod shop-2
