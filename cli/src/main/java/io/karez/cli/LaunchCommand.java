package io.karez.cli;

import io.karez.define.Site;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.expand.Sweep;
import io.karez.launch.Code;
import io.karez.launch.Delivery;
import io.karez.launch.LaunchScript;
import io.karez.launch.LaunchTemplates;
import io.karez.project.Project;
import io.karez.project.UserFiles;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.ScriptDirectives;
import io.karez.site.FarProject;
import io.karez.template.ScriptType;
import io.karez.template.TemplateEngine.WhenUndefined;
import io.karez.text.InvalidInputException;
import io.karez.text.Json;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Secrets;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Fills a launch template and runs the script as a run of its own.
final class LaunchCommand implements Verb, TakesWords {
  private final ProjectOptions project = new ProjectOptions();
  private final RunOptions options = new RunOptions("that of the template's type");

  private List<String> words = List.of();
  private List<String> typed = List.of();
  private List<String> sets = List.of();
  private @Nullable Path values;
  private String undefined = "error";
  private boolean json;

  @Override
  public void declare(Options declared) {
    project.declare(declared);
    declared
        .words(
            "TEMPLATE",
            "1",
            "a path, or a name as `template list` shows it: `NAME.TYPE.j2`",
            given -> words = given)
        .repeated("--set", "K=V", "a value by its name in the template", given -> sets = given)
        .typed(
            "--values",
            "FILE",
            Path.class,
            "values in YAML or JSON; those that the template does not name become configurations:"
                + " `{\"iterations\": [1, 2], \"mode\": [\"test\", \"prod\"]}` makes four",
            given -> values = given)
        .value(
            "--undefined",
            "error|empty",
            "what a name without a value is: a mistake (default), or empty text",
            given -> undefined = given);
    options.declareForScript(declared);
    declared
        .flag("--json", "with --dry-run: one JSON document", () -> json = true)
        .footer(
            "",
            "The type in the template's name says what runs the script: `bash`, `sh`, `slurm`. Its own"
                + " directives become the run's, `--array` its jobs; options given here win.",
            "",
            "Examples:",
            "  karez launch job.bash.j2 --set command='python3 train.py' --values grid.json",
            "  karez launch arrayjob.slurm.j2 --set command=./sim --set time=1:00:00 --values grid.json",
            "  karez launch mine.slurm.j2 --set nodes=2 --dry-run");
  }

  @Override
  public List<String> take(CommandSpec spec, List<String> all) {
    typed = List.copyOf(all);
    return typed;
  }

  static LaunchTemplates templates(ProjectOptions project) {
    return new LaunchTemplates(
        Optional.of(project.anyProject()).filter(Project::exists), UserFiles.of(System.getenv()));
  }

  @Override
  public int run(Console console) throws Exception {
    if (json && !options.dryRun) {
      throw new InvalidInputException(
          Problem.of("`--json` goes with `--dry-run`")
              .hint("`karez status RUN --json` tells of a run that was made"));
    }
    options.requireOneEnd();
    Bytes.requireText(Path.of("").toAbsolutePath());
    LaunchTemplates.Found found = templates(project).find(words.getFirst());
    LaunchWords given = LaunchWords.read(sets, values);
    LaunchScript script =
        LaunchScript.of(
            found,
            given.file(),
            given.sets(),
            values == null ? "--values" : values.toString(),
            whenUndefined());
    for (Problem doubt : script.doubts()) {
      console.err().println("warning: " + Printable.onLine(doubt.sentence()));
      doubt.hint().ifPresent(hint -> console.err().println("hint: " + Printable.onLine(hint)));
    }
    ScriptType type = found.name().type();
    String runner = options.named().orElse(type.runner());
    Optional<ScriptDirectives> read =
        TemplateList.runs(type)
            ? Dialects.runner(type.runner()).directivesIn(script.text(), script.template().script())
            : Optional.empty();
    if (read.isEmpty()) {
      return renderOnly(console, script);
    }
    return run(console, found, script, read.get(), Dialects.runner(runner));
  }

  private WhenUndefined whenUndefined() {
    return switch (undefined) {
      case "error" -> WhenUndefined.ERROR;
      case "empty" -> WhenUndefined.EMPTY;
      default ->
          throw new InvalidInputException(
              Problem.at(
                  Place.of("--undefined"),
                  "`error` or `empty` is expected, not `%s`".formatted(undefined)));
    };
  }

  /// For schedulers that Karez does not speak to yet.
  private int renderOnly(Console console, LaunchScript script) {
    String type = script.template().type().word();
    if (!options.dryRun) {
      throw new InvalidInputException(
          Problem.of("Karez cannot run scripts of the type `%s` yet".formatted(type))
              .hint("`--dry-run` shows the script, to be submitted by hand"));
    }
    if (json) {
      Map<String, @Nullable Object> document = new LinkedHashMap<>();
      document.put("schema", RunJson.SCHEMA);
      document.put("template", script.template().toString());
      document.put("script", script.text());
      console.out().println(Json.write(document));
    } else {
      console.out().print(script.text());
      console.err().println("note: Karez cannot run scripts of the type `%s` yet".formatted(type));
    }
    return ExitCode.DONE;
  }

  private int run(
      Console console,
      LaunchTemplates.Found found,
      LaunchScript script,
      ScriptDirectives asked,
      Dialect dialect)
      throws Exception {
    Project here = project.anyProject();
    Bytes.requireText(here.root());
    found.trust(here).require();
    Delivery delivery = Delivery.of(here);
    Optional<Site> site = options.on(delivery.reach());
    boolean own = dialect.name().equals(script.template().type().runner());
    if (Secrets.areInText(script.text())) {
      console
          .err()
          .println(
              "warning: the script seems to hold a secret; whoever may read the run can read it there");
    }
    remark(console, asked, own, dialect);
    if (options.description.isEmpty()) {
      options.description = script.template().toString();
    }
    RequestBuilder builder =
        new RequestBuilder(
            here,
            delivery.reach().here(),
            dialect,
            Optional.empty(),
            site,
            options,
            new ProgramWords(List.of(), Optional.empty(), script.command()),
            typed);
    Sweep sweep = script.sweep(asked.array());
    Code code = builder.code(false, options.dryRun || builder.commits());
    Optional<FarProject> far = delivery.reach().project(site, !options.dryRun);
    RunRequest request = request(builder, code, script, asked, own, far);
    builder
        .remarks(Optional.empty(), request)
        .forEach(text -> console.err().println("warning: " + text));
    return new Submission(console, delivery, builder, options)
        .go(
            new Submission.Wanted(code, request),
            () -> {
              Code committed = builder.code(false, false);
              return new Submission.Wanted(
                  committed, request(builder, committed, script, asked, own, far));
            },
            sweep,
            dialect,
            json);
  }

  /// @param own whether the script is for the scheduler that it goes to
  private RunRequest request(
      RequestBuilder builder,
      Code code,
      LaunchScript script,
      ScriptDirectives asked,
      boolean own,
      Optional<FarProject> far)
      throws IOException, TransportException {
    RunRequest request =
        builder.request(Optional.empty(), code, own ? asked.directives() : List.of(), far);
    return script.launched(request, asked, options.throttle != null);
  }

  private static void remark(
      Console console, ScriptDirectives asked, boolean own, Dialect dialect) {
    if (!asked.leftOut().isEmpty()) {
      console
          .err()
          .println(
              "note: %s of the script %s left out: what a job prints is kept in its run, see `karez logs`"
                  .formatted(keys(asked.leftOut()), asked.leftOut().size() == 1 ? "is" : "are"));
    }
    if (!own && !asked.directives().isEmpty()) {
      console
          .err()
          .println(
              "note: what the script asks of its scheduler means nothing to `%s`: %s"
                  .formatted(dialect.name(), keys(asked.directives())));
    }
  }

  private static String keys(List<Directive> directives) {
    return directives.stream()
        .map(directive -> "`%s`".formatted(directive.key()))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
