kubectl rollout undo statefulset shop --to-revision=1
kubectl delete pvc data-shop-2 --wait=false
kubectl delete pod shop-2
