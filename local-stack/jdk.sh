# Finds a JDK for the commands at the top, which source this file with root set: sets release to the one that
# the pom names and jdk to the home of that one or a newer one, or ends the command.

release=$(sed -n 's:.*<java\.version>\([0-9]*\)</java\.version>.*:\1:p' "$root/pom.xml" | head -n 1)

# Whether the folder is a JDK of that release or a newer one, by the file in which a JDK says so.
is_suitable() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$version" ] && [ "$version" -ge "$release" ]
}

# Folders in which a JDK may be: the one in use, those beside it, and those of tools that keep some.
candidates() {
  local known=() home java
  [ -n "${JAVA_HOME:-}" ] && known+=("$JAVA_HOME")
  if java=$(command -v java); then
    java=$(readlink -f "$java" 2>/dev/null || echo "$java")
    known+=("$(dirname "$(dirname "$java")")")
  fi
  if command -v mvn >/dev/null; then
    home=$(mvn -v 2>/dev/null | sed -n 's/.*runtime: \(.*\)/\1/p' | head -n 1)
    [ -n "$home" ] && known+=("$home")
  fi
  for home in ${known[@]+"${known[@]}"}; do
    printf '%s\n' "$home"
  done
  for home in ${known[@]+"${known[@]}"}; do
    printf '%s\n' "$(dirname "$home")"/*
  done
  printf '%s\n' "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*
}

find_jdk() {
  local home
  if [ -n "${JAVA_HOME:-}" ] && is_suitable "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return
  fi
  while IFS= read -r home; do
    if is_suitable "$home"; then
      printf '%s\n' "$home"
      return
    fi
  done < <(candidates)
  return 1
}

if ! jdk=$(find_jdk); then
  printf '%s\n' "Image Audit needs a JDK $release or newer, and none was found." \
    "Install one beside the JDK in use, or set JAVA_HOME to it." >&2
  exit 1
fi
