package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Launch templates on this machine, and Slurm's without Slurm.
class LaunchTest {
  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void makeProject() throws IOException {
    karez = Karez.project(directory);
    Path program =
        karez.write("sim", "#!/bin/sh\nprintf '<%s>' \"$@\"\necho\n[ \"$2\" != 3 ] || exit 4\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    karez.write("grid.json", "{\"iterations\": [1, 2], \"mode\": [\"te st\"]}");
  }

  private Karez.Said launch(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "launch";
    System.arraycopy(words, 0, all, 1, words.length);
    return karez.run(all);
  }

  private String sim() {
    return "--set=command=" + karez.root().resolve("sim");
  }

  /// HPCtools runs the first configuration twice, into `runs/SUB/NAME/out.log`.
  @Test
  void case77_aSerialJobRunsEachConfigurationOnceAndKeepsItsLog() throws IOException {
    Karez.Said said = launch("job.bash.j2", sim(), "--values", values());
    assertThat(said.err()).doesNotContain("error");
    assertThat(said.code()).isZero();
    String run = "results/_/run_1/";
    assertThat(karez.read(run + "config_0/out.log"))
        .isEqualTo("<--iterations><1><--mode><te st>\n");
    assertThat(karez.read(run + "config_1/out.log"))
        .isEqualTo("<--iterations><2><--mode><te st>\n");
    assertThat(karez.run("logs", "1").out())
        .isEqualTo("<--iterations><1><--mode><te st>\n<--iterations><2><--mode><te st>\n");

    assertThat(launch("job.bash.j2", sim(), "--values", values()).code()).isZero();
    assertThat(karez.root().resolve("results/_/run_2/config_1/out.log")).exists();
  }

  private String values() {
    return karez.root().resolve("grid.json").toString();
  }

  @Test
  void aConfigurationThatFailsFailsTheJobAfterTheOthers() throws IOException {
    karez.write("grid.json", "{\"iterations\": [3, 1]}");
    assertThat(launch("job.sh.j2", sim(), "--values", values()).code()).isEqualTo(3);
    assertThat(karez.read("results/_/run_1/config_1/out.log")).isEqualTo("<--iterations><1>\n");
    assertThat(karez.read("results/_/run_1/stderr.txt"))
        .isEqualTo("1 of 2 configurations failed\n");
  }

  @Test
  void case74_anArrayRunsConfigurationIInTaskI() throws IOException {
    karez.write("grid.json", "{\"iterations\": [1, 2, 3], \"mode\": [\"test\", \"it's\"]}");
    Karez.Said dry = launch("arrayjob.bash.j2", sim(), "--values", values(), "--dry-run");
    assertThat(dry.out())
        .contains("  0) set -- --iterations 1 --mode 'test' ;;\n")
        .contains("  1) set -- --iterations 2 --mode 'test' ;;\n")
        .contains("  3) set -- --iterations 1 --mode 'it'\\''s' ;;\n")
        .contains("\nlaunch/arrayjob.bash:\n")
        .endsWith("\nnothing was made\n");

    assertThat(launch("arrayjob.bash.j2", sim(), "--values", values()).code()).isEqualTo(3);
    assertThat(karez.read("results/_/run_1/group_3/stdout.txt"))
        .isEqualTo("<--iterations><1><--mode><it's>\n");
    assertThat(karez.run("status", "1").out()).contains("task=3").contains("mode=it's");
    JsonObject job = LabProject.jobs(karez.run("status", "1", "--json").out()).get(2);
    assertThat(job.integer("exit_code")).isEqualTo(4);

    assertThat(karez.run("retry", "1", "--failed").code()).isEqualTo(3);
    assertThat(karez.read("results/_/run_1/group_2/stdout.1.txt")).startsWith("<--iterations><3>");
  }

  @Test
  void aTaskThatHasNoConfigurationSaysSo() throws IOException {
    String text = karez.run("template", "show", "arrayjob.bash.j2").out();
    karez.write(
        ".karez/templates/mine.bash.j2",
        text.replace(
            "--array=0-{{ configurations|length - 1 }}", "--array=0-{{ configurations|length }}"));
    assertThat(launch("mine.bash.j2", sim(), "--values", values()).code()).isEqualTo(3);
    assertThat(karez.read("results/_/run_1/group_2/stderr.txt"))
        .isEqualTo("there is no configuration '2': they are 0 to 1\n");
  }

  @Test
  void theScriptAndItsValuesAreKeptAndRunAgain() throws IOException {
    karez.write("my.sh.j2", "#!/bin/sh\necho {{ word|sh }} {{ n + 1 }} $((1 + 1)) {{ list|sh }}\n");
    Path template = karez.root().resolve("my.sh.j2");
    Karez.Said said =
        launch(
            template.toString(),
            "--set",
            "word=a: b #c",
            "--set",
            "n=41",
            "--set",
            "list=[x y, 2]");
    assertThat(said.code()).isZero();
    assertThat(karez.read("results/_/run_1/launch/my.sh"))
        .isEqualTo("#!/bin/sh\necho 'a: b #c' 42 $((1 + 1)) 'x y' 2\n");
    assertThat(Json.read(karez.read("results/_/run_1/launch/values.json"), "values"))
        .hasToString("{word=a: b #c, n=41, list=[x y, 2]}");
    assertThat(karez.run("show", "1").out())
        .contains("my.sh.j2")
        .contains("asked")
        .contains("karez launch ");

    Files.delete(template);
    assertThat(karez.run("rerun", "1").code()).isZero();
    assertThat(karez.read("results/_/run_2/stdout.txt")).isEqualTo("a: b #c 42 2 x y 2\n");
    assertThat(karez.run("extend", "1", "-g", "--x 1"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: run 1 was launched from a template, which says its jobs
                hint: `karez launch` makes another run with other values
                """));
  }

  @Test
  void theScriptRunsWhereTheUserIsByWhatItsFirstLineSays() throws IOException {
    karez.write("p.bash.j2", "#!/usr/bin/env -S python3 -u\nimport os\nprint(os.getcwd())\n");
    Path template = karez.root().resolve("p.bash.j2");
    assertThat(launch(template.toString()).code()).isZero();
    assertThat(karez.read("results/_/run_1/stdout.txt"))
        .isEqualTo(Path.of("").toAbsolutePath() + "\n");
  }

  @Test
  void aSlurmScriptRunsHereWithTheIndicesThatItMeant() throws IOException {
    karez.write(
        "a.slurm.j2",
        """
        #!/bin/bash
        #SBATCH --array=3-9:3%1 --time=1:00
        #SBATCH -o x.txt
        echo $SLURM_ARRAY_TASK_ID $SLURM_ARRAY_TASK_COUNT $SLURM_ARRAY_TASK_MIN $SLURM_ARRAY_TASK_MAX
        """);
    Karez.Said said = launch(karez.root().resolve("a.slurm.j2").toString(), "--runner", "local");
    assertThat(said.code()).isZero();
    assertThat(said.err())
        .contains("note: `-o` of the script is left out: what a job prints is kept in its run")
        .contains(
            "note: what the script asks of its scheduler means nothing to `local`: `--time`\n");
    assertThat(karez.read("results/_/run_1/group_0/stdout.txt")).isEqualTo("3 3 3 9\n");
    assertThat(karez.read("results/_/run_1/group_2/stdout.txt")).isEqualTo("9 3 3 9\n");
  }

  @Test
  void aSlurmScriptsDirectivesBecomeTheRuns() throws Exception {
    FakeSlurm slurm = FakeSlurm.in(karez, directory.resolve("fake"));
    karez.write(
        ".karez/config.yaml", "slurm:\n  default: {--cpus-per-task: 1, --time: 1-00:00:00}\n");
    karez.write(
        ".karez/templates/a.slurm.j2",
        """
        #!/bin/bash
        #SBATCH -J "my job" # remark
        #SBATCH --array=5,7%1
        #SBATCH --mem={{ mem }} --exclusive

        #SBATCH -t 10
        echo $SLURM_ARRAY_TASK_ID
        #SBATCH --late=1
        """);
    Karez.Said dry =
        slurm.run("launch", "a.slurm.j2", "--set", "mem=4G", "--cpus", "2", "--dry-run", "--json");
    assertThat(dry.err()).isEmpty();
    String script = JsonObject.of(Json.read(dry.out(), "dry")).orElseThrow().string("script");
    assertThat(script)
        .contains("#SBATCH --cpus-per-task=2\n")
        .contains("#SBATCH -t 10\n")
        .contains("#SBATCH -J \"my job\"\n")
        .contains("#SBATCH --mem=4G\n")
        .contains("#SBATCH --exclusive\n")
        .contains("#SBATCH --array=0-1%1\n")
        .doesNotContain("1-00:00:00")
        .doesNotContain("late");
    assertThat(slurm.run("launch", "a.slurm.j2", "--set", "mem=4G").out()).isEqualTo("1\n");
    assertThat(karez.read("results/_/run_1/group_0/stdout.txt")).isEqualTo("5\n");
    assertThat(karez.read("results/_/run_1/group_1/stdout.txt")).isEqualTo("7\n");
    assertThat(slurm.run("wait", "1").code()).isZero();
    assertThat(slurm.run("status", "1").out()).contains("task=5");
  }

  @Test
  void eachTaskOfAPackHasItsOwnIndex() throws Exception {
    FakeSlurm slurm = FakeSlurm.in(karez, directory.resolve("fake"));
    karez.write(
        ".karez/templates/a.slurm.j2",
        "#!/bin/sh\n#SBATCH --array=5,7\necho $SLURM_ARRAY_TASK_ID $SLURM_ARRAY_JOB_ID\n");
    assertThat(slurm.run("launch", "a.slurm.j2", "--pack", "2").code()).isZero();
    assertThat(karez.read("results/_/run_1/group_0/stdout.txt")).isEqualTo("5 7\n");
    assertThat(karez.read("results/_/run_1/group_1/stdout.txt")).isEqualTo("7 7\n");
  }

  @Test
  void directivesThatARunCannotBearAreRefusedInAScriptToo() throws Exception {
    FakeSlurm slurm = FakeSlurm.in(karez, directory.resolve("fake"));
    karez.write(
        ".karez/templates/a.slurm.j2", "#!/bin/sh\n#SBATCH --comment=mine --wrap=x\ntrue\n");
    Karez.Said said = slurm.run("launch", "a.slurm.j2");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains("error: the script: `--comment` is taken")
        .contains("error: the script: `--wrap` would");
  }

  @Test
  void case73_theLastTwoPartsOfTheNameSayTypeAndEngine() {
    assertThat(launch("x.foo.j2").err())
        .startsWith(
            "error: x.foo.j2: `foo` is no type of launch script\nhint: the types are `bash`");
    assertThat(launch("x.bash.zzz").err())
        .isEqualTo(
            "error: x.bash.zzz: `zzz` is no template engine\nhint: there is `j2`, Jinja2's syntax\n");
    assertThat(launch("x.slrum.jj2").err())
        .isEqualTo(
            """
            error: x.slrum.jj2: `slrum` is no type of launch script
            hint: did you mean `slurm`?
            error: x.slrum.jj2: `jj2` is no template engine
            hint: did you mean `j2`?
            """);
    assertThat(launch("x").err()).startsWith("error: x: a template is called `NAME.TYPE.ENGINE`\n");
    assertThat(launch("jub.bash.j2").err())
        .isEqualTo(
            "error: there is no template `jub.bash.j2`\nhint: did you mean `job.bash.j2`?\n");
  }

  @Test
  void aValueThatIsSpeltWrongIsNamedAndNotTheTemplate() throws IOException {
    assertThat(launch("job.bash.j2", "--set", "comand=echo"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: nothing in `job.bash.j2` uses the value `comand`
                hint: did you mean `command`?
                """));
    assertThat(launch("job.slurm.j2", "--set", "command=echo", "--set", "tiem=1h").err())
        .isEqualTo(
            """
            error: nothing in `job.slurm.j2` uses the value `tiem`
            hint: did you mean `time`?
            """);
    assertThat(
            launch("job.bash.j2", "--dry-run", "--set", "command=echo", "--set", "comand=x").code())
        .isZero();
  }

  @Test
  void aFileOfValuesMayServeOtherTemplatesToo() throws IOException {
    karez.write(".karez/templates/a.bash.j2", "echo {{ nodes | default(1) }}\n");
    karez.write(".karez/templates/b.bash.j2", "echo {{ nodes }}\n");
    karez.write("grid.json", "{\"node\": \"n1\"}");

    Karez.Said said = launch("a.bash.j2", "--values", values());
    assertThat(said.err())
        .startsWith(
            """
            warning: nothing in `a.bash.j2` uses the value `node`
            hint: did you mean `nodes`?
            """);
    assertThat(said.code()).isZero();
    assertThat(karez.read("results/_/run_1/stdout.txt")).isEqualTo("1\n");
    assertThat(launch("a.bash.j2", "--set", "node=n1").code()).isEqualTo(2);

    assertThat(launch("b.bash.j2", "--values", values()))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: nothing in `b.bash.j2` uses the value `node`
                hint: did you mean `nodes`?
                """));
  }

  @Test
  void whatIsWrongIsSaidAtOnceAndNothingIsMade() throws IOException {
    karez.write(".karez/templates/a.bash.j2", "{{ comand }}\n{{ other }}\n");
    Karez.Said said = launch("a.bash.j2", "--set", "command=x");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo(
            """
            error: nothing in `a.bash.j2` uses the value `command`
            hint: did you mean `comand`?
            error: PROJECT/.karez/templates/a.bash.j2:2:4: `other` is not defined
            """);
    assertThat(launch("a.bash.j2", "--undefined", "empty").code()).isZero();

    assertThat(
            launch("job.bash.j2", "--set", "command", "--set", "api_token=1", "--values", "no")
                .err())
        .isEqualTo(
            """
            error: --values: there is no file `no`
            error: --set: `command` is not `NAME=VALUE`
            hint: such as `--set time=1:00:00`
            error: the value `api_token` would stand in the script for all to read
            hint: keep it in a file that only you can read, and let the script read that
            """);
    assertThat(karez.root().resolve("results/_/run_2")).doesNotExist();
  }

  @Test
  void otherSystemsAreRenderedOnly() {
    Karez.Said dry = launch("job.sge.j2", sim(), "--set", "time=1:00:00", "--dry-run");
    assertThat(dry.code()).isZero();
    assertThat(dry.out())
        .startsWith("#!/bin/bash -l\n#$ -cwd\n#$ -S /bin/bash\n#$ -l h_rt=1:00:00\n");
    assertThat(launch("job.sge.j2", sim()))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: Karez cannot run scripts of the type `sge` yet
                hint: `--dry-run` shows the script, to be submitted by hand
                """));
  }

  @Test
  void theProjectsTemplateHidesTheOneThatComesWithKarez() throws IOException {
    assertThat(karez.run("template", "list").out())
        .startsWith(
            "template\truns on\tfrom\njob.bash.j2\tlocal\tkarez\narrayjob.bash.j2\tlocal\tkarez\n")
        .contains("job.torque.j2\ttorque, only rendered yet\tkarez\n");
    karez.write(".karez/templates/job.bash.j2", "echo {% include 'part.txt' %}");
    karez.write(".karez/templates/part.txt", "mine\n");
    assertThat(karez.run("template", "list").out()).contains("templates/job.bash.j2\n");
    assertThat(launch("job.bash.j2").code()).isZero();
    assertThat(karez.read("results/_/run_1/stdout.txt")).isEqualTo("mine\n");

    karez.write("secret", "secret\n");
    Files.createSymbolicLink(
        karez.root().resolve(".karez/templates/link"), karez.root().resolve("secret"));
    karez.write(".karez/templates/a.bash.j2", "{% include 'link' %}{% include '../config.yaml' %}");
    assertThat(launch("a.bash.j2").err())
        .contains("there is no template `link`")
        .contains("there is no template `../config.yaml`");
  }

  @Test
  void showTellsTheNamesThatATemplateTakes() {
    JsonObject shown =
        JsonObject.of(
                Json.read(karez.run("template", "show", "job.slurm.j2", "--json").out(), "show"))
            .orElseThrow();
    assertThat(shown.strings("names"))
        .containsExactly(
            "account",
            "command",
            "configurations",
            "cpus",
            "directives",
            "gpus",
            "memory",
            "name",
            "nodes",
            "queue",
            "setup",
            "tasks",
            "time");
  }
}
