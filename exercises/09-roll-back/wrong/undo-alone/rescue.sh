kubectl rollout undo statefulset shop --to-revision=1
