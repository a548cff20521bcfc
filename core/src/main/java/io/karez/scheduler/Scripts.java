package io.karez.scheduler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The shell scripts that run jobs; what they do is said in them.
final class Scripts {
  private Scripts() {}

  /// The local supervisor.
  static String local() {
    return read("job.sh") + read("local.sh") + read("verbs.sh");
  }

  /// The supervisor of steps in an allocation of Slurm.
  static String steps() {
    return read("job.sh") + read("local.sh") + read("steps.sh") + read("verbs.sh");
  }

  /// The wrapper of batch jobs.
  static String wrapper() {
    return read("job.sh") + read("batch.sh");
  }

  /// What the scripts of all containers begin with.
  static String container() {
    return read("container.sh");
  }

  /// What starts programs by apptainer or singularity.
  static String apptainer() {
    return read("apptainer.sh");
  }

  /// What starts programs by podman or docker.
  static String client() {
    return read("podman.sh");
  }

  /// What runs several of them inside one job.
  static String pack() {
    return read("pack.sh");
  }

  private static String read(String name) {
    try (InputStream in = Objects.requireNonNull(Scripts.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
