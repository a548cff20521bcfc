package io.karez.site;

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
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a machine has, and how many jobs fit on it at a time.
///
/// @param name as sentences call it
/// @param memoryBytes 0 when it is not known
/// @param devices the GPUs, as `CUDA_VISIBLE_DEVICES` names them
public record Machine(String name, int cores, long memoryBytes, List<String> devices) {

  public Machine {
    devices = List.copyOf(devices);
  }

  public static Machine here(Map<String, String> environment) {
    return new Machine(
        "this machine", Runtime.getRuntime().availableProcessors(), memory(), devices(environment));
  }

  /// @param line of `probe.sh`
  /// @return empty when it says something else
  static Optional<Machine> read(String site, String line) {
    if (!line.matches("[1-9][0-9]{0,8} [0-9]{1,15}( [0-9]+)*")) {
      return Optional.empty();
    }
    List<String> words = List.of(line.split(" "));
    return Optional.of(
        new Machine(
            "`" + site + "`",
            Integer.parseInt(words.get(0)),
            Long.parseLong(words.get(1)) * 1024,
            words.subList(2, words.size()).stream().sorted().toList()));
  }

  /// How many jobs at a time, and the GPUs of each.
  public record Slots(int count, List<String> devices) {
    public Slots {
      devices = List.copyOf(devices);
    }
  }

  /// @param threads what the user asked for; null for as many as fit
  /// @throws InvalidInputException when not even one fits
  public Slots slots(Resources each, @Nullable Integer threads) {
    if (threads != null && threads < 1) {
      throw new InvalidInputException(
          Problem.of("`--threads` must be at least 1, not %d".formatted(threads)));
    }
    int cpus = each.cpus().orElse(1) * each.tasks().orElse(1);
    if (cpus > cores) {
      throw new InvalidInputException(
          Problem.of(
              "each job asks for %s, and %s has %d".formatted(count(cpus, "core"), name, cores)));
    }
    int fit = threads != null ? threads : Math.max(1, cores / cpus);
    long memory = each.memory().map(m -> m.bytes()).orElse(0L);
    if (memory > 0 && memoryBytes > 0) {
      if (memory > memoryBytes) {
        throw new InvalidInputException(
            Problem.of(
                "each job asks for %d MiB of memory, and %s has %d MiB"
                    .formatted(memory >> 20, name, memoryBytes >> 20)));
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
              "each job asks for %s, and %s has %d"
                  .formatted(count(gpus, "GPU"), name, devices.size())));
    }
    int slots = Math.min(fit, devices.size() / gpus);
    return new Slots(
        slots,
        IntStream.range(0, slots)
            .mapToObj(slot -> String.join(",", devices.subList(slot * gpus, (slot + 1) * gpus)))
            .toList());
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
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
