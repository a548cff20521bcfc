package io.karez.doctor;

import io.karez.define.Finding;
import io.karez.text.Decimals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a directory's measures mean for runs in it.
final class DirectoryFindings {
  private static final long MIB = 1L << 20;
  private static final long FEW_FILES = 10_000;

  /// File systems that are made to be seen from several machines.
  private static final Set<String> SHARED =
      Set.of(
          "nfs",
          "nfs4",
          "lustre",
          "gpfs",
          "beegfs",
          "ceph",
          "cifs",
          "smb3",
          "9p",
          "afs",
          "panfs",
          "wekafs",
          "orangefs",
          "glusterfs",
          "fuse.glusterfs",
          "fuse.sshfs",
          "fuse.ceph",
          "virtiofs");

  /// Files in it are gone when the machine starts anew.
  private static final Set<String> PASSING = Set.of("tmpfs", "ramfs");

  private DirectoryFindings() {}

  /// @param batch whether a batch system was found here
  /// @param inodes how many files may still be made; empty when that is not known
  static List<Finding> of(DirectoryProbe probe, boolean batch, Optional<Long> inodes) {
    List<Finding> findings = new ArrayList<>();
    if (probe.trouble().isPresent()) {
      findings.add(
          Finding.error(
              "writable",
              "`%s`: %s".formatted(probe.directory(), probe.trouble().get()),
              "runs are kept there: `karez config set result_dir DIR` chooses another place"));
    } else {
      findings.add(Finding.ok("writable", probe.directory().toString()));
      findings.add(latency(probe.each()));
      findings.add(clock(probe.skew()));
    }
    findings.add(type(probe.type(), batch));
    findings.add(space(probe.free(), probe.total()));
    inodes.map(DirectoryFindings::files).ifPresent(findings::add);
    return findings;
  }

  private static Finding latency(Duration each) {
    double millis = each.toNanos() / 1e6;
    String said =
        "%s ms to make a file, rename it, and make a directory"
            .formatted(Decimals.fixed(millis, millis < 10 ? 2 : 0));
    String hint =
        "every job does that a few times: a thousand take about %d s of it"
            .formatted(Math.max(1, Math.round(millis * 4)));
    if (millis > 100) {
      return Finding.warning("latency", said, hint);
    }
    return millis > 20 ? Finding.note("latency", said, hint) : Finding.ok("latency", said);
  }

  private static Finding clock(Duration skew) {
    if (skew.abs().compareTo(Duration.ofSeconds(2)) <= 0) {
      return Finding.ok("clock", "the file system's agrees with this machine's");
    }
    return Finding.warning(
        "clock",
        "the file system's is %d s %s this machine's"
            .formatted(skew.abs().toSeconds(), skew.isNegative() ? "behind" : "ahead of"),
        "how long a job has been silent is off by that: ask who keeps the machines to set the"
            + " clocks");
  }

  private static Finding type(String type, boolean batch) {
    if (SHARED.contains(type)) {
      return Finding.ok("file system", type + ", which several machines can share");
    }
    if (PASSING.contains(type)) {
      return Finding.warning(
          "file system", type, "what lies in memory is gone when the machine starts anew");
    }
    return batch
        ? Finding.note(
            "file system",
            type,
            "if it belongs to this machine alone, jobs on others cannot see it")
        : Finding.ok("file system", type);
  }

  private static Finding space(long free, long total) {
    String said = "%s free of %s".formatted(size(free), size(total));
    if (free < 10 * MIB) {
      return Finding.error("space", said, "jobs cannot write their results: remove something");
    }
    return free < 1024 * MIB
        ? Finding.warning("space", said, "jobs that cannot write fail")
        : Finding.ok("space", said);
  }

  private static Finding files(long free) {
    String said = "%d more can be made".formatted(free);
    if (free == 0) {
      return Finding.error("files", said, "jobs cannot write their results: remove some");
    }
    return free < FEW_FILES
        ? Finding.warning("files", said, "each job makes about six")
        : Finding.ok("files", said);
  }

  private static String size(long bytes) {
    double gibibytes = (double) bytes / (1024 * MIB);
    return gibibytes < 1
        ? bytes / MIB + " MiB"
        : Decimals.fixed(gibibytes, gibibytes < 100 ? 1 : 0) + " GiB";
  }
}
