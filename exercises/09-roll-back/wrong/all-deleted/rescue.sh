kubectl rollout undo statefulset shop --to-revision=1
kubectl delete pod shop-0 --wait=false
kubectl delete pod shop-1 --wait=false
kubectl delete pod shop-2 --wait=false
