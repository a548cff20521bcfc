package io.karez.runner;

import io.karez.define.RunId;
import io.karez.define.Site;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.launch.Code;
import io.karez.launch.Delivery;
import io.karez.launch.LaunchRequest;
import io.karez.launch.LaunchScript;
import io.karez.launch.LaunchTemplates;
import io.karez.launch.PlannedRun;
import io.karez.launch.ProjectCode;
import io.karez.project.Project;
import io.karez.project.UserFiles;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.ScriptDirectives;
import io.karez.scheduler.SubmitReply;
import io.karez.site.FarProject;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.submit.Drip;
import io.karez.submit.NewRun;
import io.karez.template.ScriptType;
import io.karez.template.TemplateEngine.WhenUndefined;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.transfer.Entry;
import io.karez.transfer.Listing;
import io.karez.transfer.TransferReport;
import io.karez.transport.SshUnreachableException;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What both runners do.
///
/// @param site where scripts run; empty for this machine
/// @param here where they run on this machine, or would in the project
record Launcher(
    Delivery delivery, UserFiles user, Optional<Site> site, Path here, Courier courier) {

  Project project() {
    return delivery.project();
  }

  /// A launch that is understood.
  ///
  /// @param files those that are sent
  private record Read(
      LaunchScript script,
      ScriptDirectives asked,
      Dialect dialect,
      LaunchRequest request,
      Listing files) {

    PlannedRun plan(Delivery delivery, Code code, Optional<FarProject> far) {
      return delivery.plan(request.of(code, far), script.sweep(asked.array()), dialect);
    }
  }

  private Read read(Launch launch) {
    Optional<Project> existing = Optional.of(project()).filter(Project::exists);
    LaunchTemplates.Found found = new LaunchTemplates(existing, user).find(launch.template());
    existing.ifPresent(project -> found.trust(project).require());
    LaunchScript script =
        LaunchScript.of(
            found,
            launch.varied(),
            launch.arguments(),
            "the values that are varied",
            launch.emptyWhenUndefined() ? WhenUndefined.EMPTY : WhenUndefined.ERROR);
    ScriptType type = found.name().type();
    if (!Dialects.names().contains(type.runner())) {
      throw new InvalidInputException(
          Problem.of("Karez cannot run scripts of the type `%s` yet".formatted(type.word())));
    }
    ScriptDirectives asked =
        Dialects.runner(type.runner())
            .directivesIn(script.text(), found.name().script())
            .orElse(ScriptDirectives.NONE);
    Dialect dialect = Dialects.runner(launch.runner().orElse(type.runner()));
    LaunchRequest request =
        new LaunchRequest(
            project(),
            site,
            dialect,
            script,
            asked,
            dialect.name().equals(type.runner()),
            launch.directives().stream().map(Directive::parse).toList(),
            launch.atATime(),
            launch.description().isEmpty() ? found.name().toString() : launch.description(),
            launch.tags(),
            List.of(launch.template()));
    Listing files = courier.select(launch.files(), List.of(project().results(), here));
    return new Read(script, asked, dialect, request, files);
  }

  DryRun dryRun(Launch launch) {
    return guarded(() -> {
      Read read = read(launch);
      Code code = new Code(here, here, Optional.empty(), false, Optional.empty(), Optional.empty());
      Optional<FarProject> far = far(false);
      RunRequest request = read.request().of(code, far);
      return new DryRun(
          read.script().text(),
          read.dialect().name(),
          NewRun.check(delivery.store(), request, read.script().sweep(read.asked().array())),
          request.workingDirectory().toString(),
          read.files().entries().stream()
              .filter(entry -> !(entry instanceof Entry.Directory))
              .map(Entry::path)
              .toList());
    });
  }

  private Optional<FarProject> far(boolean make) throws TransportException {
    if (make || site.isEmpty()) {
      return delivery.reach().project(site, make);
    }
    return Optional.of(
        FarProject.of(
            site.get(), project().root(), project().results(), delivery.reach().to(site)));
  }

  /// @param define makes the site known in the project
  LaunchedRun run(Launch launch, Runnable define) throws InterruptedException {
    return attempted(() -> {
      Read read = read(launch);
      Files.createDirectories(here);
      ProjectCode project = new ProjectCode(project(), delivery.reach().here());
      Code looked = code(project, project.commits());
      Optional<FarProject> far = far(true);
      PlannedRun plan = read.plan(delivery, looked, far);
      plan.check(delivery.store());
      Code code = project.commits() ? code(project, false) : looked;
      PlannedRun last = plan.of(read.request().of(code, far));
      delivery.makeProject();
      define.run();
      send(read.files());
      RunDirectory run =
          project.withDifference(
              code,
              Map.of(),
              leftOut -> {},
              copies -> delivery.make(last, copies, Delivery.Courier.NONE));
      return hand(run, last);
    });
  }

  private Code code(ProjectCode project, boolean lookOnly) throws TransportException, IOException {
    return project.now(here, lookOnly, "before a run of a command");
  }

  private void send(Listing files) throws TransportException, InterruptedException {
    if (files.entries().isEmpty()) {
      return;
    }
    TransferReport report = courier.send(files);
    if (!report.failed().isEmpty()) {
      throw RunnerException.of(
          RunnerException.Reason.TRANSFER,
          "%d files could not be copied, so nothing was submitted: `%s`: %s"
              .formatted(
                  report.failed().size(),
                  report.failed().getFirst().path(),
                  report.failed().getFirst().why()),
          "what was copied stays, and is not copied again");
    }
  }

  private LaunchedRun hand(RunDirectory run, PlannedRun plan) throws Exception {
    RunDocument document = RunDocument.read(run);
    Room patience = new Room();
    try {
      Drip.Outcome outcome =
          delivery.handAlone(
              run,
              document,
              Delivery.all(document, plan.waits(), false),
              plan.most(),
              patience,
              patience::renewing);
      return switch (outcome.state()) {
        case Drip.Outcome.State.Done done -> new LaunchedRun(delivery, run, document);
        case Drip.Outcome.State.Stopped(SubmitReply reply) -> throw stopped(plan, run, reply);
        case Drip.Outcome.State.Waiting(String why) -> throw new IllegalStateException(why);
        case Drip.Outcome.State.Abandoned(String why) -> throw new IllegalStateException(why);
      };
    } catch (SshUnreachableException e) {
      throw RunnerException.of(RunnerException.Reason.UNREACHABLE, e)
          .of(
              run.id().value(),
              Optional.of("`karez resume %s` submits it later".formatted(run.id())));
    }
  }

  private static RunnerException stopped(PlannedRun plan, RunDirectory run, SubmitReply reply) {
    String scheduler = plan.dialect().name();
    return switch (reply) {
      case SubmitReply.Refused(String text) ->
          RunnerException.of(
                  RunnerException.Reason.REFUSED,
                  "`%s` refused run %s:\n%s".formatted(scheduler, run.id(), quoted(text)),
                  "`karez doctor` shows the queues, accounts and limits that there are")
              .of(run.id().value(), Optional.empty());
      case SubmitReply.Uncertain(String text) -> uncertain(scheduler, run, text);
      case SubmitReply.Full(String text) -> uncertain(scheduler, run, text);
      case SubmitReply.Accepted accepted -> throw new IllegalStateException("it was accepted");
    };
  }

  private static RunnerException uncertain(String scheduler, RunDirectory run, String text) {
    return RunnerException.of(
            RunnerException.Reason.UNCERTAIN,
            "nobody knows whether `%s` has run %s:\n%s"
                .formatted(scheduler, run.id(), quoted(text)),
            "`karez status %s` tells when something is known".formatted(run.id()))
        .of(run.id().value(), Optional.empty());
  }

  private static String quoted(String text) {
    return text.indent(2).stripTrailing();
  }

  LaunchedRun find(long id) {
    return guarded(() ->
        Optional.of(id)
            .filter(number -> number > 0)
            .flatMap(number -> delivery.store().find(new RunId(number)))
            .map(run -> new LaunchedRun(delivery, run, RunDocument.read(run)))
            .orElseThrow(() ->
                new InvalidInputException(
                    Problem.at(
                            Place.of(project().root().toString()),
                            "there is no run %d".formatted(id))
                        .hint("`karez status` lists the runs"))));
  }

  void close() {
    delivery.reach().connections().close();
  }

  @FunctionalInterface
  interface Work<T> {
    T make() throws Exception;
  }

  /// For what waits for nobody.
  static <T> T guarded(Work<T> work) {
    try {
      return attempted(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunnerException.of(RunnerException.Reason.BROKEN, e);
    }
  }

  /// Says what fails as users of the library hear it.
  static <T> T attempted(Work<T> work) throws InterruptedException {
    try {
      return work.make();
    } catch (InvalidInputException e) {
      throw RunnerException.of(e);
    } catch (SshUnreachableException e) {
      throw RunnerException.of(RunnerException.Reason.UNREACHABLE, e);
    } catch (TransportException | IOException | UncheckedIOException | IllegalStateException e) {
      throw RunnerException.of(RunnerException.Reason.BROKEN, e);
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
