package io.karez.launch;

import io.karez.define.Conduct;
import io.karez.define.Config;
import io.karez.define.Environment;
import io.karez.define.ExperimentName;
import io.karez.define.Resources;
import io.karez.define.Site;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.project.Project;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Directives;
import io.karez.scheduler.ScriptDirectives;
import io.karez.site.FarProject;
import io.karez.site.Machine;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run of a launch script, with what the project and its site say of all runs.
///
/// @param own whether the script is for the scheduler that it goes to
/// @param natives directives above those of the script
/// @param atATime how many jobs at a time; 0 when nobody says
public record LaunchRequest(
    Project project,
    Optional<Site> site,
    Dialect dialect,
    LaunchScript script,
    ScriptDirectives asked,
    boolean own,
    List<Directive> natives,
    int atATime,
    String description,
    List<String> tags,
    List<String> words) {

  /// @param far where the project lies on a site that shares no files with this machine
  /// @throws io.karez.text.InvalidInputException with all directives that no run can bear
  public RunRequest of(Code code, Optional<FarProject> far) {
    Problems problems = new Problems();
    List<Directive> directives = directives();
    if (dialect.isBatch()) {
      directives.forEach(directive ->
          dialect
              .refusal(directive)
              .ifPresent(why ->
                  problems.add(Problem.of("the directive `%s` %s".formatted(directive, why)))));
    }
    problems.throwIfAny();
    RunRequest request =
        new RunRequest(
            ExperimentName.UNREGISTERED,
            description,
            tags,
            script.command(),
            false,
            Map.of(),
            Map.of(),
            far.map(FarProject::place),
            slots(far),
            List.of(),
            Map.of(),
            environment(),
            site.map(on -> SetUpLines.of(on, dialect)).orElse(List.of()),
            Optional.empty(),
            directives,
            Conduct.PLAIN,
            far.map(there -> there.workingDirectory(code.directory())).orElse(code.directory()),
            code.commit(),
            code.dirty(),
            Map.of(),
            words);
    return script.launched(request, asked, atATime > 0);
  }

  /// As the command line layers them.
  private List<Directive> directives() {
    if (!dialect.isBatch()) {
      return List.of();
    }
    return new Directives(dialect)
        .over(
            project
                .template(
                    dialect.name(),
                    Config.DEFAULT_TEMPLATE,
                    project.root(),
                    Place.of("the default submit template"))
                .directives())
        .over(site.map(Site::resources).orElse(Resources.NONE))
        .over(own ? asked.directives() : List.of())
        .over(natives)
        .list();
  }

  private int slots(Optional<FarProject> far) {
    return atATime > 0 || dialect.isBatch()
        ? atATime
        : far.flatMap(FarProject::machine).orElseGet(() -> Machine.here(System.getenv())).cores();
  }

  /// What holds here need not hold on a site.
  private Map<String, String> environment() {
    Environment environment = site.map(Site::environment).orElse(Environment.NONE);
    return dialect.startsAtOnce() || site.flatMap(Site::host).isPresent()
        ? environment.set()
        : environment.of(System.getenv());
  }
}
