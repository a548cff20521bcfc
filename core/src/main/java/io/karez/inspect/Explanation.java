package io.karez.inspect;

import io.karez.define.Cause;
import io.karez.define.Container;
import io.karez.store.JobRecord;
import io.karez.store.RunDocument;
import io.karez.track.TrackedJob;
import io.karez.track.Verdict;
import java.time.Duration;
import java.util.Optional;

/// Why a job ended as it did, in plain words.
///
/// @param sentence lower case, no full stop
/// @param hint what to do about it, `RUN` standing for the run
public record Explanation(String sentence, Optional<String> hint) {
  private static final String LAST_WORDS = "its last words may tell more";

  /// What the jobs of a run start.
  ///
  /// @param program the first word of their commands
  /// @param hasSetup whether set-up lines precede it
  /// @param container the image they are started in
  public record Started(String program, boolean hasSetup, Optional<Container> container) {
    public static Started of(RunDocument run) {
      return new Started(run.command().getFirst(), !run.setup().isEmpty(), run.container());
    }
  }

  /// Of a job that has come to an end other than success.
  public static Explanation of(TrackedJob job, Started started) {
    Verdict verdict = job.verdict();
    return verdict
        .cause()
        .map(cause -> of(cause, job, started))
        .orElseGet(() -> new Explanation(verdict.evidence(), Optional.empty()));
  }

  private static Explanation of(Cause cause, TrackedJob job, Started started) {
    Verdict verdict = job.verdict();
    return switch (cause) {
      case EXIT ->
          hasNoEnd(job)
              ? notItsOwn(verdict.exitCode().orElse(1), job)
              : exit(verdict.exitCode().orElse(1), started);
      case SIGNAL -> signal(verdict.signal().orElse(0), verdict.evidence());
      case LAUNCH -> launch(job, started);
      case TIMEOUT ->
          because(
              "it ran out of the time it had asked for",
              "`karez retry RUN --cause timeout --time x2` asks for twice as much");
      case OOM ->
          because(
              "it used more memory than it may",
              "`karez retry RUN --cause oom --memory x2` asks for twice as much");
      case NODE -> because("its node failed", "nothing is wrong with the job: retry it");
      case PREEMPTED ->
          because("it had to make room for another job", "nothing is wrong with the job: retry it");
      case DEADLINE ->
          because("its deadline passed before it could end", "retry it with a later one");
      case DEPENDENCY ->
          because("what it depends on did not succeed", "mend that first, then retry this job");
      case POLICY ->
          because("the scheduler's policy ended it", "the site's rules say what jobs may ask for");
      case USER -> new Explanation("it was cancelled by its owner", Optional.empty());
      case ADMIN -> because(verdict.evidence(), "ask who keeps the machine before you retry it");
      case LOST ->
          because(
              "nobody knows how it ended: " + verdict.evidence(),
              "look at what it has written, then retry it with `--cause lost`");
    };
  }

  private static boolean hasNoEnd(TrackedJob job) {
    return job.record().filter(r -> r.start().isPresent() && r.end().isEmpty()).isPresent();
  }

  /// Its wrapper would have recorded the program's code. When a node fails, schedulers start a job
  /// again and give it a code of their own.
  private static Explanation notItsOwn(int code, TrackedJob job) {
    String again =
        job.facts().elapsed().filter(Duration::isZero).isPresent()
            ? ", of a further start that ended at once"
            : "";
    return because(
        "its program was started and has not recorded its end; exit code %d is what the scheduler says%s"
            .formatted(code, again),
        "its node may have failed, then nothing is wrong with the job: retry it");
  }

  private static Explanation exit(int code, Started started) {
    String sentence = "the program ended with exit code " + code;
    Optional<Explanation> engine =
        started.container().flatMap(container -> ofEngine(code, sentence, container));
    if (engine.isPresent()) {
      return engine.get();
    }
    return switch (code) {
      case 1 -> because(sentence, "most programs say 1 for any error: " + LAST_WORDS);
      case 2 ->
          because(
              sentence,
              "2 often says that arguments were wrong or a file was missing: " + LAST_WORDS);
      case 124 -> because(sentence, "`timeout` says 124 when the time that it was given is over");
      case 126 ->
          because(
              sentence,
              "126 often says that a program is there and cannot be executed: look at `chmod +x`"
                  + " and at its first line (`#!`)");
      case 127 ->
          because(
              sentence,
              "127 often says that a program was not found: look at its name and at `PATH`"
                  + setup(started));
      case 255 ->
          because(
              sentence,
              "255 is often a code below 0, or `ssh` that could not connect: " + LAST_WORDS);
      default ->
          because(
              sentence,
              code > 128 && code <= 128 + Signals.LAST
                  ? "a shell says %d when %s ended what it had started"
                      .formatted(code, Signals.name(code - 128))
                  : "what %d means is the program's own choice: %s".formatted(code, LAST_WORDS));
    };
  }

  /// Codes that the engine of a container has for failures of its own.
  private static Optional<Explanation> ofEngine(int code, String sentence, Container container) {
    boolean ofApptainer = container.engine() == Container.Engine.APPTAINER;
    if (ofApptainer ? code != 255 : code < 125 || code > 127) {
      return Optional.empty();
    }
    return Optional.of(
        because(
            sentence,
            "%d is also what `%s` says when it cannot start the container or the program in it: %s"
                .formatted(code, container.engine().word(), LAST_WORDS)));
  }

  private static Explanation signal(int signal, String evidence) {
    String sure =
        evidence.contains("could also be")
            ? ", or it said so itself with its exit code " + (128 + signal)
            : "";
    String sentence = Signals.name(signal) + " ended the program" + sure;
    return switch (signal) {
      case 4, 6, 7, 8, 11 ->
          because(sentence, "the program crashed: its own messages may say where");
      case 9 ->
          because(
              sentence,
              "the machine does this when memory runs out: compare the peak memory with what was asked");
      case 24 -> because(sentence, "it used more processor time than its limit (`ulimit -t`)");
      case 25 -> because(sentence, "it wrote a file larger than its limit (`ulimit -f`)");
      default -> new Explanation(sentence, Optional.empty());
    };
  }

  private static Explanation launch(TrackedJob job, Started started) {
    Optional<String> missing = job.record().flatMap(JobRecord::end).flatMap(JobRecord.End::launch);
    return switch (missing.orElse("")) {
      case "directory" ->
          because(
              "the directory it should run in was not there",
              "the working directory must be seen where the job runs");
      case "program" ->
          because(
              "its program `%s` could not be found or executed".formatted(started.program()),
              "check its name, `PATH` and `chmod +x`" + setup(started));
      case "engine" ->
          because(
              noEngine(started),
              "ask for nodes that have it, or load it by a line under `setup:` of the experiment");
      case "image" ->
          because(
              "its image `%s` was not there on its node"
                  .formatted(started.container().map(Container::toString).orElse("")),
              "the image must be seen where the job runs");
      case "step" ->
          because(
              "its step in the allocation could not be started",
              "what Slurm said about it stands below");
      case "signal" ->
          new Explanation("a signal came before the program could start", Optional.empty());
      default ->
          because(
              "it could not be started: " + job.verdict().evidence(),
              "what the scheduler or supervisor printed says more");
    };
  }

  private static String noEngine(Started started) {
    Container.Engine engine =
        started.container().map(Container::engine).orElse(Container.Engine.APPTAINER);
    return switch (engine) {
      case APPTAINER -> "neither `apptainer` nor `singularity` was found on its node";
      case PODMAN -> "`podman` was not found on its node";
      case DOCKER -> "`docker` was not found on its node, or did not answer";
    };
  }

  private static String setup(Started started) {
    return started.hasSetup()
        ? ", and the shell lines under `setup:` of the experiment, which come before it"
        : "";
  }

  private static Explanation because(String sentence, String hint) {
    return new Explanation(sentence, Optional.of(hint));
  }
}
