#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a folder with a small Java runtime, kairos.jar and a command bin/kairos: all that is needed
# to train and localise. Usage: image.sh KAIROS_JAR FOLDER [MODULE..]
# It takes the JDK of JAVA_HOME, or the one on the PATH. The modules are java.base and the Vector
# API; add jdk.httpserver for kairos label.
set -eu
[ "$#" -ge 2 ] || { echo "usage: $0 KAIROS_JAR FOLDER [MODULE..]" >&2; exit 2; }
jar=$1
folder=$2
shift 2
modules=java.base,jdk.incubator.vector
for module; do modules=$modules,$module; done

jlink=jlink
[ -z "${JAVA_HOME:-}" ] || jlink=$JAVA_HOME/bin/jlink
# JDK 21 and newer call it zip-9, older ones know numbers alone.
zip=2
if "$jlink" --help | grep -q 'zip-\[0-9\]'; then zip=zip-9; fi
"$jlink" --add-modules "$modules" --output "$folder" \
  --strip-debug --no-header-files --no-man-pages --compress="$zip"
mkdir -p "$folder/lib/kairos"
cp "$jar" "$folder/lib/kairos/kairos.jar"

cat > "$folder/bin/kairos" << 'SCRIPT'
#!/bin/sh
# Starts Kairos on the runtime beside it. KAIROS_JAVA_OPTS adds flags of your own.
home=${0%/*}/..
# Without /proc the loader does not know where the runtime lies.
[ -e /proc/self/exe ] || export LD_LIBRARY_PATH="$home/lib"
# shellcheck disable=SC2086
exec "$home/bin/java" --add-modules jdk.incubator.vector -XX:+UseSerialGC \
  ${KAIROS_JAVA_OPTS:-} -jar "$home/lib/kairos/kairos.jar" "$@"
SCRIPT
chmod +x "$folder/bin/kairos"
