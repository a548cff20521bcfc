package io.karez.site;

import io.karez.define.ExperimentName;
import io.karez.define.Site;
import io.karez.define.SitePlace;
import io.karez.project.Project;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import io.karez.text.Place;
import io.karez.transport.LocalTransport;
import io.karez.transport.SshUnreachableException;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.InstantSource;
import java.util.Optional;

/// The ways from a project to where its jobs are: one connection a site, for as long as a command
/// or a program lasts.
///
/// @param here this machine
public record Reach(Project project, Transport here, Connections connections, InstantSource clock)
    implements Links {

  public static Reach of(Project project) {
    return new Reach(
        project, new LocalTransport(), new Connections(System.getenv()), InstantSource.system());
  }

  /// The site of this name. What an untrusted project says of a site is not used.
  ///
  /// @param place where the name comes from
  public Site site(String name, Place place) {
    Site site = project.config().site(name, place);
    project.trust().require();
    return site;
  }

  /// As {@link #site(String, Place)}, of a name that is a word of its own.
  public Site site(String name) {
    Site site = project.config().site(name);
    project.trust().require();
    return site;
  }

  /// Where the project lies on a site that shares no files with this machine.
  ///
  /// @param make whether to make its directory there
  public Optional<FarProject> project(Optional<Site> site, boolean make) throws TransportException {
    return site.flatMap(Site::host).isEmpty()
        ? Optional.empty()
        : Optional.of(
            FarProject.of(site.get(), project.root(), project.results(), to(site)).found(make));
  }

  public Transport to(Optional<Site> site) {
    return site.map(connections::to).orElse(here);
  }

  /// Where the scheduler of a run is asked.
  public Transport transport(RunDirectory run, RunDocument document) {
    return to(run, document).transport();
  }

  /// What is known of a run's jobs may be old when its site could not be asked.
  ///
  /// @throws TransportException when that was tried and has failed
  public void requireReached(RunDocument document) throws TransportException {
    Optional<SshUnreachableException> refusal =
        document.site().flatMap(place -> connections.refusal(place.site()));
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  /// Takes the next number of a run, and gives the run its place here.
  ///
  /// @param place where its original will lie; empty for this machine
  public RunDirectory next(ExperimentName experiment, Optional<SitePlace> place, RunStore store)
      throws TransportException {
    if (place.isEmpty()) {
      return store.next(experiment);
    }
    SitePlace far = place.get();
    Transport transport = to(Optional.of(site(far.site(), Place.of("a run"))));
    return FarRun.reserve(far, experiment, store, transport);
  }

  /// As {@link #to}, where nobody is asked: what is known of runs on sites is what their copies
  /// say.
  public RunLink copy(RunDirectory run, RunDocument document) {
    return FarRun.isCopy(run, document)
        ? new FarRun(run, document, new Unasked(document.site().orElseThrow().site()), clock, false)
        : new NearRun(run, here);
  }

  /// As {@link #to}, for who only looks: a run whose site is not defined any more is read from its
  /// copy.
  public RunLink seen(RunDirectory run, RunDocument document) {
    Optional<String> lost =
        document
            .site()
            .map(SitePlace::site)
            .filter(name -> FarRun.isCopy(run, document))
            .filter(name -> !project.config().sites().containsKey(name));
    return lost.isEmpty()
        ? to(run, document, false)
        : new FarRun(run, document, new LostSite(lost.get()), clock, false);
  }

  @Override
  public RunLink to(RunDirectory run, RunDocument document) {
    return to(run, document, true);
  }

  private RunLink to(RunDirectory run, RunDocument document, boolean acts) {
    if (!FarRun.isCopy(run, document)) {
      return new NearRun(run, here);
    }
    String name = document.site().orElseThrow().site();
    Site site = site(name, Place.of("run " + document.id()));
    return new FarRun(run, document, to(Optional.of(site)), clock, acts);
  }
}
