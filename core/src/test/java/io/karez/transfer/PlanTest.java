package io.karez.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.transfer.Entry.Directory;
import io.karez.transfer.Entry.File;
import io.karez.transfer.Entry.Link;
import io.karez.transfer.Entry.Special;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

  @Test
  void whatDiffersIsCopiedAndTheRestStays() {
    Plan plan =
        plan(
            List.of(
                new Directory("d", 0755),
                new File("d/new", 0644, 1, 1),
                new File("larger", 0644, 2, 1),
                new File("mode", 0755, 1, 1),
                new File("same", 0644, 1, 1),
                new File("touched", 0644, 1, 2),
                new Link("link", "there", false),
                new Link("kept", "x", false)),
            List.of(
                new File("larger", 0644, 1, 1),
                new File("mode", 0644, 1, 1),
                new File("same", 0644, 1, 1),
                new File("touched", 0644, 1, 1),
                new Link("link", "elsewhere", false),
                new Link("kept", "x", true),
                new File("gone here", 0644, 1, 1)));
    assertThat(plan.directories()).extracting(Entry::path).containsExactly("d");
    assertThat(plan.files()).extracting(Entry::path).containsExactly("d/new", "larger", "touched");
    assertThat(plan.links()).extracting(Entry::path).containsExactly("link");
    assertThat(plan.modes()).extracting(Entry::path).containsExactly("mode");
    assertThat(plan.same()).isEqualTo(2);
    assertThat(plan.bytes()).isEqualTo(4);
    assertThat(plan.isDone()).isFalse();
  }

  @Test
  void whatStandsInTheWayIsNeverReplacedByAnotherKind() {
    Plan plan =
        plan(
            List.of(
                new Directory("a", 0755),
                new File("a/below", 0644, 1, 1),
                new File("b", 0644, 1, 1),
                new File("c", 0644, 1, 1),
                new Link("d", "x", false)),
            List.of(
                new File("a", 0644, 1, 1),
                new Directory("b", 0755),
                new Special("c"),
                new Directory("d", 0755)));
    assertThat(plan.isDone()).isTrue();
    assertThat(plan.blocked())
        .containsExactly(
            new Unfit("a", "something else stands in the way of this directory"),
            new Unfit("b", "a directory stands in the way of this file"),
            new Unfit("c", "neither a file nor a directory stands in its way"),
            new Unfit("d", "a directory stands in the way of this link"));
  }

  @Test
  void aLinkToADirectoryIsOneWhereItLies() {
    Plan plan =
        plan(
            List.of(new Directory("data", 0755), new File("data/x", 0644, 1, 1)),
            List.of(new Link("data", "/disk", true)));
    assertThat(plan.through()).containsExactly("data");
    assertThat(plan.files()).extracting(Entry::path).containsExactly("data/x");
    assertThat(plan.blocked()).isEmpty();
  }

  @Test
  void nothingBelowALinkIsEverCopiedThroughIt() {
    Plan plan =
        plan(List.of(new Link("a", "/etc", true), new File("a/passwd", 0644, 1, 1)), List.of());
    assertThat(plan.files()).isEmpty();
    assertThat(plan.links()).extracting(Entry::path).containsExactly("a");
  }

  @Test
  void whatIsFetchedGoesThroughNoLinkHere(@TempDir Path root) throws Exception {
    Path outside = Files.createDirectory(root.resolve("outside"));
    Path target = Files.createDirectory(root.resolve("target"));
    Files.createSymbolicLink(target.resolve("link"), outside);
    Files.createSymbolicLink(target.resolve("self"), target);
    Plan plan =
        Plan.into(
            target,
            new Listing(
                List.of(
                    new Directory("link", 0755),
                    new File("link/authorized_keys", 0644, 1, 1),
                    new File("self/run.json", 0644, 1, 1),
                    new File("new/x", 0644, 1, 1))));
    assertThat(plan.files()).extracting(Entry::path).containsExactly("new/x");
    assertThat(plan.directories()).extracting(Entry::path).containsExactly("new");
    assertThat(plan.blocked())
        .containsExactly(
            new Unfit("link", "a link stands in the way of this directory"),
            new Unfit("self", "a link stands in the way of this directory"));
  }

  @Test
  void aPathLeadsNowhereElse() {
    for (String path : List.of("", "/x", "../x", "a/../b", "a//b", "a/", ".")) {
      assertThatThrownBy(() -> new File(path, 0644, 1, 1))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theRateIsThatOfTheLastSeconds() {
    Instant[] now = {Instant.EPOCH};
    List<Progress.Step> steps = new ArrayList<>();
    Tally tally = new Tally(() -> now[0], steps::add);
    tally.expect(2, 10_000);
    tally.at(0, 0);
    assertThat(steps.getLast())
        .isEqualTo(new Progress.Step(0, 2, 0, 10_000, Optional.empty(), Optional.empty()));
    now[0] = now[0].plusSeconds(2);
    tally.at(1, 4000);
    assertThat(steps.getLast())
        .isEqualTo(
            new Progress.Step(
                1, 2, 4000, 10_000, Optional.of(2000L), Optional.of(Duration.ofSeconds(3))));
    now[0] = now[0].plusSeconds(3600);
    tally.at(1, 5000);
    now[0] = now[0].plusSeconds(1);
    tally.at(1, 6000);
    assertThat(steps.getLast().rate().orElseThrow()).as("not of an hour ago").isEqualTo(1000);
    tally.at(9, 99_999);
    assertThat(steps.getLast().bytes()).isEqualTo(10_000);
    assertThat(steps.getLast().files()).isEqualTo(2);
  }

  private static Plan plan(List<Entry> wanted, List<Entry> there) {
    return Plan.of(new Listing(wanted), new Listing(there));
  }
}
