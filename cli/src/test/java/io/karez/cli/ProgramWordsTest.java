package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgramWordsTest {

  @Test
  void case02_optionsAfterTheNameThatAreNotOursAreThePrograms() {
    assertThat(split("e", "1", "--lr", "0.1", "--flag"))
        .isEqualTo(
            new ProgramWords(List.of(), Optional.of("e"), List.of("1", "--lr", "0.1", "--flag")));
  }

  @Test
  void case04_repeatedOptionsAndNegativeValuesKeepTheirPlaces() {
    assertThat(split("e", "--x", "1", "--detach", "--x", "2", "--lr", "-1", "--tag", "t", "-"))
        .isEqualTo(
            new ProgramWords(
                List.of("--detach", "--tag", "t"),
                Optional.of("e"),
                List.of("--x", "1", "--x", "2", "--lr", "-1", "-")));
  }

  @Test
  void wordsAfterTwoDashesAreThePrograms() {
    Random random = new Random(5);
    List<String> alphabet =
        List.of(
            "--",
            "-R",
            "--detach",
            "--detac",
            "-g",
            "--runner",
            "x",
            "",
            "--project",
            "--help",
            "=");
    for (int round = 0; round < 300; round++) {
      List<String> program = new ArrayList<>();
      for (int length = random.nextInt(6); length > 0; length--) {
        program.add(alphabet.get(random.nextInt(alphabet.size())));
      }
      List<String> words = new ArrayList<>(List.of("--tag", "t", "--"));
      words.addAll(program);
      assertThat(split(words.toArray(String[]::new)))
          .isEqualTo(new ProgramWords(List.of("--tag", "t"), Optional.empty(), program));
      words.add(2, "e");
      assertThat(split(words.toArray(String[]::new)))
          .isEqualTo(new ProgramWords(List.of("--tag", "t"), Optional.of("e"), program));
    }
  }

  @Test
  void aNearMissOfALongOptionIsRefusedAndCanBePassedOn() {
    assertThat(problem("e", "--descripton", "x"))
        .isEqualTo(
            Problem.of("`--descripton` is nearly `--description`, which is Karez's own option")
                .hint(
                    "write `--description`, or put `--descripton` after `--` to pass it on to the"
                        + " program"));
    assertThat(split("e", "--", "--descripton", "x").program())
        .containsExactly("--descripton", "x");
    // Shorter names are too easily near to something.
    assertThat(split("e", "--tags", "x").program()).containsExactly("--tags", "x");
  }

  @Test
  void whatIsAnOptionButForDashesUnderscoresAndCaseIsRefused() {
    for (String word :
        List.of("--dryrun", "--DryRun", "--Dry_Run", "--dry-rn", "--detatch", "--DETACH")) {
      String meant = word.toLowerCase(Locale.ROOT).startsWith("--det") ? "--detach" : "--dry-run";
      assertThat(problem("e", word).sentence().replace("_", "-"))
          .isEqualTo(
              "`%s` is nearly `%s`, which is Karez's own option"
                  .formatted(word.replace("_", "-"), meant));
    }
    assertThat(problem("e", "--paramfiel=x").sentence())
        .startsWith("`--paramfiel` is nearly `--param");
    for (String word : List.of("--filters", "--samples", "-T", "--Help", "--attach")) {
      assertThat(split("e", word).program()).containsExactly(word);
    }
  }

  @Test
  void anOptionThatEitherMayMeanIsRefusedAfterTheName() {
    assertThat(split("--link", "a,b", "e"))
        .isEqualTo(new ProgramWords(List.of("--link", "a,b"), Optional.of("e"), List.of()));
    assertThat(split("e", "--", "--link", "a,b").program()).containsExactly("--link", "a,b");
    for (String[] words :
        List.of(new String[] {"e", "--link", "a"}, new String[] {"e", "--link=a"})) {
      assertThat(problem(words))
          .isEqualTo(
              Problem.of("`--link` could be Karez's option or the program's")
                  .hint(
                      "put it before the name for Karez, or after `--` to pass it on to the"
                          + " program"));
    }
  }

  @Test
  void anUnknownOptionBeforeTheNameIsAnError() {
    assertThat(problem("--lr", "0.1", "e").sentence()).isEqualTo("there is no option `--lr`");
    assertThat(problem("--detch", "e").hint()).contains("did you mean `--detach`?");
  }

  @Test
  void anOptionWithoutItsValueIsAnError() {
    assertThat(problem("e", "--tag").sentence()).isEqualTo("`--tag` needs a value");
    assertThat(split("e", "--tag=t", "x"))
        .isEqualTo(new ProgramWords(List.of("--tag=t"), Optional.of("e"), List.of("x")));
  }

  private static Problem problem(String... words) {
    InvalidInputException[] thrown = new InvalidInputException[1];
    assertThatThrownBy(() -> split(words))
        .isInstanceOfSatisfying(InvalidInputException.class, e -> thrown[0] = e);
    return thrown[0].problems().getFirst();
  }

  private static ProgramWords split(String... words) {
    Options options = new Options();
    new RunCommand().declare(options);
    return ProgramWords.split(
        options.spec(), List.of(words), Set.of("--project", "--help"), Set.of("--link"));
  }
}
