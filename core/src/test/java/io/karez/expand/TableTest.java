package io.karez.expand;

import static io.karez.expand.Expanded.lines;
import static io.karez.expand.Expanded.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

  private static Table csv(String text) {
    return Table.read("t.csv", TableFormat.CSV, () -> new StringReader(text));
  }

  private static Table json(String text) {
    return Table.read("t.json", TableFormat.JSON, () -> new StringReader(text));
  }

  private static Table jsonl(String text) {
    return Table.read("t.jsonl", TableFormat.JSONL, () -> new StringReader(text));
  }

  private static SweepRequest rows(Table table) {
    return SweepRequest.of(List.of("x")).withTable(table);
  }

  private static List<List<String>> args(Table table) {
    return SweepRequest.of(List.of()).withTable(table).expand().stream()
        .map(ParameterSet::args)
        .toList();
  }

  @Test
  void csvColumnsAreOptionsKeysAndPositionals() {
    String text = "lr,--opt,1,0,seed=,-n\n10.,adam,b,a,3,-1\n";
    assertThat(rows(csv(text)).expand())
        .containsExactly(
            new ParameterSet(
                List.of("x", "a", "b", "--lr", "10.", "--opt", "adam", "seed=3", "-n", "-1"),
                Map.of(
                    "pos_0", "x", "pos_1", "a", "pos_2", "b", "lr", "10.", "opt", "adam", "seed",
                    "3", "n", "-1")));
  }

  @Test
  void csvIsReadAsRfc4180Says() {
    String text = "\uFEFFa,b\r\n\"x,\"\"y\"\"\",\"line 1\r\nline 2\"\r\n\r\n , z \n\"\",\n,q";
    assertThat(args(csv(text)))
        .containsExactly(
            List.of("--a", "x,\"y\"", "--b", "line 1\r\nline 2"),
            List.of("--a", " ", "--b", " z "),
            List.of("--a", ""),
            List.of("--b", "q"));
  }

  @Test
  void jsonValuesKeepTheirTextAndTypesMeanSomething() {
    String text =
        """
        [{"lr": 1.0E-3, "name": "a b", "big": 12345678901234567890, "on": true, "off": false, "none": null,
          "layers": [10, "20"], "1": "second", "0": 0.10},
         {}]
        """;
    assertThat(args(json(text)))
        .containsExactly(
            List.of(
                "0.10",
                "second",
                "--lr",
                "1.0E-3",
                "--name",
                "a b",
                "--big",
                "12345678901234567890",
                "--on",
                "--layers",
                "10",
                "20"),
            List.of());
    assertThat(args(jsonl("{\"a\": 1}\n\n{\"a\": 2}")))
        .containsExactly(List.of("--a", "1"), List.of("--a", "2"));
  }

  @Test
  void rowsAreOutermost() {
    SweepRequest request =
        rows(csv("a\n1\n2\n")).withGroups(List.of("--g 1", "--g 2")).withRanges(List.of("--r 0 2"));
    assertThat(lines(request))
        .containsExactly(
            "x --g 1 --r 0 --a 1",
            "x --g 2 --r 0 --a 1",
            "x --g 1 --r 1 --a 1",
            "x --g 2 --r 1 --a 1",
            "x --g 1 --r 0 --a 2",
            "x --g 2 --r 0 --a 2",
            "x --g 1 --r 1 --a 2",
            "x --g 2 --r 1 --a 2");
    assertThat(request.expand().size()).isEqualTo(OptionalLong.of(8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '#',
      value = {
        "CSV^ a,b|1|1,2,3|\"x\"y,2^ t:2: the row has 1 values, the header 2 + t:3: the row has 3"
            + " values, the header 2 + t:4: text follows a closing quote; a quote inside quotes is"
            + " written twice",
        "CSV^ a,,a|1,2,3^ t:1: column 2 of the header has no name + t:1: the column `--a` stands"
            + " twice",
        "CSV^ a|\"open|line^ t:2: a quote is not closed",
        "CSV^ a^ t: the table has no rows",
        "CSV^ ##^ t: the table has no rows",
        "JSON^ []^ t: the table has no rows",
        "JSON^ {}^ t: the table is not an array of objects",
        "JSON^ [1, {\"a\": {}, \"b\": [[]], \"c\": 1, \"--c\": 2, \"0\": true}]^ t, row 1: the row"
            + " is not an object + t, row 2: `--a` is an object, not a value + t, row 2: `--b` is"
            + " an array; only an option takes one, of text and numbers + t, row 2: `--c` stands"
            + " twice + t, row 2: `0` is true, and only an option can be a flag (write the text"
            + " `\"true\"`)",
        "JSON^ [{\"a\": 1},]^ t:1:12: not valid JSON: neither a value nor the end of one can be read here",
        "JSONL^ {\"a\": 1}|[]|{\"a\": 2^ t:2: the row is not an object + t:3:8: not valid JSON: the"
            + " text ends before it is complete",
      })
  void faultsNameTheRowAndComeTogether(TableFormat format, String text, String expected) {
    String table = text.replace('|', '\n');
    assertThat(
            String.join(
                " + ", problems(() -> Table.read("t", format, () -> new StringReader(table)))))
        .isEqualTo(expected);
  }

  @Test
  void aColumnThatIsGivenElsewhereIsRefused() {
    assertThat(problems(() -> rows(csv("a,b\n1,2\n")).withGroups(List.of("--b 3")).expand()))
        .containsExactly("t.csv:2: `--b` is already given by -g");
  }

  @Test
  void valuesThatNoProgramCanReceiveAreRefused() {
    assertThat(problems(() -> json("[{\"a\": \"\\u0000\"}]")))
        .containsExactly(
            "t.json, row 1: a value holds a NUL character, which no program argument can carry");
  }

  @Test
  void formatsAreToldByNameOrContent() {
    assertThat(
            List.of("a.csv", "a.JSON", "a.jsonl", "a.ndjson").stream()
                .map(n -> TableFormat.ofName(n).orElseThrow()))
        .containsExactly(TableFormat.CSV, TableFormat.JSON, TableFormat.JSONL, TableFormat.JSONL);
    assertThat(TableFormat.ofName("a.txt")).isEmpty();
    assertThat(List.of(" [", "\n{", "a,b").stream().map(TableFormat::ofContent))
        .containsExactly(TableFormat.JSON, TableFormat.JSONL, TableFormat.CSV);
  }

  @Test
  void aTableThatWasBrokenSinceItWasCheckedEndsTheIteration() {
    AtomicReference<String> text = new AtomicReference<>("a,b\n1,2\n3,4\n");
    Table table = Table.read("t.csv", TableFormat.CSV, () -> new StringReader(text.get()));
    Sweep sweep = SweepRequest.of(List.of()).withTable(table).expand();
    text.set("a,b\n1,2\n3\n");
    assertThat(problems(() -> lines(sweep)))
        .containsExactly("t.csv:3: the row has 1 values, the header 2");
  }

  /// Text without end but for its length: what is held would be seen as characters read ahead.
  private static final class Lines extends Reader {
    private final AtomicLong given;
    private final AtomicInteger closed;
    private final long rows;
    private long row = -1;
    private String line = "";
    private int at;

    Lines(long rows, AtomicLong given, AtomicInteger closed) {
      this.rows = rows;
      this.given = given;
      this.closed = closed;
    }

    @Override
    public int read(char[] buffer, int offset, int length) {
      if (at == line.length()) {
        if (row == rows) {
          return -1;
        }
        line = row < 0 ? "n\n" : row + "\n";
        row++;
        at = 0;
      }
      int count = Math.min(length, line.length() - at);
      line.getChars(at, at + count, buffer, offset);
      at += count;
      given.addAndGet(count);
      return count;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void aMillionRowsAreReadAsTheyAreNeededAndClosed() {
    AtomicLong given = new AtomicLong();
    AtomicInteger closed = new AtomicInteger();
    Table table = Table.read("-", TableFormat.CSV, () -> new Lines(1_000_000, given, closed));
    assertThat(table.rows()).isEqualTo(1_000_000);
    assertThat(closed).hasValue(1);

    given.set(0);
    Sweep sweep = SweepRequest.of(List.of()).withTable(table).expand();
    assertThat(sweep.stream().skip(1_000).findFirst().orElseThrow().args())
        .containsExactly("--n", "1000");
    assertThat(given.get()).isLessThan(20_000);

    assertThat(sweep.stream().count()).isEqualTo(1_000_000);
    assertThat(closed).hasValue(2);
  }
}
