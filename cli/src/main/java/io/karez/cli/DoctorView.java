package io.karez.cli;

import io.karez.define.Finding;
import io.karez.define.Finding.Grade;
import io.karez.doctor.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Findings as `doctor` shows them: for people below the titles of their sections, for programs a
/// line each.
record DoctorView(boolean person, boolean color) {

  List<String> lines(List<Section> sections) {
    return person ? forPeople(sections) : forPrograms(sections);
  }

  private List<String> forPeople(List<Section> sections) {
    List<String> lines = new ArrayList<>();
    for (Section section : sections) {
      lines.add(Style.HEAD.paint(section.title(), color));
      int width =
          section.findings().stream()
              .mapToInt(finding -> DisplayWidth.of(finding.about()))
              .max()
              .orElse(0);
      for (Finding finding : section.findings()) {
        lines.add(line(finding, width));
        finding
            .hint()
            .filter(hint -> finding.grade() != Grade.OK)
            .ifPresent(
                hint -> lines.add(" ".repeat(width + 6) + "hint: " + Printable.onLine(hint)));
      }
      lines.add("");
    }
    lines.add(sum(sections));
    return lines;
  }

  private String line(Finding finding, int width) {
    String about = Printable.onLine(finding.about());
    String word =
        finding.grade() == Grade.OK || finding.grade() == Grade.NOTE
            ? ""
            : finding.grade().name().toLowerCase(Locale.ROOT) + ": ";
    return "  %s %s%s  %s"
        .formatted(
            style(finding.grade()).paint(symbol(finding.grade()), color),
            Style.FAINT.paint(about, color),
            " ".repeat(Math.max(0, width - DisplayWidth.of(about))),
            style(finding.grade()).paint(word, color) + Printable.onLine(finding.said()));
  }

  private static String sum(List<Section> sections) {
    List<Grade> grades =
        sections.stream()
            .flatMap(section -> section.findings().stream())
            .map(Finding::grade)
            .toList();
    long errors = grades.stream().filter(grade -> grade == Grade.ERROR).count();
    long warnings = grades.stream().filter(grade -> grade == Grade.WARNING).count();
    if (errors + warnings == 0) {
      return "nothing is wrong";
    }
    return Quantities.count(errors, "error") + ", " + Quantities.count(warnings, "warning");
  }

  private static List<String> forPrograms(List<Section> sections) {
    List<String> lines = new ArrayList<>();
    lines.add("grade\tsection\tabout\tsaid\thint");
    for (Section section : sections) {
      lines.addAll(
          section.findings().stream()
              .map(finding ->
                  List.of(
                          finding.grade().name().toLowerCase(Locale.ROOT),
                          section.title(),
                          finding.about(),
                          finding.said(),
                          finding.hint().orElse(""))
                      .stream()
                      .map(Printable::onLine)
                      .collect(Collectors.joining("\t")))
              .toList());
    }
    return lines;
  }

  private static String symbol(Grade grade) {
    return switch (grade) {
      case OK -> "✓";
      case NOTE -> "·";
      case WARNING -> "!";
      case ERROR -> "✗";
    };
  }

  private static Style style(Grade grade) {
    return switch (grade) {
      case OK -> Style.GOOD;
      case NOTE -> Style.PLAIN;
      case WARNING -> Style.ODD;
      case ERROR -> Style.BAD;
    };
  }
}
