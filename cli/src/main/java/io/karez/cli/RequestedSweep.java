package io.karez.cli;

import io.karez.expand.ParameterFile;
import io.karez.expand.Sample;
import io.karez.expand.Sweep;
import io.karez.expand.SweepRequest;
import io.karez.expand.Table;
import io.karez.expand.TableFormat;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Reads the files that a sweep is made from and puts it together.
final class RequestedSweep {
  private RequestedSweep() {}

  /// @param words of the program
  static Sweep of(List<String> words, ParameterOptions options, SweepOptions more) {
    SweepRequest request =
        SweepRequest.of(words)
            .withSweep(options.sweep)
            .withGroups(options.groups)
            .withRanges(options.ranges)
            .withLinks(more.links)
            .withFilter(options.filter)
            .withReplicas(more.replicas);
    if (options.paramFile != null) {
      String source = options.paramFile.toString();
      request =
          request.withFile(ParameterFile.read(text(options.paramFile, "--param-file"), source));
    }
    if (options.table != null) {
      request = request.withTable(table(options.table));
    }
    if (more.sample != null) {
      request = request.withSample(new Sample(more.sample, more.sampleSeed));
    }
    return request.expand();
  }

  /// A table is read more than once; what comes on standard input is kept in a file meanwhile.
  private static Table table(String name) {
    try {
      Path file = Path.of(name);
      TableFormat format;
      if (name.equals("-")) {
        file = Files.createTempFile("karez-table", null);
        file.toFile().deleteOnExit();
        Files.copy(System.in, file, StandardCopyOption.REPLACE_EXISTING);
        try (var reader = Files.newBufferedReader(file)) {
          char[] beginning = new char[1000];
          int read = Math.max(0, reader.read(beginning));
          format = TableFormat.ofContent(new String(beginning, 0, read));
        }
      } else {
        format =
            TableFormat.ofName(name)
                .orElseThrow(() ->
                    new InvalidInputException(
                        Problem.at(Place.of("--table"), "`%s` is no table".formatted(name))
                            .hint("its name must end in .csv, .json or .jsonl")));
      }
      Path opened = file;
      if (!Files.isReadable(opened)) {
        throw new InvalidInputException(missing(opened, "--table"));
      }
      return Table.read(name, format, () -> Files.newBufferedReader(opened));
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(notText(name, "--table"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + name + "`", e);
    }
  }

  static String text(Path file, String option) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(missing(file, option));
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(notText(file.toString(), option));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  private static Problem notText(String name, String option) {
    return Problem.at(Place.of(option), "`%s` is not valid UTF-8".formatted(name));
  }

  private static Problem missing(Path file, String option) {
    return Problem.at(Place.of(option), "there is no file `%s`".formatted(file));
  }
}
