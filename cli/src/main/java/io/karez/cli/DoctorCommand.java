package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.define.Finding;
import io.karez.define.Finding.Grade;
import io.karez.doctor.Doctor;
import io.karez.doctor.Section;
import io.karez.project.Project;
import io.karez.project.UserFiles;
import io.karez.text.InvalidInputException;
import io.karez.text.Json;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.transport.LocalTransport;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Looks over this machine, the project's directory and the scheduler found here.
final class DoctorCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();
  private boolean json;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[SITE]", "0..1", "a site of the configuration", given -> words = given)
        .flag("--json", "one JSON document", () -> json = true)
        .footer(
            "",
            "It asks Slurm and other programs how they are set up, writes a few files where runs are"
                + " kept, and removes them. It changes nothing.",
            "The exit code is 1 when something does not work.",
            "",
            "Example: karez doctor");
  }

  @Override
  public int run(Console console) throws IOException {
    UserFiles user = UserFiles.of(System.getenv());
    Path here = Path.of("").toAbsolutePath();
    Optional<Project> found =
        project.directory == null ? Project.around(here, user) : Optional.of(project.project());
    if (!words.isEmpty()) {
      throw elsewhere(words.getFirst(), found, user);
    }
    List<Finding> own = new ArrayList<>();
    own.add(
        Finding.ok(
            "karez",
            "%s, Java %s in %s"
                .formatted(Main.VERSION, Runtime.version(), System.getProperty("java.home"))));
    Path results = results(found, here, own);
    Doctor doctor =
        new Doctor(
            new LocalTransport(),
            InstantSource.system(),
            System.getenv(),
            System.getProperty("user.name"));
    List<Section> sections = new ArrayList<>(doctor.examine(results));
    own.addAll(sections.getFirst().findings());
    sections.set(0, new Section(sections.getFirst().title(), own));
    if (json) {
      writeJson(console, sections);
    } else {
      new DoctorView(console.outTerminal(), console.outTerminal() && console.color())
          .lines(sections)
          .forEach(console.out()::println);
    }
    boolean broken =
        sections.stream()
            .flatMap(section -> section.findings().stream())
            .anyMatch(finding -> finding.grade() == Grade.ERROR);
    return broken ? ExitCode.FAILED : ExitCode.DONE;
  }

  /// Where runs are kept, or the nearest directory above that is there.
  private static Path results(Optional<Project> project, Path here, List<Finding> findings) {
    if (project.isEmpty()) {
      findings.add(
          Finding.note(
              "project",
              "`%s` lies in none".formatted(here),
              "`karez init` makes it one; the directory itself is looked at"));
      return here;
    }
    Path root = project.get().root();
    try {
      Path place = project.get().results();
      findings.add(Finding.ok("project", root.toString()));
      while (!Files.isDirectory(place) && place.getParent() != null) {
        place = place.getParent();
      }
      return place;
    } catch (InvalidInputException e) {
      for (Problem problem : e.problems()) {
        findings.add(new Finding(Grade.ERROR, "settings", problem.sentence(), problem.hint()));
      }
      return root;
    }
  }

  private static InvalidInputException elsewhere(
      String name, Optional<Project> project, UserFiles user) {
    project.map(Project::config).orElseGet(user::config).site(name, Place.of("SITE"));
    return new InvalidInputException(
        Problem.of(
                "`karez doctor` cannot look at other machines yet, and so not at `%s`"
                    .formatted(name))
            .hint("log in there and call `karez doctor` in a directory of yours"));
  }

  private static void writeJson(Console console, List<Section> sections) throws IOException {
    JsonWriter json = Json.writer(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    json.beginObject();
    json.name("schema").value(RunJson.SCHEMA);
    json.name("site").value("local");
    json.name("findings").beginArray();
    for (Section section : sections) {
      for (Finding finding : section.findings()) {
        json.beginObject();
        json.name("section").value(section.title());
        json.name("about").value(finding.about());
        json.name("grade").value(finding.grade().name().toLowerCase(Locale.ROOT));
        json.name("said").value(finding.said());
        json.name("hint").value(finding.hint().orElse(null));
        json.endObject();
      }
    }
    json.endArray();
    json.endObject();
    json.flush();
    console.out().println();
  }
}
