kubectl rollout history statefulset shop
kubectl rollout undo statefulset shop --to-revision=1
kubectl delete pod shop-2
kubectl rollout status statefulset shop
