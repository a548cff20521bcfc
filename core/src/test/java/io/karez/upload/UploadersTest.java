package io.karez.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karez.testing.HostileWords;
import io.karez.testing.LocalSshd;
import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.IgnoreRules;
import io.karez.transfer.Listing;
import io.karez.transfer.Progress;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transfer.Uploader;
import io.karez.upload.Ends.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every uploader promises, with a real `sshd` of this machine.
class UploadersTest {
  @TempDir static Path shared;
  private static LocalSshd sshd;

  @TempDir Path directory;
  private Path here;
  private Path there;
  private Ends ends;

  @BeforeAll
  static void aServer() throws Exception {
    sshd = LocalSshd.start(shared.resolve("sshd"));
  }

  @AfterAll
  static void itsEnd() {
    sshd.close();
  }

  @BeforeEach
  void ends() throws Exception {
    here = Files.createDirectory(directory.resolve("here"));
    there = directory.resolve("it's \"there\" é $HOME");
    ends = new Ends(sshd);
  }

  @AfterEach
  void theirEnd() throws Exception {
    ends.close();
  }

  @ParameterizedTest
  @EnumSource
  void theOtherSideHoldsTheSameAfterwards(Kind kind) throws Exception {
    fill(here);
    TransferReport first = send(kind);
    assertThat(Tree.of(there)).isEqualTo(Tree.of(here));
    assertThat(first.files()).isEqualTo(5);
    assertThat(first.same()).isZero();
    assertThat(first.failed()).isEmpty();
    assertThat(first.bytes()).isEqualTo(3_000_000 + 4 + 7 + 1);

    TransferReport second = send(kind);
    assertThat(second).isEqualTo(new TransferReport(0, 0, 5, List.of(), 0));

    Path back = directory.resolve("back");
    TransferReport fetched = fetch(kind, there, back);
    assertThat(Tree.of(back)).isEqualTo(Tree.of(here));
    assertThat(fetched).isEqualTo(first);
    assertThat(fetch(kind, there, back)).isEqualTo(second);
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatHasChangedIsCopied(Kind kind) throws Exception {
    fill(here);
    send(kind);
    Tree.write(here.resolve("a"), "mor", "rw-r--r--", 1_700_000_000);
    Files.setLastModifiedTime(here.resolve("sub/deep/x"), FileTime.fromMillis(1_600_000_000_000L));
    Files.setPosixFilePermissions(
        here.resolve("run.sh"), PosixFilePermissions.fromString("rw-------"));
    Files.delete(here.resolve("sub/link"));
    Files.createSymbolicLink(here.resolve("sub/link"), Path.of("elsewhere"));
    Files.createDirectory(here.resolve("new"));
    TransferReport report = send(kind);
    assertThat(report.failed()).isEmpty();
    assertThat(report.files()).isEqualTo(2);
    assertThat(report.same()).isEqualTo(3);
    assertThat(Tree.of(there)).isEqualTo(Tree.of(here));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsThereAlreadyStays(Kind kind) throws Exception {
    Tree.write(there.resolve("results/1"), "own", "rw-r--r--", 5);
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Files.createSymbolicLink(there.resolve("sub"), disk);
    Files.setPosixFilePermissions(
        there, PosixFilePermissions.fromString("rwxrws---".replace('s', 'x')));
    fill(here);
    Files.createDirectory(here.resolve("results"));
    assertThat(send(kind).failed()).isEmpty();
    assertThat(there.resolve("results/1")).hasContent("own");
    assertThat(there.resolve("sub")).isSymbolicLink();
    assertThat(disk.resolve("deep/x")).exists();
    assertThat(Files.getPosixFilePermissions(there))
        .isEqualTo(PosixFilePermissions.fromString("rwxrwx---"));
  }

  @ParameterizedTest
  @EnumSource
  void hostileNamesArriveByteForByte(Kind kind) throws Exception {
    Random random = new Random(3);
    TreeSet<String> names =
        new TreeSet<>(List.of("-rf", "*", " ", "a\nb", "\"", "\\", "~", "é", "#", "a\\*b", "\n"));
    while (names.size() < 120) {
      String name = HostileWords.one(random).replace("/", "").replace("\0", "");
      int bytes = name.getBytes(StandardCharsets.UTF_8).length;
      if (!name.isEmpty() && !name.equals(".") && !name.equals("..") && bytes < 200) {
        names.add(name);
      }
    }
    int i = 0;
    for (String name : names) {
      Path place =
          i++ % 3 == 0
              ? Files.createDirectory(here.resolve(name)).resolve(name)
              : here.resolve(name);
      Tree.write(place, name, "rw-r--r--", 1_000_000_000 + i);
    }
    Files.createSymbolicLink(here.resolve("link"), Path.of("it's\n*"));
    assertThat(send(kind).failed()).isEmpty();
    assertThat(Tree.of(there)).isEqualTo(Tree.of(here));

    Path back = directory.resolve("back");
    List<Unfit> failed = fetch(kind, there, back).failed();
    Map<String, String> expected = Tree.of(here);
    failed.forEach(unfit -> expected.remove(unfit.path()));
    assertThat(Tree.of(back)).isEqualTo(expected);
    switch (kind) {
      case COPY, SFTP -> assertThat(failed).isEmpty();
      case RSYNC ->
          assertThat(failed)
              .isNotEmpty()
              .allSatisfy(unfit -> assertThat(unfit.path()).contains("\\"))
              .extracting(Unfit::why)
              .containsOnly(
                  "`rsync` cannot fetch a name with a backslash and a wildcard; `sftp` can");
    }
  }

  @ParameterizedTest
  @EnumSource
  void excludesHoldInEveryDirectory(Kind kind) throws Exception {
    for (String path :
        List.of(
            "a.o",
            "sub/a.o",
            "sub/deep/a.o",
            "sub/b",
            "sub/c/keep",
            "sub/c/x",
            ".git/x",
            "sub/.git")) {
      Tree.write(here.resolve(path), path, "rw-r--r--", 7);
    }
    Files.writeString(here.resolve(".karezignore"), "*.o\n");
    Files.writeString(here.resolve("sub/.karezignore"), "c/*\n!c/keep\n/b\n");
    Listing files =
        DirectoryWalk.of(here, List.of(), path -> path.equals("results"), IgnoreRules.NONE)
            .listing();
    assertThat(ends.uploader(kind).send(files, here, there.toString(), Progress.UNHEARD).failed())
        .isEmpty();
    assertThat(Tree.of(there).keySet())
        .containsExactly(
            ".karezignore", "sub", "sub/.karezignore", "sub/c", "sub/c/keep", "sub/deep");
  }

  @ParameterizedTest
  @EnumSource
  void aFileInTheWayOfADirectoryIsNamedAndTheOthersGo(Kind kind) throws Exception {
    Tree.write(here.resolve("x/y"), "1", "rw-r--r--", 7);
    Tree.write(here.resolve("z"), "2", "rw-r--r--", 7);
    Tree.write(here.resolve("d"), "3", "rw-r--r--", 7);
    Tree.write(there.resolve("x"), "file", "rw-r--r--", 7);
    Tree.write(there.resolve("d/e"), "4", "rw-r--r--", 7);
    TransferReport report = send(kind);
    assertThat(report.failed())
        .containsExactlyInAnyOrder(
            new Unfit("x", "something else stands in the way of this directory"),
            new Unfit("d", "a directory stands in the way of this file"));
    assertThat(report.files()).isEqualTo(1);
    assertThat(there.resolve("x")).hasContent("file");
    assertThat(there.resolve("z")).hasContent("2");
    assertThat(there.resolve("d/e")).hasContent("4");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsFetchedThroughALinkThatCameBefore(Kind kind) throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path back = directory.resolve("back");
    Files.createDirectory(there);
    Files.createSymbolicLink(there.resolve("link"), outside);
    assertThat(fetch(kind, there, back).failed()).isEmpty();
    assertThat(back.resolve("link")).isSymbolicLink();
    Files.delete(there.resolve("link"));
    Tree.write(there.resolve("link/authorized_keys"), "evil", "rw-r--r--", 7);
    Tree.write(there.resolve("x"), "1", "rw-r--r--", 7);
    assertThat(fetch(kind, there, back).failed())
        .containsExactly(new Unfit("link", "a link stands in the way of this directory"));
    assertThat(outside).isEmptyDirectory();
    assertThat(back.resolve("x")).hasContent("1");
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatChangesMeanwhileIsNamed(Kind kind) throws Exception {
    Tree.write(here.resolve("grows"), "before", "rw-r--r--", 7);
    Tree.write(here.resolve("shrinks"), "0123456789", "rw-r--r--", 7);
    Tree.write(here.resolve("stays"), "same", "rw-r--r--", 7);
    Tree.write(here.resolve("vanishes"), "gone", "rw-r--r--", 7);
    Listing files = walk(here);
    Tree.write(here.resolve("grows"), "before and after", "rw-r--r--", 8);
    Tree.write(here.resolve("shrinks"), "0", "rw-r--r--", 8);
    Files.delete(here.resolve("vanishes"));
    TransferReport report =
        ends.uploader(kind).send(files, here, there.toString(), Progress.UNHEARD);
    assertThat(report.failed())
        .extracting(Unfit::path)
        .containsExactlyInAnyOrder("grows", "shrinks", "vanishes");
    assertThat(report.files()).isEqualTo(1);
    assertThat(there.resolve("stays")).hasContent("same");
    assertThat(there.resolve("vanishes")).doesNotExist();
    assertThat(Tree.of(there).keySet()).noneMatch(name -> name.contains(DirectoryWalk.UNFINISHED));
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryThatCannotBeMadeIsNamed(Kind kind) throws Exception {
    Tree.write(here.resolve("a"), "1", "rw-r--r--", 7);
    Uploader uploader = ends.uploader(kind);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> uploader.send(walk(here), here, "/proc/no such", Progress.UNHEARD)))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageContaining("cannot make `/proc/no such`");
  }

  @ParameterizedTest
  @EnumSource
  void whereNothingMayBeWrittenThatIsSaid(Kind kind) throws Exception {
    assumeTrue(!System.getProperty("user.name").equals("root"), "root may write anywhere");
    Tree.write(here.resolve("a"), "1", "rw-r--r--", 7);
    Files.createDirectory(
        there, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    assertThat(said(kind)).containsIgnoringCase("permission denied");
  }

  @ParameterizedTest
  @EnumSource
  void aFullDiskLeavesNoPartUnderAName(Kind kind) throws Exception {
    Path mount = Files.createDirectory(directory.resolve("small"));
    boolean mounted =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor()
            == 0;
    assumeTrue(mounted, "only root may mount");
    try {
      there = mount.resolve("there");
      Tree.write(here.resolve("a"), "fits", "rw-r--r--", 7);
      Tree.write(here.resolve("big"), noise(4_000_000), "rw-r--r--", 7);
      TransferReport report = send(kind);
      assertThat(report.failed())
          .allSatisfy(
              unfit -> assertThat(unfit.why()).containsIgnoringCase("no space left on device"));
      List<String> failed = report.failed().stream().map(Unfit::path).toList();
      assertThat(failed).contains("big");
      assertThat(there.resolve("big")).doesNotExist();
      // both are on their way at once through SFTP, so the disk may be full before the small one
      if (failed.contains("a")) {
        assertThat(there.resolve("a")).doesNotExist();
      } else {
        assertThat(there.resolve("a")).hasContent("fits");
      }
    } finally {
      new ProcessBuilder("umount", "-l", mount.toString()).start().waitFor();
    }
  }

  @ParameterizedTest
  @EnumSource
  void progressCountsFilesAndBytesToTheEnd(Kind kind) throws Exception {
    fill(here);
    List<Progress.Step> steps = new ArrayList<>();
    ends.uploader(kind).send(walk(here), here, there.toString(), steps::add);
    assertThat(steps).isNotEmpty();
    assertThat(steps.getLast().allFiles()).isEqualTo(5);
    assertThat(steps.getLast().allBytes()).isEqualTo(3_000_012);
    assertThat(steps.getLast().bytes()).isEqualTo(3_000_012);
    assertThat(steps).isSortedAccordingTo((a, b) -> Long.compare(a.bytes(), b.bytes()));
  }

  @ParameterizedTest
  @EnumSource
  void removingTakesWhatIsNamedAndNothingElse(Kind kind) throws Exception {
    fill(there);
    Tree.write(there.resolve("other/x"), "1", "rw-r--r--", 7);
    Uploader uploader = ends.uploader(kind);
    Listing gone =
        uploader
            .below(there.toString(), List.of("sub", "other"), List.of("other"))
            .listing()
            .filter(entry -> !entry.path().equals("other"));
    assertThat(uploader.remove(gone, there.toString())).isEmpty();
    assertThat(Tree.of(there).keySet())
        .containsExactly("a", "big", "empty", "other", "other/x", "run.sh");
    Listing full = new Listing(List.of(new Entry.Directory("other", 0755)));
    assertThat(uploader.remove(full, there.toString())).isEmpty();
    assertThat(there.resolve("other/x")).exists();
  }

  @Test
  void aMissingDirectoryOfTheSiteIsEmpty() throws Exception {
    for (Kind kind : Kind.values()) {
      Uploader uploader = ends.uploader(kind);
      assertThat(uploader.at(there.toString(), List.of("a")).entries()).isEmpty();
      assertThat(uploader.below(there.toString(), List.of(), List.of()).listing().entries())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RSYNC", "SFTP"})
  void aTransferGoesOnWhenTheConnectionBreaks(Kind kind) throws Exception {
    for (int i = 0; i < 300; i++) {
      Tree.write(here.resolve("f" + i), noise(20_000), "rw-r--r--", 7);
    }
    Tree.write(here.resolve("large"), noise(60_000_000), "rw-r--r--", 7);
    AtomicInteger cuts = new AtomicInteger();
    TransferReport report =
        ends.uploader(kind)
            .send(
                walk(here),
                here,
                there.toString(),
                step -> {
                  if (step.bytes() > 2_000_000L * (1 + 5L * cuts.get()) && cuts.get() < 2) {
                    cuts.incrementAndGet();
                    sshd.cut();
                  }
                });
    assertThat(report.failed()).isEmpty();
    assertThat(report.interruptions()).isBetween(1, 2);
    assertThat(report.files()).isEqualTo(301);
    assertThat(Tree.of(there)).isEqualTo(Tree.of(here));
  }

  @ParameterizedTest
  @EnumSource(names = {"RSYNC", "SFTP"})
  void fetchingGoesOnWhenTheConnectionBreaks(Kind kind) throws Exception {
    for (int i = 0; i < 300; i++) {
      Tree.write(there.resolve("f" + i), noise(20_000), "rw-r--r--", 7);
    }
    Tree.write(there.resolve("large"), noise(60_000_000), "rw-r--r--", 7);
    AtomicInteger cuts = new AtomicInteger();
    Uploader uploader = ends.uploader(kind);
    Listing files = uploader.below(there.toString(), List.of(), List.of()).listing();
    TransferReport report =
        uploader.fetch(
            files,
            there.toString(),
            here,
            step -> {
              if (step.bytes() > 2_000_000 && cuts.compareAndSet(0, 1)) {
                sshd.cut();
              }
            });
    assertThat(report.failed()).isEmpty();
    assertThat(report.interruptions()).isEqualTo(1);
    assertThat(Tree.of(here)).isEqualTo(Tree.of(there));
  }

  private String said(Kind kind) throws Exception {
    try {
      return send(kind).failed().toString();
    } catch (java.io.UncheckedIOException e) {
      return e.toString();
    }
  }

  private TransferReport send(Kind kind) throws Exception {
    return ends.uploader(kind).send(walk(here), here, there.toString(), Progress.UNHEARD);
  }

  private TransferReport fetch(Kind kind, Path from, Path to) throws Exception {
    Uploader uploader = ends.uploader(kind);
    Listing files = uploader.below(from.toString(), List.of(), List.of()).listing();
    return uploader.fetch(files, from.toString(), to, Progress.UNHEARD);
  }

  private static Listing walk(Path root) {
    return DirectoryWalk.of(root, List.of(), path -> false, IgnoreRules.NONE).listing();
  }

  /// Five files, two links, and directories with and without something in them.
  private static void fill(Path root) throws Exception {
    Tree.write(root.resolve("a"), "text", "rw-r--r--", 1_700_000_000);
    Tree.write(root.resolve("run.sh"), "#!/bin/", "rwxr-xr-x", 1_700_000_001);
    Tree.write(root.resolve("sub/deep/x"), "x", "r--r-----", 1_700_000_002);
    Tree.write(root.resolve("sub/nothing"), "", "rw-r--r--", 0);
    Tree.write(root.resolve("big"), noise(3_000_000), "rw-------", 1_700_000_003);
    Files.createDirectory(root.resolve("empty"));
    Files.createDirectory(
        root.resolve("sub/private"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createSymbolicLink(root.resolve("sub/link"), Path.of("deep"));
    Files.createSymbolicLink(root.resolve("sub/dangling"), Path.of("../no where"));
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
