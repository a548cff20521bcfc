#!/bin/sh
# Tests of ./karez and its build, in a throwaway checkout with a small program in the place of Karez and a `mvn` that
# only compiles it. Prints one line a test; the exit status says whether all passed.
repository=$(cd "${0%/*}/.." && pwd) || exit
. "$repository/scripts/jdk.sh"
. "$repository/tests/assert.sh"
find_jdk || exit 1
scratch=$(mktemp -d "${TMPDIR:-/tmp}/karez-launcher-test.XXXXXX") || exit
chmod 755 "$scratch"
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
unset JAVA_HOME KAREZ_JAVA_OPTIONS
export JDK="$jdk" FAKE_LOG="$scratch/mvn.log"

mkdir "$scratch/bin"
cat >"$scratch/bin/mvn" <<'MVN'
#!/bin/sh
# Stands for Maven: compiles the one source file of the checkout where the real build would.
echo "mvn JAVA_HOME=$JAVA_HOME" >>"$FAKE_LOG"
while [ "$1" != -f ]; do shift; done
cd "${2%/pom.xml}/cli" || exit
[ -z "$FAKE_DELAY" ] || sleep "$FAKE_DELAY"
rm -rf target && mkdir -p target/app/classes target/app/lib || exit
"$JAVA_HOME/bin/javac" -d target/app/classes src/main/java/*.java 2>&1 | sed 's/^/[ERROR] /'
[ -e target/app/classes/io/karez/cli/Main.class ] || exit
"$JAVA_HOME/bin/jar" -cf target/app/karez-cli-0.jar -C target/app/classes . &&
  cp target/app/karez-cli-0.jar target/app/lib/sqlite-jdbc-0.jar
MVN
chmod +x "$scratch/bin/mvn"
PATH=$scratch/bin:$PATH

# program TEXT: source of a program that prints TEXT, then each argument and the environment it was asked for.
program() {
  cat <<JAVA
package io.karez.cli;
class Main {
  public static void main(String[] args) throws Exception {
    var out = new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, "UTF-8");
    out.print("$1");
    for (String arg : args) {
      out.print(arg.startsWith("env:") ? "|" + System.getenv(arg.substring(4)) : "|" + arg);
    }
    out.println();
  }
}
class Training {
  public static void main(String[] args) throws Exception {
    Main.main(args);
    if ("$1".equals("untrainable")) {
      new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start().waitFor();
    }
  }
}
JAVA
}

# checkout DIR TEXT: a checkout whose program prints TEXT.
checkout() {
  mkdir -p "$1/scripts" "$1/cli/src/main/java" "$1/cli/src/main/aot"
  cp "$repository/karez" "$1/"
  cp "$repository"/scripts/*.sh "$1/scripts/"
  : >"$1/pom.xml"
  : >"$1/cli/pom.xml"
  echo --help >"$1/cli/src/main/aot/training"
  program "$2" >"$1/cli/src/main/java/Main.java"
  rm -f "$FAKE_LOG"
}

builds() { grep -c . "$FAKE_LOG" 2>/dev/null; }
quiet() { "$@" 2>"$scratch/err"; }
hex() { od -An -v -tx1 | tr -d ' \n'; }

building='karez: building (this happens when its sources have changed; the first time takes a minute) ...'
home=$scratch/plain
checkout "$home" one
same 'the first start builds, says so in one line, and runs' "$building
one|a" "$("$home/karez" a 2>&1)"
same 'Maven runs on the JDK that was found' "mvn JAVA_HOME=$jdk" "$(cat "$FAKE_LOG")"
same 'the second start builds nothing and says nothing' 'one|a' "$("$home/karez" a 2>&1)"
same 'Maven was called once' 1 "$(builds)"
same 'a start-up cache was made' 1 "$(find "$home"/target/karez/app-*/ -name '*.aot' -size +1000 | wc -l)"
same 'the cache is used' 'source: shared objects file' \
  "$(KAREZ_JAVA_OPTIONS=-Xlog:class+load:stdout "$home/karez" | sed -n 's/.*io.karez.cli.Main //p')"

nl='
'
expected="one||  |a b|it's|\"|\$HOME|\`id\`|a${nl}b${nl}|-n|--|-XX:x|*|~|\\|\\n|é|日本|@argfiles|$(printf '\001\177\302\201\302\210')"
run_hostile() {
  "$@" '' '  ' 'a b' "it's" '"' "\$HOME" '`id`' "a${nl}b${nl}" -n -- -XX:x '*' '~' '\' '\n' é 日本 @argfiles "$(printf '\001\177\302\201\302\210')"
}
for shell in sh dash bash 'busybox sh' ksh mksh; do
  if command -v "${shell%% *}" >/dev/null; then
    rm "$home/target/karez/jdk"
    same "the JDK is found again through $shell" 'one|x' "$($shell "$home/karez" x 2>&1)"
    same "arguments arrive byte for byte through $shell" "$(printf '%s\n' "$expected" | hex)" "$(run_hostile $shell "$home/karez" | hex)"
    same "and with an empty environment in the C locale through $shell" "$(printf '%s\n' "$expected" | hex)" \
      "$(run_hostile env -i LC_ALL=C PATH="$PATH" JAVA_HOME="$jdk" $shell "$home/karez" | hex)"
  else
    echo "SKIPPED $shell is not installed"
  fi
done
same 'one argument of 131,071 bytes arrives' 131076 "$("$home/karez" "$(head -c 131071 /dev/zero | tr '\0' x)" | wc -c | tr -d ' ')"

same 'the user'\''s LC_ALL is handed over' 'one|=de_DE|C.UTF-8' "$(LC_ALL=de_DE "$home/karez" env:KAREZ_USER_LC_ALL env:LC_ALL 2>&1)"
same 'an empty LC_ALL is handed over as empty' 'one|=' "$(LC_ALL='' "$home/karez" env:KAREZ_USER_LC_ALL 2>&1)"
same 'no LC_ALL is handed over as none' 'one|unset' "$(unset LC_ALL; "$home/karez" env:KAREZ_USER_LC_ALL 2>&1)"
same 'options for the user'\''s own Java programs are handed over, not used' 'one|null|=-XX:+UseG1GC|=-Xmx64g|=-nonsense' \
  "$(JAVA_TOOL_OPTIONS=-XX:+UseG1GC _JAVA_OPTIONS=-Xmx64g JDK_JAVA_OPTIONS=-nonsense "$home/karez" env:JAVA_TOOL_OPTIONS \
    env:KAREZ_USER_JAVA_TOOL_OPTIONS env:KAREZ_USER__JAVA_OPTIONS env:KAREZ_USER_JDK_JAVA_OPTIONS 2>&1)"
same 'it starts with 4 GB of address space and 200 processes' 'one|x' "$(limited "$home/karez" x 2>&1)"

ln -s "$home/karez" "$scratch/link"
(cd "$scratch" && ln -s ../link bin/karez)
same 'a chain of symbolic links works' 'one|x' "$(karez x 2>&1)"
same 'it works from its own directory' 'one|x' "$(cd "$home" && sh karez x 2>&1)"
(cd "$scratch" && ln -s plain/karez near)
same 'a link beside the checkout works by its bare name' 'one|x' "$(cd "$scratch" && sh near x 2>&1)"
same 'it works by a relative path' 'one|x' "$(cd "$scratch/bin" && ../plain/karez x 2>&1)"

app=$(cat "$home/target/karez/app")
printf garbage >"$home/target/karez/$app/$jdk_build.aot"
same 'a broken cache changes nothing that is printed' 'one|x' "$("$home/karez" x 2>&1)"
: >"$home/target/karez/$app/$jdk_build.aot"
same 'a cache that could not be made changes nothing that is printed' 'one|x' "$("$home/karez" x 2>&1)"
rm "$home/target/karez/$app/$jdk_build.aot"
same 'a missing cache is made again' 'one|x yes' "$("$home/karez" x 2>&1) $([ -s "$home/target/karez/$app/$jdk_build.aot" ] && echo yes)"

same 'nothing was built on the way' 1 "$(builds)"
program two >"$home/cli/src/main/java/Main.java"
same 'a changed source gives the new behaviour' "$building
two|x" "$("$home/karez" x 2>&1)"

app=$home/target/karez/$(cat "$home/target/karez/app")
mkdir "$scratch/classes"
program three >"$scratch/Main.java"
"$jdk/bin/javac" -d "$scratch/classes" "$scratch/Main.java"
"$jdk/bin/jar" -cf "$scratch/three.jar" -C "$scratch/classes" .
touch -r "$app/lib/karez-cli-0.jar" "$scratch/three.jar"
cp -p "$scratch/three.jar" "$app/lib/karez-cli-0.jar"
same 'a changed jar gives the new behaviour, even with the date of the old one' 'three|x' "$("$home/karez" x 2>&1)"
same 'and again, from its own cache' 'three|x' "$("$home/karez" x 2>&1)"

echo 'this is not Java' >"$home/cli/src/main/java/Main.java"
broken=$("$home/karez" x 2>&1)
same 'a failing build exits 1' 1 "$("$home/karez" x >/dev/null 2>&1; echo $?)"
same 'a failing build says why, where the log is, and runs nothing' "$building
$(cd "$home/cli" && "$jdk/bin/javac" -d "$scratch/classes" src/main/java/Main.java 2>&1 | head -n 1 | sed 's/^/[ERROR] /')" "$(printf '%s\n' "$broken" | head -n 2)"
same 'its last line names the log' "karez: the build failed; all it said is in $home/target/karez/build.log" "$(printf '%s\n' "$broken" | tail -n 1)"

program untrainable >"$home/cli/src/main/java/Main.java"
same 'a failing training does not fail the build' 'untrainable|x' "$(quiet "$home/karez" x)"
rm -f "$FAKE_LOG"
same 'and is not tried again' 'untrainable|x 1' "$("$home/karez" x 2>&1) $(find "$home"/target/karez/"$(cat "$home/target/karez/app")" -name '*.aot' -size 0 | wc -l)"

home=$scratch/'a "blank $dir'
checkout "$home" blank
same 'a directory with blanks, quotes and dollars in its name works' 'blank|x' "$(quiet "$home/karez" x)"
same 'and gets its cache' 1 "$(find "$home"/target/karez/app-*/ -name '*.aot' -size +1000 | wc -l)"

home=$scratch/together
checkout "$home" together
FAKE_DELAY=2 "$home/karez" a >"$scratch/a.out" 2>"$scratch/a.err" &
FAKE_DELAY=2 "$home/karez" b >"$scratch/b.out" 2>"$scratch/b.err" &
wait
same 'two first starts at once both run' 'together|a together|b' "$(cat "$scratch/a.out") $(cat "$scratch/b.out")"
same 'they build once' 1 "$(builds)"
same 'and the second says that it waits' "$building
karez: waiting for another build ..." "$(cat "$scratch/a.err" "$scratch/b.err" | sort)"

chmod -R a+rX "$home"
[ "$(id -u)" = 0 ] || chmod -R a-w "$home"
same 'a build that cannot be written to is used as it is' 'together|x' "$(as_nobody "$home/karez" x 2>&1)"
same 'with its cache' 'source: shared objects file' \
  "$(as_nobody env KAREZ_JAVA_OPTIONS=-Xlog:class+load:stdout "$home/karez" | sed -n 's/.*io.karez.cli.Main //p')"
[ "$(id -u)" = 0 ] || chmod -R u+w "$home"
touch "$home/target/karez/sources" -d '2000-01-01'
[ "$(id -u)" = 0 ] || chmod -R a-w "$home"
same 'and says so when it is older than the sources' "karez: runs a build that is older than $home/pom.xml, since $home/target/karez cannot be written
together|x" "$(as_nobody "$home/karez" x 2>&1)"

mkdir "$scratch/few"
for tool in sh find readlink mkdir rm mv cp ls grep head tail cut cat sha256sum uname mktemp flock dirname; do
  ln -s "$(command -v "$tool")" "$scratch/few/$tool"
done
home=$scratch/unbuilt
checkout "$home" unbuilt
same 'without Maven an unbuilt checkout says so in one line' \
  'karez: needs Maven to build itself, and found none: install it (Debian, Ubuntu: `apt install maven`)
1' "$(PATH=$scratch/few JAVA_HOME=$jdk "$home/karez" x 2>&1; echo $?)"
mkdir -p "$scratch/old/bin"
printf '#!/bin/sh\n' | tee "$scratch/old/bin/java" >"$scratch/old/bin/javac"
chmod +x "$scratch/old/bin/"*
echo 'JAVA_VERSION="21.0.9"' >"$scratch/old/release"
same 'Java 21 is too old' '' "$(read_release "$scratch/old" && echo yes)"
for version in 25 25.0.3 26-ea 100.0.1; do
  echo "JAVA_VERSION=\"$version\"" >"$scratch/old/release"
  same "Java $version is new enough" yes "$(read_release "$scratch/old" && echo yes)"
done
same 'JAVA_HOME comes before the others' "$scratch/old" "$(JAVA_HOME=$scratch/old && find_jdk && echo "$jdk")"
same 'a relative JAVA_HOME works' "$scratch/old" "$(cd "$scratch" && JAVA_HOME=old && find_jdk && echo "$jdk")"
echo 'JAVA_VERSION="24.0.2"' >"$scratch/old/release"
same 'unless it is too old' "$jdk" "$(JAVA_HOME=$scratch/old && find_jdk && echo "$jdk")"
same 'where there is none, one line says so' \
  'karez: needs a JDK 25 or newer, and found none: install one (Debian, Ubuntu: `apt install openjdk-25-jdk-headless`; any Linux: https://adoptium.net) or set JAVA_HOME to one
1' "$(search_jdk() { return 1; }; find_jdk 2>&1; echo $?)"

finish launcher
