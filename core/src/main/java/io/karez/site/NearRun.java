package io.karez.site;

import io.karez.store.RunDirectory;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A run whose directory the jobs share with this process.
///
/// @param transport to the scheduler
public record NearRun(RunDirectory run, Transport transport) implements RunLink {

  @Override
  public RunDirectory original() {
    return run;
  }

  @Override
  public Completed ask(Command question, Duration limit) throws TransportException {
    return transport.run(question, limit);
  }

  @Override
  public boolean look() {
    return false;
  }

  @Override
  public boolean lookAgain() {
    return false;
  }

  @Override
  public boolean sparesQuestions() {
    return false;
  }

  @Override
  public void bring(List<String> names) {}

  @Override
  public Completed tell(Command command, Duration limit) throws TransportException {
    return transport.run(command, limit);
  }

  @Override
  public Set<String> mark(List<String> names) {
    return touch(run, names);
  }

  /// @return those that were not there before
  static Set<String> touch(RunDirectory run, List<String> names) {
    Set<String> made = new LinkedHashSet<>();
    for (String name : names) {
      Path file = run.path().resolve(name);
      try {
        Files.createFile(file);
        made.add(name);
      } catch (FileAlreadyExistsException e) {
        // somebody was there before
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make `" + file + "`", e);
      }
    }
    return made;
  }
}
