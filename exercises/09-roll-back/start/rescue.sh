kubectl rollout history statefulset shop
kubectl get pods
kubectl delete pod shop-2
