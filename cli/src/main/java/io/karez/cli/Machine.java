package io.karez.cli;

import io.karez.define.Resources;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What this machine has, and how many jobs fit on it at a time.
///
/// @param memoryBytes 0 when it is not known
/// @param devices the GPUs, as `CUDA_VISIBLE_DEVICES` names them
record Machine(int cores, long memoryBytes, List<String> devices) {

  static Machine here(Map<String, String> environment) {
    return new Machine(Runtime.getRuntime().availableProcessors(), memory(), devices(environment));
  }

  /// How many jobs at a time, and the GPUs of each.
  record Slots(int count, List<String> devices) {}

  /// @param threads what the user asked for; null for as many as fit
  /// @throws InvalidInputException when not even one fits
  Slots slots(Resources each, @Nullable Integer threads) {
    if (threads != null && threads < 1) {
      throw new InvalidInputException(
          Problem.of("`--threads` must be at least 1, not %d".formatted(threads)));
    }
    int cpus = each.cpus().orElse(1) * each.tasks().orElse(1);
    if (cpus > cores) {
      throw new InvalidInputException(
          Problem.of(
              "each job asks for %s, and this machine has %d"
                  .formatted(Quantities.count(cpus, "core"), cores)));
    }
    int fit = threads != null ? threads : Math.max(1, cores / cpus);
    long memory = each.memory().map(m -> m.bytes()).orElse(0L);
    if (memory > 0 && memoryBytes > 0) {
      if (memory > memoryBytes) {
        throw new InvalidInputException(
            Problem.of(
                "each job asks for %d MiB of memory, and this machine has %d MiB"
                    .formatted(memory >> 20, memoryBytes >> 20)));
      }
      fit = (int) Math.min(fit, memoryBytes / memory);
    }
    int gpus = each.gpus().orElse(0);
    if (gpus == 0) {
      return new Slots(fit, List.of());
    }
    if (gpus > devices.size()) {
      throw new InvalidInputException(
          Problem.of(
              "each job asks for %s, and this machine has %d"
                  .formatted(Quantities.count(gpus, "GPU"), devices.size())));
    }
    int slots = Math.min(fit, devices.size() / gpus);
    return new Slots(
        slots,
        IntStream.range(0, slots)
            .mapToObj(slot -> String.join(",", devices.subList(slot * gpus, (slot + 1) * gpus)))
            .toList());
  }

  private static long memory() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemTotal:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      // Not a Linux: then memory is not counted.
    }
    return 0;
  }

  private static List<String> devices(Map<String, String> environment) {
    @Nullable String visible = environment.get("CUDA_VISIBLE_DEVICES");
    if (visible != null) {
      return visible.isBlank() ? List.of() : List.of(visible.split(","));
    }
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/dev"), "nvidia[0-9]*")) {
      files.forEach(file -> found.add(file.getFileName().toString().replace("nvidia", "")));
    } catch (IOException e) {
      return List.of();
    }
    return found.stream().sorted().toList();
  }
}
