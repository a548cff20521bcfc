package io.karez.template;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What runs a launch script.
public enum ScriptType {
  BASH,
  SH,
  LOCAL,
  SLURM,
  HTCONDOR,
  OAR,
  TORQUE,
  PBSPRO,
  SGE,
  LSF,
  MOAB,
  KUBERNETES;

  /// As it stands in the name of a template.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The runner that scripts of this type are meant for.
  public String runner() {
    return this == BASH || this == SH ? LOCAL.word() : word();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(ScriptType::word).toList();
  }

  /// @throws InvalidInputException when there is none of that name
  static ScriptType of(String word, Place place) {
    return Arrays.stream(values())
        .filter(type -> type.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                Problem.at(place, "`%s` is no type of launch script".formatted(word))
                    .hint(
                        Nearest.to(word, words())
                            .map("did you mean `%s`?"::formatted)
                            .orElse(
                                "the types are `%s`".formatted(String.join("`, `", words()))))));
  }
}
