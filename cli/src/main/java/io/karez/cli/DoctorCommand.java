package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.define.Finding;
import io.karez.define.Finding.Grade;
import io.karez.define.Site;
import io.karez.doctor.Doctor;
import io.karez.doctor.Section;
import io.karez.doctor.SiteDoctor;
import io.karez.project.Project;
import io.karez.project.UserFiles;
import io.karez.site.Connections;
import io.karez.text.InvalidInputException;
import io.karez.text.Json;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.transport.LocalTransport;
import io.karez.transport.SshUnreachableException;
import io.karez.transport.TransportException;
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
import org.jspecify.annotations.Nullable;

/// Looks over this machine, the project's directory and the scheduler found here; or over a site.
final class DoctorCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();
  private @Nullable String on;
  private boolean json;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[SITE]", "0..1", "a site of the configuration", given -> words = given)
        .value("--on", "SITE", "the same", value -> on = value)
        .flag("--json", "one JSON document", () -> json = true)
        .footer(
            "",
            "It asks Slurm and other programs how they are set up, writes a few files where runs are"
                + " kept, and removes them. It changes nothing.",
            "A site is looked at from here: the way there, its programs, its clock, the project's"
                + " directory, set-up lines and scheduler.",
            "The exit code is 1 when something does not work, 4 when the site cannot be reached.",
            "",
            "Examples:",
            "  karez doctor",
            "  karez doctor triton");
  }

  @Override
  public int run(Console console) throws IOException, TransportException {
    UserFiles user = UserFiles.of(System.getenv());
    Path here = Path.of("").toAbsolutePath();
    Optional<Project> found =
        project.directory == null ? Project.around(here, user) : Optional.of(project.project());
    Optional<Site> site = site();
    if (site.flatMap(Site::host).isPresent()) {
      return elsewhere(console, site.get());
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
    show(console, "local", sections);
    return isBroken(sections) ? ExitCode.FAILED : ExitCode.DONE;
  }

  private void show(Console console, String site, List<Section> sections) throws IOException {
    if (json) {
      writeJson(console, site, sections);
    } else {
      DoctorView view =
          new DoctorView(console.outTerminal(), console.outTerminal() && console.color());
      Folded.lines(view.lines(sections), console).forEach(console.out()::println);
    }
  }

  private static boolean isBroken(List<Section> sections) {
    return sections.stream()
        .flatMap(section -> section.findings().stream())
        .anyMatch(finding -> finding.grade() == Grade.ERROR);
  }

  /// The one that is named, or none.
  private Optional<Site> site() {
    if (!words.isEmpty() && on != null) {
      throw new InvalidInputException(
          Problem.of("`%s` and `--on %s` both name a site".formatted(words.getFirst(), on))
              .hint("leave one of them out"));
    }
    @Nullable String name = words.isEmpty() ? on : words.getFirst();
    if (name == null) {
      return Optional.empty();
    }
    return Optional.of(
        words.isEmpty()
            ? SiteOption.named(name, Place.of("--on"), project)
            : SiteOption.named(name, project));
  }

  private int elsewhere(Console console, Site site) throws IOException, TransportException {
    try (Connections connections = Connections.impatient(System.getenv())) {
      SiteDoctor doctor =
          new SiteDoctor(
              site,
              connections.to(site),
              connections.client(site),
              new LocalTransport(),
              InstantSource.system());
      List<Section> sections = doctor.examine();
      show(console, site.name(), sections);
      return isBroken(sections) ? ExitCode.FAILED : ExitCode.DONE;
    } catch (SshUnreachableException e) {
      show(console, site.name(), List.of(SiteDoctor.unreachable(site, e)));
      return ExitCode.UNREACHABLE;
    }
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

  private static void writeJson(Console console, String site, List<Section> sections)
      throws IOException {
    JsonWriter json = Json.writer(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    json.beginObject();
    json.name("schema").value(RunJson.SCHEMA);
    json.name("site").value(site);
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
