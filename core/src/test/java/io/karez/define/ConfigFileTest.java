package io.karez.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.define.SubmitTemplate.Directive;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Yaml;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigFileTest {
  private static Config read(String text) {
    return ConfigFile.read(text, "config.yaml", Config.BUILT_IN);
  }

  private static List<String> problems(String text) {
    InvalidInputException e = catchThrowableOfType(InvalidInputException.class, () -> read(text));
    return e.problems().stream()
        .map(p -> p.sentence() + p.hint().map(" | "::concat).orElse(""))
        .toList();
  }

  private static Directive directive(String key, String value) {
    return new Directive(key, Optional.of(value));
  }

  @Test
  void anEmptyFileChangesNothing() {
    assertThat(read("")).isEqualTo(Config.BUILT_IN);
    assertThat(read("# only words\n")).isEqualTo(Config.BUILT_IN);
    assertThat(read("slurm:\nsites:\ngit:\n")).isEqualTo(Config.BUILT_IN);
  }

  /// The file of seed 001, with its own indentation and spelling.
  @Test
  void theFileOfTheSeedIsReadVerbatim() {
    Config config =
        read(
            """
            default_editor: vim
            htcondor:
              default:
                +WishedAcctGroup: group_usmb.listic
                getenv: 'true'
                request_cpus: 1
                request_memory: 1GB
              two_cpus:
                request_cpus: 2
            logging: INFO
            result_dir: results
            slurm:
              default:
                --cpus-per-task: 1
                --ntasks: 1
                --time: 1-00:00:00
            """);
    assertThat(config)
        .isEqualTo(
            new Config(
                Optional.of("vim"),
                Logging.INFO,
                "results",
                DirtyPolicy.RECORD,
                SnapshotPolicy.NEVER,
                Optional.empty(),
                Map.of(
                    "htcondor",
                    Map.of(
                        "default",
                        new SubmitTemplate(
                            List.of(
                                directive("+WishedAcctGroup", "group_usmb.listic"),
                                directive("getenv", "true"),
                                directive("request_cpus", "1"),
                                directive("request_memory", "1GB"))),
                        "two_cpus",
                        new SubmitTemplate(List.of(directive("request_cpus", "2")))),
                    "slurm",
                    Map.of(
                        "default",
                        new SubmitTemplate(
                            List.of(
                                directive("--cpus-per-task", "1"),
                                directive("--ntasks", "1"),
                                directive("--time", "1-00:00:00"))))),
                Map.of()));
  }

  @Test
  void case33_aTemplateFileMayHoldBareFlags() {
    assertThat(
            SubmitTemplate.read(
                "{-p: debug, --mem: 4G, --exclusive: , --gres: gpu:1, -l: [a=1, b=2], -q: ''}",
                "t.yaml"))
        .isEqualTo(
            new SubmitTemplate(
                List.of(
                    directive("-p", "debug"),
                    directive("--mem", "4G"),
                    new Directive("--exclusive", Optional.empty()),
                    directive("--gres", "gpu:1"),
                    directive("-l", "a=1"),
                    directive("-l", "b=2"),
                    directive("-q", ""))));
  }

  @Test
  void theProjectsSitesOverlayTheUsersFieldByField() {
    Config user =
        read(
            """
            sites:
              triton: {host: me@triton, scheduler: slurm, setup: [a], resources: {time: 1h, cpus: 2}}
              lab: {host: lab}
            logging: DEBUG
            slurm: {long: {--time: 5-00}}
            """);
    Config both =
        ConfigFile.read(
            """
            sites:
              triton:
                directory: /scratch/me
                setup: [b]
                resources: {time: 2h}
                patience: 5m
            slurm: {default: {--ntasks: 1}}
            confirm_core_hours: 100.5
            git: {dirty: refuse}
            snapshot: batch
            """,
            "config.yaml",
            user);
    assertThat(both.sites().get("triton"))
        .isEqualTo(
            new Site(
                "triton",
                Optional.of("me@triton"),
                Login.USUAL,
                Optional.of("slurm"),
                Optional.of("/scratch/me"),
                Optional.empty(),
                Optional.empty(),
                List.of("a", "b"),
                new Resources(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(2),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Duration.ofHours(2)),
                    Optional.empty(),
                    Optional.empty()),
                Environment.NONE,
                Optional.of(Duration.ofMinutes(5))));
    assertThat(both.sites().get("lab")).isEqualTo(user.sites().get("lab"));
    assertThat(both.templates().get("slurm")).containsOnlyKeys("long", "default");
    assertThat(both.logging()).isEqualTo(Logging.DEBUG);
    assertThat(both.dirty()).isEqualTo(DirtyPolicy.REFUSE);
    assertThat(both.snapshot()).isEqualTo(SnapshotPolicy.BATCH);
    assertThat(both.confirmCoreHours()).contains(new BigDecimal("100.5"));
  }

  @Test
  void aLoginIsSaidAsInOtherTools() {
    String text =
        """
        sites:
          far: {hostname: example.com, username: user, port: 2222, key_filename: ~/k, password_filename: /p, ssh_config: c}
        """;
    Site site = Objects.requireNonNull(read(text).sites().get("far"));
    assertThat(site.host()).contains("example.com");
    assertThat(site.login())
        .isEqualTo(
            new Login(
                Optional.of("user"),
                Optional.of(2222),
                Optional.of("~/k"),
                Optional.of("/p"),
                Optional.of("c")));
    assertThat(problems("sites: {s: {host: a, hostname: b, username: -l, port: 70000}}"))
        .containsExactly(
            "config.yaml:1:32: `host` and `hostname` say the same: give one of them",
            "config.yaml:1:45: `sites.s.username`: `-l` is not the name of a user",
            "config.yaml:1:55: `sites.s.port`: `70000` is not a port (1 to 65535)");
  }

  @Test
  void everyProblemIsReportedAtOnceWithPlaceKeyAndNearestName() {
    assertThat(
            problems(
                """
                loging: INFO
                logging: LOUD
                result_dir: ''
                git: {dirty: comit, clean: yes}
                snapshot: 1
                confirm_core_hours: -5
                slrum: {}
                slurm: {default: {--time: {a: b}}, other: text}
                sites:
                  bad name: {}
                  s: {host: -oProxyCommand=x, scheduler: slrum, uploader: rsyn, hots: a, shell: "'"}
                """))
        .containsExactly(
            "config.yaml:1:1: there is no key `loging` | did you mean `logging`?",
            "config.yaml:7:1: there is no key `slrum` | did you mean `slurm`?",
            "config.yaml:4:21: there is no key `git.clean` | one of `dirty`",
            "config.yaml:2:10: `logging`: `LOUD` is not known here | write one of `DEBUG`, `INFO`,"
                + " `WARNING`, `ERROR`",
            "config.yaml:3:13: `result_dir`: is empty",
            "config.yaml:4:14: `git.dirty`: `comit` is not known here | did you mean `commit`?",
            "config.yaml:5:11: `snapshot`: `1` is not known here | write one of `never`, `batch`,"
                + " `always`",
            "config.yaml:6:21: `confirm_core_hours`: `-5` is not a number",
            "config.yaml:8:27: `slurm.default.--time` must be text or a list",
            "config.yaml:8:43: `slurm.other` must hold `key: value` lines",
            "config.yaml:10:3: `bad name` cannot name a site | use letters, digits, `_`, `.` and"
                + " `-`",
            "config.yaml:11:65: there is no key `sites.s.hots` | did you mean `host`?",
            "config.yaml:11:13: `sites.s.host`: `-oProxyCommand=x` is not a host | write it as for"
                + " `ssh`: `host` or `user@host`, or a name of your ssh configuration",
            "config.yaml:11:42: `sites.s.scheduler`: `slrum` is not known here | did you mean"
                + " `slurm`?",
            "config.yaml:11:59: `sites.s.uploader`: `rsyn` is not known here | did you mean"
                + " `rsync`?",
            "config.yaml:11:81: `sites.s.shell`: the single quote at character 1 of `'` is not"
                + " closed");
  }

  @Test
  void case34_anUnknownTemplateIsAnsweredWithTheKnownOnes() {
    Config config = read("slurm: {default: {a: b}, two_cpus: {a: b}}");
    assertThat(config.template("slurm", "two_cpus"))
        .contains(new SubmitTemplate(List.of(directive("a", "b"))));
    assertThat(config.unknownTemplate("slurm", "two_cpu", Place.of("--submit-template")))
        .hasToString(
            "Problem[where=Optional[--submit-template], message=there is no submit template"
                + " `two_cpu`, neither by name nor as a file; `slurm` has `default`, `two_cpus`,"
                + " hint=Optional[did you mean `two_cpus`?]]");
    assertThat(config.unknownTemplate("oar", "x", Place.of("--submit-template")).message())
        .isEqualTo(
            "there is no submit template `x`, neither by name nor as a file; `oar` has none");
  }

  @Test
  void anUnknownSiteIsAnsweredWithTheKnownOnes() {
    Config config = read("sites: {triton: {host: t}}");
    assertThat(config.site("triton", Place.of("--on")).host()).contains("t");
    assertThatThrownBy(() -> config.site("trion", Place.of("--on")))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.problems().getFirst().hint()).contains("did you mean `triton`?"));
  }

  @Test
  void whatIsShownCanBeReadBack() {
    Config config =
        read(
            """
            default_editor: vim
            confirm_core_hours: 100
            slurm: {default: {--exclusive: , -l: [a, b], --time: 1-00}}
            sites: {t: {host: h, environment: {set: {A: '1'}, forward: [PATH]}, setup: x, patience: 1h}}
            """);
    assertThat(read(Yaml.write(ConfigFile.fields(config)))).isEqualTo(config);
  }
}
