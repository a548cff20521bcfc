package io.karez.expand;

import static io.karez.expand.Expanded.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.Place;
import io.karez.text.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepWordsTest {

  private static Sweep sweep(String... words) {
    return SweepRequest.of(List.of(words)).withSweep(true).expand();
  }

  private static List<List<String>> args(String... words) {
    return sweep(words).stream().map(ParameterSet::args).toList();
  }

  @Test
  void case43_theLastAxisVariesFastestAndTextIsVerbatim() {
    assertThat(args("optimizer.lr=10.,1.", "seed=1,2"))
        .containsExactly(
            List.of("optimizer.lr=10.", "seed=1"),
            List.of("optimizer.lr=10.", "seed=2"),
            List.of("optimizer.lr=1.", "seed=1"),
            List.of("optimizer.lr=1.", "seed=2"));
  }

  @Test
  void case50_quotedNamesRangesAndChoicesFromAShellLine() {
    List<String> words =
        ShellWords.split("name=\"a b\" seed=range(1,4) lr=choice(1,2)", Place.of("script.sh"));
    assertThat(SweepRequest.of(words).withSweep(true).expand().stream().map(ParameterSet::args))
        .containsExactly(
            List.of("name=a b", "seed=1", "lr=1"),
            List.of("name=a b", "seed=1", "lr=2"),
            List.of("name=a b", "seed=2", "lr=1"),
            List.of("name=a b", "seed=2", "lr=2"),
            List.of("name=a b", "seed=3", "lr=1"),
            List.of("name=a b", "seed=3", "lr=2"));
  }

  @Test
  void case52_optionsOfAnyProgramAreSwept() {
    assertThat(sweep("in.dat", "--a=1,2", "-b=x,y", "--c", "1,2"))
        .extracting(ParameterSet::args)
        .containsExactly(
            List.of("in.dat", "--a=1", "-b=x", "--c", "1,2"),
            List.of("in.dat", "--a=1", "-b=y", "--c", "1,2"),
            List.of("in.dat", "--a=2", "-b=x", "--c", "1,2"),
            List.of("in.dat", "--a=2", "-b=y", "--c", "1,2"));
    assertThat(sweep("in.dat", "--a=1,2").iterator().next().parameters())
        .isEqualTo(Map.of("pos_0", "in.dat", "a", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a=1, 2 ,3; a=1|a=2|a=3",
        "a=[1,2],[3]; a=[1,2]|a=[3]",
        "a={x:1,y:2},{x:[1,{y:2}]}; a={x:1,y:2}|a={x:[1,{y:2}]}",
        "a='x,y',\"z,w\"; a='x,y'|a=\"z,w\"",
        "a='it\\'s, so',b; a='it\\'s, so'|a=b",
        "a=x\\,y,z; a=x\\,y|a=z",
        "a=choice(x, y); a=x|a=y",
        "a=choice([1,2],'p)q'); a=[1,2]|a='p)q'",
        "a=choice(one); a=one",
        "a=range(3); a=0|a=1|a=2",
        "a=range(0,1,0.25); a=0.00|a=0.25|a=0.50|a=0.75",
        "a=range(stop=3, start=1); a=1|a=2",
        "a=range(5,0,-2); a=5|a=3|a=1",
        "+a=1,2; +a=1|+a=2",
        "++a.b=1,2; ++a.b=1|++a.b=2",
        "db@src:dst=x,y; db@src:dst=x|db@src:dst=y",
        "a=int(1),f(2,3); a=int(1)|a=f(2,3)",
        "a=${b,c},d; a=${b,c}|a=d",
        "--a='x,y',z; --a=x,y|--a=z",
        "--a=x\\,y,z; --a=x,y|--a=z",
      })
  void axes(String word, String expected) {
    assertThat(
            sweep(word).stream().map(set -> set.args().getFirst()).collect(Collectors.joining("|")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lr=1",
        "lr=",
        "name=a b",
        "list=[1,2]",
        "d={a:1,b:2}",
        "q='a,b'",
        "q=\"a,b\"",
        "e=a\\,b",
        "1,2",
        "--flag",
        "a,b=c,d",
        "~key",
        "~key=1,2",
        "x=f(1,2)",
        "x=str(a,b)x",
        "x=choice(a)y(b)",
        "x=int(3)",
        "a b=1,2",
        "--a='b'",
        "x=(",
        "=1,2"
      })
  void wordsThatAreNoSweepArePassedOnUntouched(String word) {
    assertThat(args(word)).containsExactly(List.of(word));
  }

  @Test
  void parametersShowTheValueAsTheProgramSeesIt() {
    assertThat(
            sweep("+a.b='x,\\'y',z\\,w,[1,'2']", "c@d='e'").stream().map(ParameterSet::parameters))
        .containsExactly(
            Map.of("a.b", "x,'y", "c@d", "'e'"),
            Map.of("a.b", "z,w", "c@d", "'e'"),
            Map.of("a.b", "[1,'2']", "c@d", "'e'"));
  }

  @Test
  void everyFaultIsNamedWithItsWord() {
    assertThat(
            problems(() ->
                sweep(
                    "a=1,,2",
                    "b=1,",
                    "c=[1,2",
                    "d='x,y",
                    "e=1,2)",
                    "f=glob(*)",
                    "g=interval(0,1)",
                    "h=rnage(1,3)",
                    "i=range(1,2,3,4)",
                    "j=range(1,x)",
                    "k=int(1,2)",
                    "l=sort(2,1)",
                    "m=choice(1),choice(2)",
                    "n=choice()",
                    "o=range(3,1)")))
        .containsExactly(
            "--sweep: `a=1,,2`: a value between the commas is empty (write `''` for empty text,"
                + " `\\,` for a plain comma)",
            "--sweep: `b=1,`: a value between the commas is empty (write `''` for empty text, `\\,`"
                + " for a plain comma)",
            "--sweep: `c=[1,2`: `[` is not closed (quote the value to pass it on: `c='...'`)",
            "--sweep: `d='x,y`: the quote `'` is not closed (quote the value to pass it on:"
                + " `d='...'`)",
            "--sweep: `e=1,2)`: `)` closes nothing (quote the value to pass it on: `e='...'`)",
            "--sweep: `f=glob(*)`: `glob` needs the program's own list of options (list them:"
                + " `choice(a,b)`)",
            "--sweep: `g=interval(0,1)`: an interval has no list of values"
                + " (write `range(START,STOP,STEP)`, or draw from that with a sample)",
            "--sweep: `h=rnage(1,3)`: unknown function `rnage` (did you mean `range`?)",
            "--sweep: `i=range(1,2,3,4)`: `range` takes start, stop and step (as in"
                + " `range(1,10,2)`)",
            "--sweep: the stop `x` of the range `j=range(1,x)` is not a number",
            "--sweep: `k=int(1,2)`: `int` around a sweep is not supported (cast each value)",
            "--sweep: `l=sort(2,1)`: `sort` is not supported (write the values in the order that"
                + " you want)",
            "--sweep: `m=choice(1),choice(2)`: `choice` stands inside a list of values (write one"
                + " list, or one function)",
            "--sweep: `n=choice()`: a value between the commas is empty (write `''` for empty text,"
                + " `\\,` for a plain comma)",
            "--sweep: the range `o=range(3,1)` is empty: from 3 to 1 by 1"
                + " (the stop is not part of a range, and a falling range needs a negative step)");
  }

  @Test
  void oneKeyIsOneAxis() {
    assertThat(problems(() -> sweep("a=1,2", "a=3,4", "+a=5", "--a=1", "--a=1,2")))
        .containsExactly(
            "--sweep: `a` is already given by --sweep",
            "the arguments: `a` is already given by --sweep",
            "--sweep: `--a` is already given by the arguments");
  }

  /// Prints random values as Hydra's user must write them, and reads them back.
  @Test
  void printedValuesReadBack() {
    Random random = new Random(43);
    for (int round = 0; round < 3_000; round++) {
      List<String> values = new ArrayList<>();
      List<String> printed = new ArrayList<>();
      int count = 2 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        String value =
            random
                .ints(random.nextInt(8), 0, ALPHABET.length())
                .mapToObj(c -> ALPHABET.substring(c, c + 1))
                .collect(Collectors.joining());
        values.add(value);
        printed.add(printed(value, random));
      }
      String word =
          "k="
              + (random.nextBoolean()
                  ? String.join(",", printed)
                  : "choice(" + String.join(" , ", printed) + ")");
      Sweep sweep = sweep(word);
      assertThat(sweep.stream().map(set -> set.parameters().get("k"))).as(word).isEqualTo(values);
      assertThat(sweep.stream().map(set -> set.args().getFirst()))
          .as(word)
          .isEqualTo(printed.stream().map(text -> "k=" + text).toList());
      assertThat(sweep("-" + word).stream().map(set -> set.args().getFirst()))
          .as(word)
          .isEqualTo(values.stream().map(text -> "-k=" + text).toList());
    }
  }

  private static final String ALPHABET = "ab1.,'\"\\()[]{}= ";

  private static String printed(String value, Random random) {
    boolean plain = value.matches("[ab1.]+");
    if (plain && random.nextBoolean()) {
      return value;
    }
    char quote = random.nextBoolean() ? '\'' : '"';
    StringBuilder text = new StringBuilder().append(quote);
    int backslashes = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == quote) {
        text.repeat('\\', backslashes + 1);
      }
      text.append(c);
      backslashes = c == '\\' ? backslashes + 1 : 0;
    }
    return text.repeat('\\', backslashes).append(quote).toString();
  }
}
