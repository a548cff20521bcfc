package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The settings in force: the built-in ones, overlaid by the user's, overlaid by the project's.
///
/// @param defaultEditor the program that `config edit` opens when neither `$VISUAL` nor `$EDITOR`
///   names one
/// @param resultDir where runs are kept, relative to the project's root or absolute
/// @param dirty what a run does about changes that are not committed
/// @param confirmCoreHours above how many core-hours a submission asks first; empty for never
/// @param templates submit templates by runner, then by name
/// @param sites by name, in the order they were found
public record Config(
    Optional<String> defaultEditor,
    Logging logging,
    String resultDir,
    DirtyPolicy dirty,
    SnapshotPolicy snapshot,
    Optional<BigDecimal> confirmCoreHours,
    Map<String, Map<String, SubmitTemplate>> templates,
    Map<String, Site> sites) {

  /// The words that `--runner` and a site's `scheduler` know.
  public static final List<String> RUNNERS =
      List.of(
          "local",
          "slurm",
          "htcondor",
          "oar",
          "torque",
          "pbspro",
          "sge",
          "lsf",
          "moab",
          "kubernetes");

  /// What holds when no file says otherwise.
  public static final Config BUILT_IN =
      new Config(
          Optional.empty(),
          Logging.INFO,
          "results",
          DirtyPolicy.RECORD,
          SnapshotPolicy.NEVER,
          Optional.empty(),
          Map.of(),
          Map.of());

  /// The template that is used when none is named.
  public static final String DEFAULT_TEMPLATE = "default";

  public Config {
    Map<String, Map<String, SubmitTemplate>> copy = new LinkedHashMap<>();
    templates.forEach((runner, named) ->
        copy.put(runner, Collections.unmodifiableMap(new LinkedHashMap<>(named))));
    templates = Collections.unmodifiableMap(copy);
    sites = Collections.unmodifiableMap(new LinkedHashMap<>(sites));
  }

  /// The same, with this site.
  public Config with(Site site) {
    Map<String, Site> all = new LinkedHashMap<>(sites);
    all.put(site.name(), site);
    return new Config(
        defaultEditor, logging, resultDir, dirty, snapshot, confirmCoreHours, templates, all);
  }

  public Optional<SubmitTemplate> template(String runner, String name) {
    return Optional.ofNullable(templates.getOrDefault(runner, Map.of()).get(name));
  }

  /// The problem of naming a template that a runner does not have; it lists those it has.
  public Problem unknownTemplate(String runner, String name, Place place) {
    List<String> known =
        templates.getOrDefault(runner, Map.of()).keySet().stream().sorted().toList();
    String has =
        known.isEmpty()
            ? "`%s` has none".formatted(runner)
            : "`%s` has `%s`".formatted(runner, String.join("`, `", known));
    Problem problem =
        Problem.at(
            place,
            "there is no submit template `%s`, neither by name nor as a file; %s"
                .formatted(name, has));
    return Nearest.to(name, known)
        .map(near -> problem.hint("did you mean `%s`?".formatted(near)))
        .orElse(problem);
  }

  /// @param place where the name comes from
  /// @throws InvalidInputException when there is none of that name
  public Site site(String name, Place place) {
    return Optional.ofNullable(sites.get(name))
        .orElseThrow(() -> noSite(name, message -> Problem.at(place, message)));
  }

  /// As {@link #site(String, Place)}, of a name that is a word of its own.
  public Site site(String name) {
    return Optional.ofNullable(sites.get(name)).orElseThrow(() -> noSite(name, Problem::of));
  }

  private InvalidInputException noSite(String name, Function<String, Problem> problem) {
    List<String> known = sites.keySet().stream().sorted().toList();
    String all =
        known.isEmpty()
            ? "define it under `sites:` in your own settings: `karez config edit --user`"
            : "the site%s `%s`"
                .formatted(known.size() == 1 ? " is" : "s are", String.join("`, `", known));
    String hint =
        Nearest.to(name, known)
            .map(near -> "did you mean `%s`? ".formatted(near))
            .map(near -> known.size() == 1 ? near.strip() : near + all)
            .orElse(all);
    return new InvalidInputException(
        problem.apply("there is no site `%s`".formatted(name)).hint(hint));
  }
}
