package io.karez.scheduler.slurm;

import static io.karez.scheduler.Waiting.because;

import io.karez.scheduler.Waiting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The codes with which Slurm says why a job waits (squeue(1), "JOB REASON CODES").
final class SlurmReasons {
  private SlurmReasons() {}

  /// Empty for a code that is not known here.
  ///
  /// @param reason the code; some say more after a comma or in brackets
  static Optional<Waiting> of(String reason) {
    String code = reason.split("[,(: ]")[0];
    return Optional.ofNullable(
        switch (code) {
          case "None", "" -> because("until the scheduler has looked at it");
          case "Resources" ->
              because(
                  "until nodes with all that it asks for are free",
                  "jobs that ask for less, or for less time, start sooner");
          case "Priority" ->
              because(
                  "behind jobs of higher priority in the same queue",
                  "jobs that ask for little time may be let in between");
          case "Dependency" -> because("for another job to end");
          case "DependencyNeverSatisfied" ->
              because(
                  "for another job, which ended otherwise than was asked: it will wait for ever",
                  "karez cancel RUN");
          case "JobHeldUser" -> because("because its owner holds it back", "karez release RUN");
          case "JobHeldAdmin" ->
              because("because an administrator holds it back", "ask who keeps the cluster why");
          case "BeginTime" -> because("for the time at which it may begin");
          case "JobArrayTaskLimit" ->
              because("because only so many jobs of its run may run at a time (`--throttle`)");
          case "ReqNodeNotAvail" ->
              because(
                  "for a node that is down, drained, or kept for others",
                  "a reservation for maintenance holds back jobs that would run into it: ask for"
                      + " less time, or wait");
          case "NodeDown" -> because("for a node that it needs and that is down");
          case "Reservation" -> because("for its reservation to begin");
          case "Licenses" -> because("for a licence that others are using");
          case "PartitionDown" ->
              because(
                  "because its queue starts no jobs at present", "another queue may: `--queue`");
          case "PartitionInactive" ->
              because("because its queue is switched off", "choose another with `--queue`");
          case "PartitionTimeLimit" ->
              because(
                  "because it asks for more time than its queue allows: it will wait for ever",
                  "cancel it and ask for less with `--time`, or for another queue with `--queue`");
          case "PartitionNodeLimit" ->
              because(
                  "because it asks for more or fewer nodes than its queue allows",
                  "cancel it and ask for other `--nodes`, or for another queue with `--queue`");
          case "BadConstraints" ->
              because(
                  "for a combination of features that no node has: it will wait for ever",
                  "cancel it and ask for something that exists");
          case "AccountNotAllowed", "InvalidAccount" ->
              because("because its account may not run it here", "choose another with `--account`");
          case "InvalidQOS", "QOSNotAllowed" ->
              because("because its quality of service is not allowed here");
          case "Cleaning" -> because("until what is left of its last start is cleared away");
          case "FrontEndDown", "NonZeroExitCode" -> because("after a failure of the cluster");
          case "JobHoldMaxRequeue" ->
              because(
                  "because it was started again too often", "find out why, then karez release RUN");
          case "launch" ->
              because(
                  "because its last start failed on the node's side",
                  "karez release RUN tries again");
          default -> limit(code);
        });
  }

  /// Of the user, the account, or the quality of service; there are many, and they are named alike.
  private static @Nullable Waiting limit(String code) {
    if (!code.matches(
        "(Assoc|QOS|Association)(Max|Grp|Resource|Job|Time|Usage).*|Max.+PerAccount")) {
      return null;
    }
    if (code.contains("PerJob")) {
      return because(
          "because it asks for more than a single job may have here: it will wait for ever",
          "cancel it and ask for less");
    }
    return because(
        "because you or your account use as much as you may at a time",
        "it starts when your other jobs end; limits for a single job do not pass: ask for less");
  }
}
