package io.karez.cli;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What can be said of a definition: each field is an option, and a question where a person can be
/// asked.
final class Form {
  private final List<Field> fields;
  private final Map<Field, List<String>> given = new LinkedHashMap<>();

  Form(Field... fields) {
    this.fields = List.of(fields);
  }

  /// How many values a field takes, and how a person types them.
  enum Shape {
    ONE,
    SEPARATED_BY_COMMAS,
    ONE_A_LINE
  }

  /// Refuses a value by throwing InvalidInputException.
  interface Check {
    Check NONE = (value, place) -> {};

    /// @param place the option, when the value came from one
    void check(String value, Place place);
  }

  /// @param option with its aliases, the one that messages name first; empty for the word that
  ///   stands for itself
  /// @param description a line of the help
  record Field(String option, String label, String description, Shape shape, boolean needed) {

    String name() {
      return option.isEmpty() ? label : option.split(" ")[0];
    }

    String usage() {
      return option.isEmpty() ? label : name() + " " + label;
    }
  }

  /// One question: its field, its words, what an empty line means, and which answers will do.
  record Question(Field field, String words, Supplier<String> preset, Check check) {}

  void declare(Options options) {
    for (Field field : fields) {
      if (field.option().isEmpty()) {
        options.words(
            "[" + field.label() + "]",
            "0..1",
            field.description(),
            words -> give(field, onlyOne(field, words)));
      } else if (field.shape() == Shape.ONE) {
        options.value(
            field.option(),
            field.label(),
            field.description(),
            value -> give(field, List.of(value)));
      } else {
        options.repeated(
            field.option(), field.label(), field.description(), values -> give(field, values));
      }
    }
  }

  boolean isEmpty() {
    return given.isEmpty();
  }

  /// Whether a field is missing that is needed.
  boolean isIncomplete() {
    return fields.stream().anyMatch(field -> field.needed() && lacks(field));
  }

  private boolean lacks(Field field) {
    return !given.containsKey(field);
  }

  /// The value of a field; empty when nothing was said.
  Optional<String> text(Field field) {
    return Optional.ofNullable(given.get(field)).map(List::getFirst);
  }

  /// The values of a field; empty when nothing was said.
  Optional<List<String>> list(Field field) {
    return Optional.ofNullable(given.get(field));
  }

  /// Asks for what was not said.
  void ask(Questions questions, List<Question> all) {
    for (Question question : all) {
      if (lacks(question.field())) {
        give(question.field(), answers(questions, question));
      }
    }
  }

  /// Checks what was said by options.
  ///
  /// @param isAll whether nothing else will be said, so that what is needed must be there
  /// @throws InvalidInputException with all problems
  void check(List<Question> all, boolean isAll) {
    Problems problems = new Problems();
    for (Question question : all) {
      Field field = question.field();
      if (isAll && field.needed() && lacks(field)) {
        problems.add(
            Problem.of("`%s` is missing: %s".formatted(field.usage(), field.description())));
      }
      for (String value : Objects.requireNonNullElse(given.get(field), List.<String>of())) {
        try {
          question.check().check(value, Place.of(field.name()));
        } catch (InvalidInputException e) {
          e.problems().stream()
              .map(p -> new Problem(p.where().or(() -> placeOf(field)), p.message(), p.hint()))
              .forEach(problems::add);
        }
      }
    }
    problems.throwIfAny();
  }

  private void give(Field field, List<String> values) {
    boolean isNone = field.shape() != Shape.ONE && values.equals(List.of(""));
    given.put(field, isNone ? List.of() : values);
  }

  private static Optional<Place> placeOf(Field field) {
    return Optional.of(Place.of(field.name()));
  }

  private static List<String> onlyOne(Field field, List<String> words) {
    if (words.size() > 1) {
      throw new InvalidInputException(
          Problem.of(
              "one %s is expected, not %d: `%s`"
                  .formatted(field.label(), words.size(), String.join("`, `", words))));
    }
    return words;
  }

  private static List<String> answers(Questions questions, Question question) {
    Field field = question.field();
    String preset = question.preset().get();
    return switch (field.shape()) {
      case ONE -> questions.ask(question.words(), preset, text -> List.of(one(question, text)));
      case SEPARATED_BY_COMMAS ->
          questions.ask(question.words(), preset, text -> split(question, text));
      case ONE_A_LINE -> lines(questions, question, preset);
    };
  }

  private static String one(Question question, String text) {
    String answer = text.equals("-") ? "" : text;
    if (answer.isEmpty() && question.field().needed()) {
      throw new InvalidInputException(Problem.of("this one is needed"));
    }
    if (!answer.isEmpty()) {
      checked(question, answer);
    }
    return answer;
  }

  private static List<String> split(Question question, String text) {
    List<String> items =
        text.equals("-")
            ? List.of()
            : Stream.of(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    items.forEach(item -> checked(question, item));
    return items;
  }

  private static List<String> lines(Questions questions, Question question, String preset) {
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = questions.ask(question.words(), preset, text -> one(question, text));
      if (line.isEmpty()) {
        return lines;
      }
      lines.add(line);
    }
  }

  /// Drops the place, which is an option that the person has not typed.
  private static void checked(Question question, String answer) {
    try {
      question.check().check(answer, Place.of(question.field().name()));
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          e.problems().stream()
              .map(p -> new Problem(Optional.empty(), p.message(), p.hint()))
              .toList());
    }
  }
}
