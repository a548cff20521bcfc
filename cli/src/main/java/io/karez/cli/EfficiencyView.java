package io.karez.cli;

import io.karez.define.Memory;
import io.karez.define.WallTime;
import io.karez.inspect.Advice;
import io.karez.inspect.Amounts;
import io.karez.inspect.Efficiency;
import io.karez.inspect.JobUse;
import io.karez.inspect.RunView;
import io.karez.text.Decimals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// What `efficiency` says of a run or a job.
record EfficiencyView(RunView run, Efficiency efficiency, boolean color) {
  private static final String UNKNOWN = "-";

  private static final List<TextTable.Column> SUMMARY =
      List.of(
          TextTable.Column.of(""),
          TextTable.Column.number("asked"),
          TextTable.Column.number("median"),
          TextTable.Column.number("max"),
          TextTable.Column.number("job at max"));

  private static final List<TextTable.Column> JOBS =
      List.of(
          TextTable.Column.number("job"),
          TextTable.Column.of("status"),
          TextTable.Column.number("cpu"),
          TextTable.Column.number("memory"),
          TextTable.Column.number("time"),
          TextTable.Column.number("wasted"),
          TextTable.Column.text("parameters").leaving(1));

  /// The whole run: a table of sums, what is advised, a table of its jobs.
  List<String> run(boolean person, int columns, int height) {
    List<String> lines = new ArrayList<>();
    if (person) {
      lines.add(
          Style.HEAD.paint("run " + Sentences.name(run.document()), color)
              + "  "
              + Sentences.counts(run.counts()));
      lines.add("");
    }
    TextTable summary = summary();
    lines.addAll(person ? summary.lines(columns, color) : summary.tabbed());
    lines.add("");
    lines.add(wasted());
    List<Advice> advised = advice();
    advised.forEach(advice -> lines.add(advice.sentence()));
    if (advised.isEmpty()) {
      lines.add("no advice: what was asked for fits, or too little is known");
    }
    lines.add("");
    List<JobUse> jobs = efficiency.worstFirst();
    int room = Math.max(1, height - lines.size() - 2);
    List<JobUse> shown = jobs.subList(0, Math.min(room, jobs.size()));
    TextTable table = jobs(shown);
    lines.addAll(person ? table.lines(columns, color) : table.tabbed());
    if (shown.size() < jobs.size()) {
      lines.add(
          Style.FAINT.paint("... and %d more: --all".formatted(jobs.size() - shown.size()), color));
    }
    return lines;
  }

  List<String> job(JobUse job) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("state", StateMark.word(job.state()));
    fields.put("asked", asked(job));
    fields.put(
        "cpu",
        job.cpu()
            .map(cpu ->
                "%s%s%s"
                    .formatted(
                        least(cpu),
                        Quantities.duration(duration(cpu.value())),
                        job.coreTime()
                            .map(time ->
                                " of %s of core time%s"
                                    .formatted(
                                        Quantities.duration(time), inBrackets(job.cpuShare())))
                            .orElse("")))
            .orElse(UNKNOWN));
    fields.put(
        "memory",
        job.memory()
            .map(peak -> memory(job) + inBrackets(job.memoryShare()) + ", by " + peak.source())
            .orElse(UNKNOWN));
    fields.put("time", time(job) + inBrackets(job.timeShare()));
    fields.put("wasted", job.wasted().map(EfficiencyView::coreTime).orElse(UNKNOWN));
    return Fields.lines("job", run.document().id() + "/" + job.index(), fields, color);
  }

  List<Advice> advice() {
    return Advice.of(efficiency, run.settled()).stream()
        .map(advice ->
            new Advice(
                advice.about(),
                advice.sentence().replace("RUN", run.document().id().toString()),
                advice.option()))
        .toList();
  }

  /// `310M of 4G`.
  static String memory(JobUse job) {
    return job.memory()
        .map(peak ->
            least(peak)
                + Amounts.memory(Math.round(peak.value()))
                + job.asked().memory().map(asked -> " of " + asked).orElse(""))
        .orElse(UNKNOWN);
  }

  /// `1:00:05 of 1:00:00`.
  static String time(JobUse job) {
    return job.elapsed()
        .map(time ->
            WallTime.shown(time)
                + job.asked().time().map(limit -> " of " + WallTime.shown(limit)).orElse(""))
        .orElse(UNKNOWN);
  }

  private String wasted() {
    return efficiency.coreTime().isZero()
        ? "wasted: not known"
        : "wasted: %s of %s of core time"
            .formatted(coreTime(efficiency.wasted()), coreTime(efficiency.coreTime()));
  }

  private TextTable summary() {
    return new TextTable(
        SUMMARY,
        List.of(
            row(
                "cpu",
                asked(job -> job.asked().cores(), cores -> Quantities.count(cores, "core")),
                efficiency.cpu(),
                cores -> Amounts.cores(cores) + " busy"),
            row(
                "memory",
                asked(job -> job.asked().memory(), Memory::toString),
                efficiency.memory(),
                bytes -> Amounts.memory(Math.round(bytes))),
            row(
                "time",
                asked(job -> job.asked().time(), WallTime::shown),
                efficiency.time(),
                EfficiencyView::clock)));
  }

  private static List<TextTable.Cell> row(
      String name,
      String asked,
      Optional<Efficiency.Spread> spread,
      DoubleFunction<String> amount) {
    return List.of(
        TextTable.Cell.of(name, Style.FAINT),
        TextTable.Cell.of(asked),
        TextTable.Cell.of(
            spread.map(s -> amount.apply(s.median()) + inBrackets(s.share())).orElse(UNKNOWN)),
        TextTable.Cell.of(
            spread
                .map(s ->
                    (s.isLeast() ? "≥ " : "") + amount.apply(s.max()) + inBrackets(s.maxShare()))
                .orElse(UNKNOWN)),
        TextTable.Cell.of(spread.map(s -> Integer.toString(s.jobAtMax())).orElse(UNKNOWN)));
  }

  /// What the jobs asked for, from the least to the most.
  private <T extends Comparable<? super T>> String asked(
      Function<JobUse, Optional<T>> amount, Function<T, String> text) {
    List<String> all =
        efficiency.jobs().stream()
            .flatMap(job -> amount.apply(job).stream())
            .distinct()
            .sorted()
            .map(text)
            .toList();
    return switch (all.size()) {
      case 0 -> UNKNOWN;
      case 1 -> all.getFirst();
      default -> all.getFirst() + " to " + all.getLast();
    };
  }

  private TextTable jobs(List<JobUse> jobs) {
    TellingParameters parameters = TellingParameters.of(run.directory());
    List<List<TextTable.Cell>> rows = new ArrayList<>();
    for (JobUse job : jobs) {
      rows.add(
          List.of(
              TextTable.Cell.of(Integer.toString(job.index())),
              StateMark.cell(job.state(), ""),
              TextTable.Cell.of(cpu(job)),
              TextTable.Cell.of(memory(job)),
              TextTable.Cell.of(time(job)),
              TextTable.Cell.of(job.wasted().map(EfficiencyView::coreTime).orElse(UNKNOWN)),
              TextTable.Cell.of(parameters.of(job.index()))));
    }
    return new TextTable(JOBS, rows);
  }

  private static String cpu(JobUse job) {
    String least = job.cpu().map(EfficiencyView::least).orElse("");
    return job.cpuShare()
        .map(share -> least + Amounts.share(share))
        .or(() -> job.busy().map(cores -> least + Amounts.cores(cores) + " busy"))
        .orElse(UNKNOWN);
  }

  private static String asked(JobUse job) {
    List<String> words = new ArrayList<>();
    job.asked().cores().ifPresent(cores -> words.add(Quantities.count(cores, "core")));
    job.asked().memory().ifPresent(memory -> words.add(memory.toString()));
    job.asked().time().ifPresent(time -> words.add(WallTime.shown(time)));
    return words.isEmpty() ? UNKNOWN : String.join(", ", words);
  }

  private static String least(JobUse.Amount amount) {
    return amount.isLeast() ? "≥ " : "";
  }

  private static String inBrackets(Optional<Double> share) {
    return share.map(known -> " (" + Amounts.share(known) + ")").orElse("");
  }

  private static String clock(double seconds) {
    return WallTime.shown(duration(seconds));
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /// `12.3 core-h`; less than a tenth of one as `4 min 05 s`.
  private static String coreTime(Duration time) {
    return time.toMinutes() < 6
        ? Quantities.duration(time)
        : Decimals.fixed(time.toMillis() / 3_600_000.0, time.toHours() < 10 ? 2 : 1) + " core-h";
  }
}
