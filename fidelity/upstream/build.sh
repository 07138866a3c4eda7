#!/bin/sh
# Builds upstream's end-to-end tests of workloads from the Go module proxy: build.sh FOLDER [VERSION]. The binary is FOLDER/e2e.test.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: build.sh FOLDER [VERSION]}
version=${2:-1.36.3}
mkdir -p "$folder"
cp "$here/e2e_test.go" "$folder/e2e_test.go"
cd "$folder"
export GOFLAGS=-mod=mod
source=$(go mod download -json "k8s.io/kubernetes@v$version" | sed -n 's/^\t*"Dir": "\(.*\)",*$/\1/p')
# The parts that live in the same repository have no versions there; they are published beside it under v0.
{
  printf 'module upstream\n\nrequire k8s.io/kubernetes v%s\n\n' "$version"
  sed -n '/^godebug/,/^)/p' "$source/go.mod"
  sed -n "s|^\t\(k8s.io/[^ ]*\) => ./staging/.*|replace \1 => \1 v0.${version#1.}|p" "$source/go.mod"
} > go.mod
sed -n 's/^go /go /p' "$source/go.mod" >> go.mod
cp "$source/go.sum" go.sum
chmod u+w go.sum
go mod tidy
go test -c -o e2e.test -ldflags '-s -w' .
