#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes pages to browse of the guide and of Javadoc: target/site/index.html.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
source=$root/target/site-source
site=$root/target/site
rm -rf "$source" "$site"
mkdir -p "$source/markdown" "$site"

# ---- The guide: every page as it is, with links to pages instead of files ----------------------
for page in README.md CHANGELOG.md CONTRIBUTING.md docs/*.md docs/*/*.md examples/README.md lp/README.md; do
  mkdir -p "$source/markdown/$(dirname "$page")"
  sed 's/\(]([^):]*\)\.md\([)#]\)/\1.html\2/g' "$page" > "$source/markdown/$page"
done
mv "$source/markdown/README.md" "$source/markdown/index.md"
sed -i.bak 's/(\.\.\/\.\.\/README\.html/(..\/..\/index.html/g' "$source/markdown/docs/guide/README.md"
rm "$source/markdown/docs/guide/README.md.bak"
# What pages link to beside pages.
for file in LICENSE Dockerfile docs/benchmarks/*.json docs/benchmarks/*.csv docs/embedding/*.java \
  examples/src/main/java/examples/*.java; do
  mkdir -p "$site/$(dirname "$file")"
  cp "$file" "$site/$file"
done
cat > "$source/site.xml" << 'END'
<?xml version="1.0" encoding="UTF-8"?>
<site xmlns="http://maven.apache.org/SITE/2.0.0" name="Kairos">
  <skin>
    <groupId>org.apache.maven.skins</groupId>
    <artifactId>maven-fluido-skin</artifactId>
    <version>2.1.0</version>
  </skin>
  <body>
    <menu name="Kairos">
      <item name="Overview" href="index.html" />
      <item name="Guide" href="docs/guide/README.html" />
      <item name="In a program" href="docs/embedding/README.html" />
      <item name="Examples" href="examples/README.html" />
      <item name="Where little is allowed" href="docs/restricted.html" />
      <item name="Linear programs" href="lp/README.html" />
      <item name="Results" href="docs/results.html" />
      <item name="Benchmarks" href="docs/benchmarks/README.html" />
    </menu>
    <menu name="For developers">
      <item name="Javadoc" href="api/index.html" />
      <item name="What stays" href="docs/publishing.html" />
      <item name="How it is built" href="docs/ARCHITECTURE.html" />
      <item name="Contributing" href="CONTRIBUTING.html" />
      <item name="Changes" href="CHANGELOG.html" />
    </menu>
  </body>
</site>
END
mvn -q -B -N -Denforcer.skip=true site

# ---- Javadoc of what the rooms export ----------------------------------------------------------
libraries=target/site-libraries
mvn -q -B -DskipTests -Denforcer.skip=true -Dspotless.check.skip=true -pl methods/library,methods/baselines,methods/multires,methods/gaufuse,methods/apn \
  -am package dependency:build-classpath -Dmdep.outputFile="$libraries" -Dmdep.includeScope=compile
javadoc=${JAVA_HOME:+$JAVA_HOME/bin/}javadoc
set --
modules=
for room in kernels/core tensor autograd nn lp methods/core methods/library; do
  module=$(sed -n 's/^module \([a-z.]*\) {/\1/p' "$room/src/main/java/module-info.java")
  modules=$modules${modules:+,}$module
  set -- "$@" --module-source-path "$module=$room/src/main/java"
done
path=$(tr : '\n' < "methods/library/$libraries" | grep '\.jar$' | tr '\n' :)
"$javadoc" -quiet -Xdoclint:all,-missing -encoding UTF-8 -notimestamp -doctitle Kairos -windowtitle Kairos \
  -d "$site/api" --module-path "$path" "$@" --module "$modules"
echo "$site/index.html"
