package io.karez.expand;

import static io.karez.expand.Expanded.lines;
import static io.karez.expand.Expanded.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterFileTest {

  private static SweepRequest file(String text) {
    return SweepRequest.of(List.of()).withFile(ParameterFile.read(text, "p.yaml"));
  }

  private static List<String> faults(String text) {
    return problems(() -> ParameterFile.read(text, "p.yaml"));
  }

  private static final String CASE_08 =
      """
      fixed_args:
        options: {'--mean': '10, -50'}
      varying_args:
        range:
          options: {'--n_samples': [5, 51, 10]}
        groups:
          - options: {'--cov': '1, 0.8, 0.8, 1'}
            positional: {0: 10}
          - options: {'--cov': '1, 0.4, 0.4, 1'}
            positional: {0: 10, 1: 500}
      """;

  @Test
  void case08_fixedGroupsAndRange() {
    List<String> expected =
        IntStream.range(0, 10)
            .mapToObj(i ->
                "10%s --mean '10, -50' --cov '1, %s, 1' --n_samples %d"
                    .formatted(
                        i % 2 == 0 ? "" : " 500",
                        i % 2 == 0 ? "0.8, 0.8" : "0.4, 0.4",
                        5 + i / 2 * 10))
            .toList();
    assertThat(lines(file(CASE_08))).isEqualTo(expected);
    assertThat(((Grid) file(CASE_08).expand()).at(9).parameters())
        .isEqualTo(
            Map.of(
                "pos_0",
                "10",
                "pos_1",
                "500",
                "mean",
                "10, -50",
                "cov",
                "1, 0.4, 0.4, 1",
                "n_samples",
                "45"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed_args: {positional: {1: b, 0: a}}",
        "fixed_args: {positional: [a, b]}",
        "fixed_args: {positional: {10: b, 9: a}}",
        "fixed_args: {positional: {'1': b, \"0\": a}}",
      })
  void case09_positionalsAreSortedByNumber(String text) {
    assertThat(lines(file(text))).containsExactly("a b");
  }

  @Test
  void case10_rangesOnTwoPositionalsGiveEveryCombination() {
    assertThat(lines(file("varying_args: {range: {positional: {0: [0, 2, 1], 1: [5, 7, 1]}}}")))
        .containsExactly("0 5", "1 5", "0 6", "1 6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{start: 0, stop: 2, step: 1}",
        "{stop: 2, start: 0}",
        "[0, 2, 1]",
        "[0, 2]",
        "['0', \"2\"]",
      })
  void case11_aRangeIsAListOrAMapping(String range) {
    assertThat(lines(file("varying_args: {range: {options: {--n: " + range + "}}}")))
        .containsExactly("--n 0", "--n 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "fixed_args: {options: {mean: 3}}; p.yaml:1:24: the option `mean` in `fixed_args.options`"
            + " does not start with `--` (write `'--mean'`)",
        "fixed_args: {options: {--a: 1, --a: 2}}; p.yaml:1:32: the key `--a` stands twice, first in"
            + " line 1",
        "fixed_args: {options: {--a: }}; p.yaml:1:24: `fixed_args.options.--a` has no value (write"
            + " `[]` for an option without a value)",
        "fixed_args: {positional: {0: ~}}; p.yaml:1:27: `fixed_args.positional.0` has no value",
        "|# only a comment|; p.yaml: the file is empty (it needs `fixed_args`, `varying_args` or"
            + " both)",
        "{}; |p.yaml:1:1: the file is empty; it needs `fixed_args`, `varying_args`|",
        "fixed_arg: {options: {--a: 1}}; |p.yaml:1:1: unknown key `fixed_arg`; valid: `fixed_args`,"
            + " `varying_args` (did you mean `fixed_args`?)|",
        "varying_args: {ranges: {options: {--a: [0, 1]}}}; |p.yaml:1:16: unknown key"
            + " `varying_args.ranges`; valid: `range`, `groups` (did you mean `range`?)|",
        "varying_args: {groups: []}; p.yaml:1:24: `varying_args.groups` is not a list of groups",
        "varying_args: {groups: [{option: {--a: 1}}]}; |p.yaml:1:26: unknown key"
            + " `varying_args.groups[0].option`; valid: `options`, `positional` (did you mean"
            + " `options`?)|",
        "varying_args: {range: {options: {--a: 3}}}; p.yaml:1:34: the range"
            + " `varying_args.range.options.--a` does not have 2 or 3 numbers (write `[START, STOP,"
            + " STEP]` or `{start: START, stop: STOP, step: STEP}`)",
        "varying_args: {range: {options: {--a: {start: 0}}}}; p.yaml:1:34: the range"
            + " `varying_args.range.options.--a` has no `stop`",
        "varying_args: {range: {options: {--a: [0, x]}}}; p.yaml:1:34: the stop `x` of the range"
            + " `varying_args.range.options.--a` is not a number",
        "fixed_args: {options: {--a: {b: c}}}; p.yaml:1:29: `fixed_args.options.--a` is not a plain"
            + " value",
        "fixed_args: {positional: {first: a}}; p.yaml:1:27: `first` in `fixed_args.positional` is"
            + " not a position: 0, 1, 2, ...",
        "fixed_args: {positional: {0: a, 00: b}}; p.yaml:1:33: the position 0 is given twice in"
            + " `fixed_args.positional`",
      })
  void case12_faultsNameFileLineColumnAndKey(String text, String expected) {
    assertThat(faults(text)).containsExactly(expected);
  }

  @Test
  void case12_theSameArgumentInTwoPartsIsRefused() {
    String text =
        """
        fixed_args:
          options: {--a: 1, --b: 1}
          positional: {0: x}
        varying_args:
          range:
            options: {--b: [0, 2]}
          groups:
            - options: {--a: 2}
              positional: {0: y}
        """;
    assertThat(problems(() -> file(text).expand()))
        .containsExactly(
            "p.yaml:9:20: `pos_0` is already given by p.yaml:3:16",
            "p.yaml:8:17: `--a` is already given by p.yaml:2:13",
            "p.yaml:6:15: `--b` is already given by p.yaml:2:21");
    assertThat(
            problems(() ->
                SweepRequest.of(List.of("--mean", "1"))
                    .withFile(ParameterFile.read(CASE_08, "p.yaml"))
                    .expand()))
        .containsExactly("p.yaml:2:13: `--mean` is already given by the arguments");
  }

  @Test
  void allProblemsOfAFileComeTogether() {
    String text =
        """
        fixed: {}
        fixed_args: {options: {a: 1, --b: null}}
        varying_args: {range: {options: {--c: [0, 1, 0]}}, groups: [3]}
        """;
    assertThat(faults(text)).hasSize(5);
  }

  @Test
  void valuesAreVerbatim() {
    String text =
        """
        fixed_args:
          options:
            --a: 10.
            --b: 0755
            --c: 12:30:00
            --d: no
            --e: 1e-3
            --f: 'true'
            --g: True
            --h: ""
            --i: [1., 'b c', 0x10]
            --j: []
            -k: "line\\nbreak"
            --l: -50
        """;
    assertThat(file(text).expand().iterator().next().args())
        .containsExactly(
            "--a",
            "10.",
            "--b",
            "0755",
            "--c",
            "12:30:00",
            "--d",
            "no",
            "--e",
            "1e-3",
            "--f",
            "true",
            "--g",
            "True",
            "--h",
            "",
            "--i",
            "1.",
            "b c",
            "0x10",
            "--j",
            "-k",
            "line\nbreak",
            "--l",
            "-50");
  }

  @Test
  void positionalsOfAllPartsInterleaveByNumber() {
    String text =
        """
        fixed_args: {positional: {1: fixed}}
        varying_args:
          range: {positional: {3: [0, 2]}}
          groups:
            - positional: {0: a, 2: b}
            - positional: {0: c}
        """;
    assertThat(lines(file(text)))
        .containsExactly("a fixed b 0", "c fixed 0", "a fixed b 1", "c fixed 1");
  }

  @Test
  void commandLineWordsGroupsAndRangesCombineWithAFile() {
    SweepRequest request =
        SweepRequest.of(List.of("first"))
            .withFile(
                ParameterFile.read(
                    "{fixed_args: {options: {--f: 1}}, varying_args: {groups: [{options: {--g: a}},"
                        + " {options: {--g: b}}]}}",
                    "p.yaml"))
            .withGroups(List.of("--h x", "--h y"))
            .withRanges(List.of("--r 0 2"));
    assertThat(lines(request))
        .containsExactly(
            "first --f 1 --g a --h x --r 0", "first --f 1 --g a --h y --r 0",
            "first --f 1 --g b --h x --r 0", "first --f 1 --g b --h y --r 0",
            "first --f 1 --g a --h x --r 1", "first --f 1 --g a --h y --r 1",
            "first --f 1 --g b --h x --r 1", "first --f 1 --g b --h y --r 1");
  }
}
