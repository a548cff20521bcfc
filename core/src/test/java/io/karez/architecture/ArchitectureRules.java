package io.karez.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.karez.transport.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/// What may use what among the packages below one root. A package that does not exist yet breaks no
/// rule.
record ArchitectureRules(String root) {
  private static final List<String> FLOW =
      List.of("define", "expand", "render", "transfer", "submit", "track", "inspect");

  /// What puts the steps together, for the command line and for programs.
  private static final List<String> FRONT = List.of("launch", "runner");

  /// Text and values in, text and values out.
  private static final Set<String> PURE =
      Set.of("text", "query", "define", "expand", "render", "scheduler", "template");

  /// What the steps build on, and what each of these may build on itself.
  private static final Map<String, Set<String>> FOUNDATIONS =
      Map.of(
          "text", Set.of(),
          "transport", Set.of("text"),
          "query", Set.of("text"),
          "template", Set.of("text", "define"),
          "scheduler", Set.of("text", "define", "store", "transport"),
          "allocation", Set.of("text", "define", "scheduler", "transport"),
          "upload", Set.of("text", "transfer", "transport"),
          "git", Set.of("text", "define", "store", "transport"),
          "project", Set.of("text", "define", "store", "transport"));

  /// Every rule under a sentence that says what it demands.
  Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("a step uses no step to its right", noDependency(this::goesAgainstTheFlow));
    rules.put("a foundation uses only what is below it", noDependency(this::leavesItsFoundation));
    rules.put("a pure package runs nothing", noDependency(this::runsCommandsInAPurePackage));
    rules.put("a step knows no concrete transport", noDependency(this::picksATransport));
    rules.put("only `transport` starts processes", noDependency(this::startsProcesses));
    rules.put("only `transport` executes commands", noExecOutsideTransport());
    rules.put("only `cli` prints and exits", noConsoleOutsideCli());
    rules.put("the library does not use the command line", noDependency(this::usesTheCommandLine));
    rules.put("nothing below the library's front uses it", noDependency(this::usesTheFront));
    rules.put("every package is null-marked", everyPackageIsNullMarked());
    rules.put(
        "packages have no cycles",
        slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true));
    return rules;
  }

  private boolean goesAgainstTheFlow(Dependency dependency) {
    int from = FLOW.indexOf(packageOf(dependency.getOriginClass()));
    return from >= 0 && FLOW.indexOf(packageOf(dependency.getTargetClass())) > from;
  }

  private boolean leavesItsFoundation(Dependency dependency) {
    String from = packageOf(dependency.getOriginClass());
    String to = packageOf(dependency.getTargetClass());
    return FOUNDATIONS.containsKey(from)
        && !to.isEmpty()
        && !to.equals(from)
        && !FOUNDATIONS.get(from).contains(to);
  }

  private boolean runsCommandsInAPurePackage(Dependency dependency) {
    return PURE.contains(packageOf(dependency.getOriginClass()))
        && dependency.getTargetClass().isAssignableTo(Transport.class);
  }

  private boolean picksATransport(Dependency dependency) {
    JavaClass target = dependency.getTargetClass();
    return FLOW.contains(packageOf(dependency.getOriginClass()))
        && target.isAssignableTo(Transport.class)
        && !target.isInterface();
  }

  private boolean startsProcesses(Dependency dependency) {
    return !packageOf(dependency.getOriginClass()).equals("transport")
        && dependency.getTargetClass().isEquivalentTo(ProcessBuilder.class);
  }

  private boolean usesTheCommandLine(Dependency dependency) {
    return !packageOf(dependency.getOriginClass()).equals("cli")
        && packageOf(dependency.getTargetClass()).equals("cli");
  }

  /// Of `launch` and `runner` each may use only what comes before it.
  private boolean usesTheFront(Dependency dependency) {
    String from = packageOf(dependency.getOriginClass());
    String to = packageOf(dependency.getTargetClass());
    return FRONT.contains(to) && !from.equals("cli") && FRONT.indexOf(from) < FRONT.indexOf(to);
  }

  private ArchRule noExecOutsideTransport() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".transport..")
        .should()
        .callMethodWhere(target(nameMatching("exec")).and(target(owner(is(Runtime.class)))))
        .allowEmptyShould(true);
  }

  private ArchRule noConsoleOutsideCli() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethodWhere(
            target(nameMatching("exit|halt|printStackTrace|console"))
                .and(target(owner(is(System.class).or(is(Runtime.class)).or(is(Throwable.class))))))
        .allowEmptyShould(true);
  }

  private ArchRule noDependency(Predicate<Dependency> bad) {
    return classes()
        .should(
            new ArchCondition<JavaClass>("keep to the order of packages") {
              @Override
              public void check(JavaClass user, ConditionEvents events) {
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                  if (bad.test(dependency)) {
                    events.add(
                        SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                  }
                }
              }
            })
        .allowEmptyShould(true);
  }

  private ArchRule everyPackageIsNullMarked() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("lie in a package marked `@NullMarked`") {
              @Override
              public void check(JavaClass checked, ConditionEvents events) {
                if (!checked.getPackage().isAnnotatedWith(NullMarked.class)) {
                  events.add(SimpleConditionEvent.violated(checked, checked.getDescription()));
                }
              }
            })
        .allowEmptyShould(true);
  }

  /// The first name below the root, or empty for a class from elsewhere.
  private String packageOf(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.", 2)[0] : "";
  }

  private static DescribedPredicate<JavaClass> is(Class<?> type) {
    return JavaClass.Predicates.assignableTo(type);
  }
}
