package io.karez.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.define.RunId;
import io.karez.store.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroughtTest {
  @TempDir Path directory;
  private RunDirectory copy;

  @BeforeEach
  void aCopy() throws Exception {
    copy = new RunDirectory(new RunId(1), Files.createDirectory(directory.resolve("run_1")));
  }

  @Test
  void whatWasAskedForIsPutIntoTheCopy() throws Exception {
    put(List.of("group_0/stdout.txt", "scheduler/*"), "7 0 2 2 group_0/stdout.txt\nok");
    put(List.of("group_0/stdout.txt", "scheduler/*"), "8 0 2 2 scheduler/slurm-1.txt\nno");
    assertThat(copy.path().resolve("group_0/stdout.txt")).hasContent("ok");
    assertThat(copy.path().resolve("scheduler/slurm-1.txt")).hasContent("no");
  }

  @Test
  void whatWasNotAskedForIsRefused() throws Exception {
    Files.writeString(copy.document(), "own");
    for (String name : List.of("run.json", "argv", "sent", "group_1/stdout.txt")) {
      assertThatThrownBy(() -> put(List.of("stdout.txt", "scheduler/*"), "7 0 1 1 " + name + "\nx"))
          .as(name)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(name);
    }
    assertThat(copy.document()).hasContent("own");
    assertThat(copy.path()).isDirectoryNotContaining("glob:**/{argv,sent,group_1}");
  }

  @Test
  void anAnswerThatBringsNothingOfWhatThereIsIsRefused() {
    assertThatThrownBy(() -> put(List.of("stdout.txt"), "7 0 0 9 stdout.txt\n"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void nothingIsWrittenThroughALink() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.createSymbolicLink(copy.path().resolve("group_0"), outside);
    assertThatThrownBy(() -> put(List.of("group_0/stdout.txt"), "7 0 1 1 group_0/stdout.txt\nx"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no directory of the run");
    assertThat(outside).isEmptyDirectory();
    Path file = Files.writeString(directory.resolve("file"), "own");
    Files.createSymbolicLink(copy.path().resolve(".stdout.txt.brought"), file);
    put(List.of("stdout.txt"), "7 0 1 1 stdout.txt\nx");
    assertThat(copy.path().resolve("stdout.txt")).hasContent("x");
    assertThat(file).hasContent("own");
  }

  private void put(List<String> names, String answer) throws IOException {
    new Brought(Map.of(), Map.of()).put(copy, names, answer.getBytes(StandardCharsets.UTF_8));
  }
}
