package io.karez.scheduler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The shell scripts that run jobs; what they do is said in them.
public final class Scripts {
  private Scripts() {}

  /// The local supervisor.
  public static String local() {
    return read("job.sh") + read("local.sh") + read("verbs.sh");
  }

  /// The supervisor of steps in an allocation of Slurm.
  public static String steps() {
    return read("job.sh") + read("local.sh") + read("steps.sh") + read("verbs.sh");
  }

  /// The wrapper of batch jobs.
  public static String wrapper() {
    return read("job.sh") + read("batch.sh");
  }

  /// What the scripts of all containers begin with.
  public static String container() {
    return read("container.sh");
  }

  /// What starts programs by apptainer or singularity.
  public static String apptainer() {
    return read("apptainer.sh");
  }

  /// What starts programs by podman or docker.
  public static String client() {
    return read("podman.sh");
  }

  /// What runs several of them inside one job.
  public static String pack() {
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
