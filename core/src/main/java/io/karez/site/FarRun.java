package io.karez.site;

import io.karez.define.ExperimentName;
import io.karez.define.RunId;
import io.karez.define.SitePlace;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.store.TreeDeletion;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.NotRunException;
import io.karez.transport.SshUnreachableException;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// A run on a site that this machine shares no files with, and its copy here.
///
/// What the jobs leave comes over with each question, for the price of what has changed; what this
/// side writes goes over with each command that acts. Results stay where they are.
public final class FarRun implements RunLink {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final int BYTES_A_SECOND = 20_000;
  private static final Duration LAST_WORDS = Duration.ofMinutes(1);

  /// What is not the original's.
  private static final List<String> PRIVATE =
      List.of(
          "./events/*",
          "./fetched",
          "./sent",
          "./submitting*",
          "./brought",
          "./.fetching*",
          "./.sending*");

  /// Nobody takes so many numbers in a row between the one side and the other.
  private static final int ONE_TREE = 8;

  /// How `send.sh` says that the command was not run.
  private static final int NOT_THERE = 73;

  private static final String NOT_THERE_WORDS = "karez: the files are not there\n";

  private final RunDirectory copy;
  private final RunDirectory original;
  private final boolean single;
  private final String site;
  private final String client;
  private final Transport transport;
  private final InstantSource clock;
  private final boolean acts;

  /// @param copy here
  /// @param transport to the site
  /// @param acts whether something is to be done with it, and not only looked at
  public FarRun(
      RunDirectory copy,
      RunDocument document,
      Transport transport,
      InstantSource clock,
      boolean acts) {
    this.acts = acts;
    this.copy = copy;
    this.original = document.original(copy);
    this.single = document.jobs() == 1;
    this.site = document.site().orElseThrow().site();
    this.client = client(copy);
    this.transport = transport;
    this.clock = clock;
  }

  /// Whether a run is a copy of one on a site. The site itself sees the original under the path
  /// that the run's document names; names of hosts tell nothing, since many bear the same.
  public static boolean isCopy(RunDirectory run, RunDocument document) {
    return document.site().isPresent()
        && (!document.original(run).path().equals(run.path()) || Sent.isCopy(run));
  }

  /// Whether a run that may not be readable is a copy of one on a site.
  public static boolean isKnownCopy(RunDirectory run) {
    return Sent.isCopy(run);
  }

  /// What tells this copy from others of the same run, in letters and digits.
  private static String client(RunDirectory copy) {
    String name = EventLog.host() + " " + copy.path();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  /// Takes a number that is free here and there, and gives a run its place here.
  ///
  /// @param place where its original will lie
  public static RunDirectory reserve(
      SitePlace place, ExperimentName experiment, RunStore here, Transport transport)
      throws TransportException {
    long least = here.free();
    for (int taken = 0; taken < ONE_TREE; taken++) {
      Completed done =
          transport.run(
              SiteScripts.command(
                  "reserve", List.of(place.results().toString(), Long.toString(least))),
              LIMIT);
      String number = done.text().strip();
      if (!done.succeeded() || !number.matches("[1-9][0-9]{0,17}")) {
        throw new TransportException(
            "cannot take a run's number in `%s` on `%s`: %s"
                .formatted(place.results(), place.site(), done.errorText().strip()));
      }
      Optional<RunDirectory> run = here.place(experiment, new RunId(Long.parseLong(number)));
      if (run.isPresent()) {
        return run.get();
      }
      least = Long.parseLong(number) + 1;
    }
    throw new InvalidInputException(
        Problem.of(
                "each number that is taken in `%s` on `%s` is taken here at once: that is this very project"
                    .formatted(place.results(), place.site()))
            .hint(
                "a site that shares this project's files needs no `host`, or another `directory`"));
  }

  @Override
  public RunDirectory run() {
    return copy;
  }

  @Override
  public RunDirectory original() {
    return original;
  }

  @Override
  public Transport transport() {
    return transport;
  }

  /// Makes the original from the copy, whole or not at all. One that is there already stays, and
  /// nothing counts as sent to it.
  ///
  /// @throws TransportException when it could not be made
  private void create() throws TransportException, IOException {
    byte[] archive = Archive.of(copy.path(), PRIVATE);
    String stamp = stamp(clock.millis());
    Command create =
        SiteScripts.command("create", List.of(original.path().toString(), client, stamp))
            .reading(archive);
    Completed done = transport.run(create, LIMIT.plus(onTheWay(archive)));
    if (!done.succeeded()) {
      throw new NotRunException(
          "cannot make `%s` on `%s`:%n%s"
              .formatted(original.path(), site, done.errorText().strip().indent(2)));
    }
    if (done.text().equals("there\n")) {
      // An earlier attempt made it and could not say so. Nobody knows what of the copy it has.
      return;
    }
    new Fetched(List.of(stamp), Set.of()).write(copy);
    Sent.of(copy).withoutEvents().write(copy);
  }

  @Override
  public Completed ask(Command question, Duration limit) throws TransportException {
    return look(Optional.of(question), limit.plus(LIMIT)).orElseThrow();
  }

  @Override
  public boolean look() throws TransportException {
    look(Optional.empty(), LIMIT);
    return true;
  }

  private Optional<Completed> look(Optional<Command> question, Duration limit)
      throws TransportException {
    if (!Sent.isKnown(copy)) {
      // There is no original yet.
      return question.isEmpty()
          ? Optional.empty()
          : Optional.of(transport.run(question.get().asking(), limit));
    }
    Fetched fetched = Fetched.read(copy);
    String next = stamp(clock.millis());
    Command fetch =
        SiteScripts.command(
                "fetch",
                List.of(
                    original.path().toString(),
                    client,
                    fetched.last().isEmpty() ? "" : fetched.last().getLast(),
                    fetched.last().isEmpty() ? "" : fetched.last().getFirst(),
                    next,
                    single ? "single" : ""))
            .reading(String.join("\n", fetched.lines()) + (fetched.over().isEmpty() ? "" : "\n"))
            .asking();
    List<Command> commands = new ArrayList<>(List.of(fetch));
    question.map(Command::asking).ifPresent(commands::add);
    List<Completed> answers;
    try {
      answers = transport.runAll(commands, limit);
    } catch (TransportException e) {
      if (question.isPresent() && !(e instanceof SshUnreachableException)) {
        // The scheduler keeps nobody from reading what the jobs themselves have left.
        look(Optional.empty(), LIMIT);
      }
      throw e;
    }
    apply(answers.getFirst(), fetched, next);
    return question.map(asked -> answers.getLast());
  }

  private void apply(Completed answer, Fetched fetched, String next) throws TransportException {
    requireRead(answer);
    try {
      Look look = Look.read(answer.stdout(), clock.instant());
      Set<String> over = new TreeSet<>(fetched.over());
      over.addAll(look.putInto(copy, site, fetched.over()));
      // What changed in the same moment as the last look began is looked at once more.
      List<String> last = new ArrayList<>(List.of(next));
      fetched.last().stream().findFirst().ifPresent(last::add);
      new Fetched(last, over).write(copy);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public boolean lookAgain() throws TransportException {
    return (acts || transport.isAtHand()) && look();
  }

  @Override
  public boolean sparesQuestions() {
    return !acts;
  }

  @Override
  public void bring(List<String> names) throws TransportException {
    if (!Sent.isKnown(copy) || names.isEmpty()) {
      return;
    }
    OptionalInt over = endedLongAgo();
    List<String> wanted =
        over.isEmpty() ? names : Brought.read(copy).unfinished(names, over.getAsInt());
    if (over.isPresent() && !wanted.isEmpty() && !acts && !transport.isAtHand()) {
      throw new TransportException("`%s` cannot be reached".formatted(site));
    }
    try {
      Map<String, Long> goals = new TreeMap<>();
      List<String> left = wanted;
      // An answer is bounded. What is printed meanwhile is left to the next time.
      while (!left.isEmpty()) {
        Map<String, Long> sizes = bringSome(left);
        sizes.forEach(goals::putIfAbsent);
        left = new ArrayList<>();
        for (Map.Entry<String, Long> there : sizes.entrySet()) {
          long size = there.getValue();
          long goal = Math.min(size, goals.getOrDefault(there.getKey(), size));
          if (Files.size(copy.path().resolve(there.getKey())) < goal) {
            left.add(there.getKey());
          }
        }
      }
      if (over.isPresent()) {
        Brought.read(copy).finish(copy, wanted, over.getAsInt());
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /// The run's last submission, once nothing writes to its files any more: a batch system may have
  /// its last words after the job's own.
  private OptionalInt endedLongAgo() {
    Instant then = clock.instant().minus(LAST_WORDS);
    return RunHistory.of(new EventLog(copy).read())
        .settled()
        .filter(settled -> settled.lost().isEmpty() && settled.at().isBefore(then))
        .map(settled -> OptionalInt.of(settled.submissions()))
        .orElse(OptionalInt.empty());
  }

  /// @return how many bytes the files have there
  private Map<String, Long> bringSome(List<String> names) throws TransportException, IOException {
    Brought before = Brought.read(copy);
    Completed answer =
        transport.run(
            SiteScripts.command("bring", List.of(original.path().toString()))
                .reading(before.question(copy, names))
                .asking(),
            LIMIT);
    requireRead(answer);
    return before.put(copy, new HashSet<>(names), answer.stdout());
  }

  private void requireRead(Completed answer) throws TransportException {
    if (!answer.succeeded()) {
      throw new TransportException(
          "`%s` cannot be read on `%s`: %s"
              .formatted(original.path(), site, answer.errorText().strip()));
    }
  }

  private TransportException unusable(IOException e) {
    return new TransportException(
        "what `%s` says of run %s cannot be used: %s".formatted(site, copy.id(), e.getMessage()),
        e);
  }

  @Override
  public Completed tell(Command command, Duration limit) throws TransportException {
    try {
      if (!Sent.isKnown(copy)) {
        create();
      }
      Sent before = Sent.read(copy);
      Sent now = Sent.of(copy);
      Set<String> names = now.changed(before);
      if (names.isEmpty()) {
        return transport.run(command, limit);
      }
      byte[] archive = archive(names);
      List<String> words =
          new ArrayList<>(List.of(original.path().toString(), Integer.toString(archive.length)));
      words.addAll(inItsPlace(command));
      ByteArrayOutputStream input = new ByteArrayOutputStream();
      input.writeBytes(archive);
      command.input().ifPresent(input::writeBytes);
      Completed done =
          transport.run(
              SiteScripts.command("send", words).reading(input.toByteArray()),
              limit.plus(onTheWay(archive)));
      if (done.exitCode() == NOT_THERE && done.errorText().endsWith(NOT_THERE_WORDS)) {
        throw new NotRunException(
            "cannot write to `%s` on `%s`:%n%s"
                .formatted(
                    original.path(),
                    site,
                    done.errorText().replace(NOT_THERE_WORDS, "").strip().indent(2)));
      }
      now.write(copy);
      return done;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what is to be sent of run " + copy.id(), e);
    }
  }

  /// How long it may take on a poor line.
  private static Duration onTheWay(byte[] archive) {
    return Duration.ofSeconds(archive.length / BYTES_A_SECOND);
  }

  private static List<String> inItsPlace(Command command) {
    List<String> words = new ArrayList<>();
    if (command.directory().isPresent() || !command.environment().isEmpty()) {
      words.add("env");
      for (Map.Entry<String, String> variable : command.environment().entrySet()) {
        words.add(variable.getKey() + "=" + variable.getValue());
      }
      command
          .directory()
          .ifPresent(directory ->
              words.addAll(
                  List.of("/bin/sh", "-c", "cd -- \"$0\" && exec \"$@\"", directory.toString())));
    }
    words.addAll(command.words());
    return words;
  }

  /// @param names relative to the run's directory
  private byte[] archive(Set<String> names) throws IOException, TransportException {
    Path place = Files.createTempDirectory(copy.path(), ".sending");
    try {
      for (String name : names) {
        Path target = place.resolve(Sent.there(name, client));
        Files.createDirectories(target.resolveSibling("."));
        Files.copy(copy.path().resolve(name), target, StandardCopyOption.COPY_ATTRIBUTES);
      }
      return Archive.of(place, List.of());
    } finally {
      TreeDeletion.delete(place);
    }
  }

  @Override
  public Set<String> mark(List<String> names) throws TransportException {
    if (names.isEmpty()) {
      return Set.of();
    }
    Completed done =
        transport.run(
            SiteScripts.command("mark", List.of(original.path().toString(), client))
                .reading(String.join("\n", names) + "\n")
                .asking(),
            LIMIT);
    if (!done.succeeded()) {
      throw new TransportException(
          "`%s` on `%s`: %s".formatted(original.path(), site, done.errorText().strip()));
    }
    NearRun.touch(copy, names);
    return new LinkedHashSet<>(done.text().lines().toList());
  }

  private static String stamp(long millis) {
    return Long.toString(millis, 36);
  }

  @Override
  public String toString() {
    return "run %s on %s".formatted(copy.id(), site);
  }
}
