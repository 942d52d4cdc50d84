/**
 * The head of the script that `atoll images mirror` prints: what its parts are made of.
 *
 * Functions instead of `there || { pull && push; }`: bash goes on after such a group when its first command fails, `set -e` or
 * not, since that failure is one of an and-list (https://www.gnu.org/software/bash/manual/html_node/The-Set-Builtin.html,
 * 2026-11-25). A chart with a wrong digest would have been passed over in silence.
 */
export const MIRROR_FUNCTIONS = `set -euo pipefail
# A trace would show credentials.
set +x

# assume <role> <region>: for the rest of this subshell. A role that was assumed from another lasts an hour; after that, run this again.
assume() {
  local credentials
  credentials=$(aws sts assume-role --region "$2" --role-arn "$1" --role-session-name atoll-images-mirror \\
    --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
  read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN < <(printf '%s\\n' "$credentials")
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
}

# sign_in <registry> <region>: into a folder that goes with the subshell, not into the caller's own logins.
sign_in() {
  local password
  SCRATCH=$(mktemp -d)
  trap 'rm -rf "$SCRATCH"' EXIT
  export DOCKER_CONFIG=$SCRATCH HELM_REGISTRY_CONFIG=$SCRATCH/helm.json
  password=$(aws ecr get-login-password --region "$2")
  printf '%s\\n' "$password" | crane auth login "$1" --username AWS --password-stdin
  printf '%s\\n' "$password" | helm registry login "$1" --username AWS --password-stdin
}

# sign_in_docker <registry> <region>: among the caller's own logins, where Docker has its builders and plugins too.
sign_in_docker() {
  REGISTRY=$1
  trap 'docker logout "$REGISTRY"' EXIT
  aws ecr get-login-password --region "$2" | docker login "$1" --username AWS --password-stdin
}

# A tag in the registry is immutable, so what is there is passed over, not pushed again.
there() {
  crane digest "$1" >/dev/null 2>&1 && echo "there  $1"
}

# copy <from> <to>: all architectures, with the digest that it has.
copy() {
  if there "$2"; then return; fi
  echo "copy   $2"
  crane copy "$1" "$2"
}

# chart <repository> <name> <version> <sha256 of the archive, or nothing> <to>: Helm appends the name to the address that it pushes to.
chart() {
  local target=\${5#oci://}/$2:$3 archive=$SCRATCH/$2-$3.tgz
  if there "$target"; then return; fi
  echo "push   $target"
  helm pull "$2" --repo "$1" --version "$3" --destination "$SCRATCH"
  if [ -n "$4" ]; then echo "$4  $archive" | sha256sum --check; fi
  helm push "$archive" "$5"
}

# build <folder> <to>: the whole project is at hand, of which the Dockerfile takes what it needs
build() {
  if there "$2"; then return; fi
  if grep -qs '^ARG NODE_IMAGE$' "$1/Dockerfile" && [ -z "\${NODE_IMAGE-}" ]; then
    echo "skip   $2: NODE_IMAGE is empty; name the Node image that it is built on, by its digest, and run this again"
    return
  fi
  echo "build  $2"
  docker buildx build --platform linux/amd64,linux/arm64 --file "$1/Dockerfile" --build-arg NODE_IMAGE --tag "$2" --push .
}
`;
