package io.karez.cli;

import io.karez.define.Container;
import io.karez.define.Environment;
import io.karez.define.Experiment;
import io.karez.define.Resources;
import io.karez.project.Project;
import io.karez.store.RunDocument;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The options that say in which image programs are started.
final class ContainerOptions {
  private static final String NONE = "none";
  private static final Place OPTION = Place.of("--container");

  private @Nullable String image;
  private @Nullable Boolean gpu;

  void declare(Options options) {
    options
        .value(
            "--container",
            "IMAGE",
            "start the programs in this image: a file or directory of apptainer, `docker://IMAGE`,"
                + " `podman:IMAGE` or `docker:IMAGE`; with `none` not in that of the experiment",
            value -> image = value)
        .truth(
            "--gpu",
            "show the machine's GPUs in the container, as `--gpus` does",
            value -> gpu = value);
  }

  /// Whether programs are started in an image, be it there or not.
  boolean isWanted(Optional<Experiment> experiment) {
    return image == null
        ? experiment.flatMap(Experiment::container).isPresent()
        : !image.equals(NONE);
  }

  /// The image of the command line, or else that of the experiment.
  ///
  /// @param resources what each job asks for: who asks for GPUs wants to see them
  /// @param here where the user is
  /// @throws InvalidInputException when it is no image, or one that should be there and is not
  Optional<Container> container(
      Project project, Optional<Experiment> experiment, Resources resources, Path here) {
    boolean shown = gpu != null ? gpu : resources.gpus().orElse(0) > 0;
    Optional<Container> container =
        image != null
            ? Optional.of(image)
                .filter(text -> !text.equals(NONE))
                .map(text -> there(Container.read(text, here, OPTION), OPTION))
            : experiment.flatMap(e -> e.container().map(text -> ofExperiment(project, e, text)));
    if (container.isEmpty() && Boolean.TRUE.equals(gpu)) {
      throw new InvalidInputException(
          Problem.at(Place.of("--gpu"), "there is no container to show the GPUs in")
              .hint(
                  "`--gpus N` asks for GPUs; put `--gpu` after `--` to pass it on to the program"));
    }
    return container.map(found -> found.with(shown, variables(experiment)));
  }

  /// What the experiment sets, and what it says is forwarded; not what is forwarded because nothing
  /// is said, such as the PATH of this machine.
  private static List<String> variables(Optional<Experiment> experiment) {
    Environment environment = experiment.map(Experiment::environment).orElse(Environment.NONE);
    return List.copyOf(
        environment.forward().isPresent()
            ? environment.of(System.getenv()).keySet()
            : environment.set().keySet());
  }

  private static Container ofExperiment(Project project, Experiment experiment, String text) {
    Place place = Place.of(project.source(project.file(experiment.name())));
    return there(Container.read(text, project.root(), place), place);
  }

  /// @throws InvalidInputException when the image is a file or directory that is not there
  private static Container there(Container container, Place place) {
    container
        .missing(place)
        .ifPresent(problem -> {
          throw new InvalidInputException(problem.hint(Container.FORMS));
        });
    return container.asItIsNow();
  }

  /// The image of a run that goes on or is made again, as it is now; says so when it has changed.
  ///
  /// @throws InvalidInputException when it is not there any more
  static Optional<Container> still(Console console, RunDocument run) {
    run.container()
        .flatMap(container -> container.missing(Place.of("run " + run.id())))
        .ifPresent(problem -> {
          throw new InvalidInputException(problem.hint("its programs were started in it"));
        });
    Optional<Container> now = run.container().map(Container::asItIsNow);
    if (!now.equals(run.container())) {
      console
          .err()
          .println(
              "warning: the image of run %s has changed: it was %s, and is %s"
                  .formatted(run.id(), version(run.container()), version(now)));
    }
    return now;
  }

  private static String version(Optional<Container> container) {
    return container.flatMap(Container::version).orElse("no file");
  }
}
