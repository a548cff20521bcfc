package io.karez.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlEditTest {
  private static final String CONFIG =
      """
      # settings of the project
      default_editor: vim   # the best one

      slurm:
        # what most jobs need
        default:
          --cpus-per-task: 1
          --time: '1-00:00:00' # a day
        empty:
      htcondor: {default: {getenv: 'true', request_cpus: 1}}
      # the end
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "default_editor | nano | default_editor: vim | default_editor: nano",
        "slurm.default.--time | 2-00:00:00 | '1-00:00:00' # | 2-00:00:00 #",
        "slurm.empty | null | empty: | empty: null",
        "slurm.empty.--mem | 2G | empty: | empty:\\n    --mem: 2G",
        "slurm.default.--mem | 4G | # a day | # a day\\n    --mem: 4G",
        "htcondor.default.getenv | `'false'` | 'true' | 'false'",
        "htcondor.default.request_memory | 1GB | cpus: 1 | cpus: 1, request_memory: 1GB",
        "htcondor.default.requirements | a, {b} | cpus: 1 | cpus: 1, requirements: \"a, {b}\"",
        "htcondor.gpu.request_gpus | 1 | cpus: 1} | cpus: 1}, gpu: {request_gpus: 1}",
        "git.dirty | refuse | cpus: 1}} | cpus: 1}}\\ngit:\\n  dirty: refuse",
        "default_editor | vim: no # yes | editor: vim | editor: 'vim: no # yes'",
        "slurm.default | {--mem: 2G} | default:\\n"
            + "    --cpus-per-task: 1\\n"
            + "    --time: '1-00:00:00' | default: {--mem: 2G}",
      })
  void oneValueChangesAndAllElseStays(String key, String value, String old, String changed) {
    String edited = YamlEdit.set(CONFIG, "config.yaml", key, value);
    assertThat(edited)
        .isEqualTo(CONFIG.replace(old.replace("\\n", "\n"), changed.replace("\\n", "\n")));
  }

  @Test
  void anEmptyFileReceivesTheWholePath() {
    assertThat(YamlEdit.set("# nothing yet", "c", "git.dirty", "commit"))
        .isEqualTo("# nothing yet\ngit:\n  dirty: commit\n");
  }

  @Test
  void aKeyWithDotsIsFoundWhenItIsThere() {
    assertThat(YamlEdit.set("sites:\n  a.example: {host: a}\n", "c", "sites.a.example.host", "b"))
        .isEqualTo("sites:\n  a.example: {host: b}\n");
  }

  @Test
  void textIsNoPlaceForAKey() {
    assertThatThrownBy(() -> YamlEdit.set(CONFIG, "c.yaml", "default_editor.name", "x"))
        .hasMessage("c.yaml:2:17: there is no place for `name` in a value that is not a mapping");
  }

  @Test
  void anAliasedValueIsRefusedAndNotChangedElsewhere() {
    String text = "a: &x {b: 1}\nc: *x\n";
    assertThatThrownBy(() -> YamlEdit.set(text, "c.yaml", "c.b", "2"))
        .hasMessage("c.yaml: `c.b` cannot be changed in place");
  }

  @Test
  void aListIsReplacedAndTheCommentsAroundItStay() {
    String text = "name: e # first\ntags:\n  - a\n  - b\n\n# about the path\npath: x\n";
    assertThat(YamlEdit.put(text, "e.yaml", "tags", List.of("c", "null")))
        .isEqualTo("name: e # first\ntags:\n- c\n- 'null'\n\n# about the path\npath: x\n");
    assertThat(YamlEdit.put(text, "e.yaml", "setup", List.of("module load python")))
        .isEqualTo(text + "setup:\n- module load python\n");
    assertThat(YamlEdit.remove(text, "e.yaml", "tags"))
        .isEqualTo("name: e # first\n\n# about the path\npath: x\n");
  }

  @Test
  void aBlockOfTextIsReplacedWhole() {
    String text = "description: |\n  one\n  two\npath: x\n";
    assertThat(YamlEdit.put(text, "e.yaml", "description", "three"))
        .isEqualTo("description: three\npath: x\n");
    assertThat(YamlEdit.set(text, "e.yaml", "description", "three"))
        .isEqualTo("description: three\npath: x\n");
  }

  @Test
  void charactersOutsideTheBasicPlaneDoNotShiftTheEdit() {
    assertThat(YamlEdit.set("\uFEFFa: '😀😀' # 😀\nb: 1\n", "c", "b", "2"))
        .isEqualTo("\uFEFFa: '😀😀' # 😀\nb: 2\n");
  }
}
