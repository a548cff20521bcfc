package io.karez.store;

import io.karez.define.RunId;
import java.nio.file.Path;

/// Where the files of one run lie.
///
/// @param path absolute
public record RunDirectory(RunId id, Path path) {

  /// What was asked; never changed.
  public Path document() {
    return path.resolve("run.json");
  }

  /// One line a job, for readers.
  public Path jobs() {
    return path.resolve("jobs.jsonl");
  }

  /// One shell-quoted row a job, for `sh`.
  public Path argv() {
    return path.resolve("argv");
  }

  /// Where the lines of jobs lie that were added to the run, by the index of the first.
  public Path extension(int first) {
    return path.resolve("extensions").resolve(Integer.toString(first));
  }

  public Path claims() {
    return path.resolve("claims");
  }

  public Path claim(int job, int attempt) {
    return claims().resolve(job + "." + attempt);
  }

  public Path events() {
    return path.resolve("events");
  }

  /// In a copy of a run on a site: what of it was sent there, and nothing before anything was.
  public static final String SENT = "sent";

  /// What people say about it.
  public Path comment() {
    return path.resolve("comment.md");
  }

  /// What schedulers and supervisors print.
  public Path scheduler() {
    return path.resolve("scheduler");
  }

  public Path submissions() {
    return path.resolve("submissions");
  }

  public Path submission(int number) {
    return submissions().resolve(Integer.toString(number));
  }

  /// @param directory of the job, as its line says: relative to the run's, or absolute
  public Path job(String directory) {
    return directory.equals(".") ? path : path.resolve(directory);
  }
}
