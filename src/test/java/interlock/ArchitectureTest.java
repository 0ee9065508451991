package interlock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

@AnalyzeClasses(packages = "interlock", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("model", Set.of("api")),
            Map.entry("planner", Set.of("api", "model")),
            Map.entry("schedule", Set.of("api", "model")),
            Map.entry("drawing", Set.of("model")),
            Map.entry("plan", Set.of("api", "action", "model", "planner", "plugin")),
            Map.entry("api", Set.of()),
            Map.entry("plugin", Set.of("api", "action", "model")),
            Map.entry("http", Set.of()),
            Map.entry("action", Set.of("api", "http", "model")),
            Map.entry("cli", Set.of("api", "model")),
            Map.entry("openstack", Set.of("api", "http", "action", "model")),
            Map.entry("simulator", Set.of("api", "action", "model")),
            Map.entry("applier", Set.of("api", "action", "model")),
            Map.entry("neo4j", Set.of("api", "applier", "model")),
            Map.entry("strategy", Set.of()),
            Map.entry("notification", Set.of("api", "http", "neo4j", "strategy", "applier", "model")),
            Map.entry(
                    "web",
                    Set.of(
                            "api",
                            "plugin",
                            "plan",
                            "drawing",
                            "notification",
                            "neo4j",
                            "planner",
                            "schedule",
                            "strategy",
                            "applier",
                            "action",
                            "model")));

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("interlock.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void aPackageUsesOnlyWhatItMay(com.tngtech.archunit.core.domain.JavaClasses all) {
        MAY_USE.forEach((name, allowed) -> classes()
                .that()
                .resideInAPackage("interlock.%s..".formatted(name))
                .should()
                .onlyDependOnClassesThat(new DescribedPredicate<>("interlock." + name + " may use") {
                    @Override
                    public boolean test(JavaClass used) {
                        return mayUse(name, allowed, used.getPackageName());
                    }
                })
                .check(all));
    }

    private static boolean mayUse(String name, Set<String> allowed, String used) {
        if (!used.startsWith("interlock")) {
            return true;
        }
        String root = used.equals("interlock") ? "" : used.split("\\.")[1];
        return root.equals(name) || allowed.contains(root);
    }

    @ArchTest
    static final ArchRule theDatabaseKnowsNothingOfPlans = noClasses()
            .that()
            .resideInAPackage("interlock.neo4j.database..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "interlock.neo4j.advance..",
                    "interlock.neo4j.store..",
                    "interlock.neo4j.control..",
                    "interlock.neo4j.view..",
                    "interlock.neo4j.entity..");

    @ArchTest
    static final ArchRule whatReadsDoesNotWrite = noClasses()
            .that()
            .resideInAPackage("interlock.neo4j.view..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("interlock.neo4j.advance..", "interlock.neo4j.store..", "interlock.neo4j.control..");

    @ArchTest
    static final ArchRule theServerKnowsNoApi = noClasses()
            .that()
            .resideInAPackage("interlock.web.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("interlock.web.v1..", "interlock.web.watcher..", "interlock.web.operation..");

    @ArchTest
    static final ArchRule roomsFormNoCircle =
            slices().matching("interlock.(web|neo4j).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreKnowsNoTechnology = noClasses()
            .that()
            .resideInAnyPackage(
                    "interlock.api..",
                    "interlock.model..",
                    "interlock.planner..",
                    "interlock.schedule..",
                    "interlock.drawing..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "interlock.api..",
                    "interlock.model..",
                    "interlock.planner..",
                    "interlock.schedule..",
                    "interlock.drawing..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule theLoopKnowsNoDatabase = noClasses()
            .that()
            .resideInAPackage("interlock.applier..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.neo4j..", "io.javalin..", "com.fasterxml..", "io.micrometer..");

    @ArchTest
    static final ArchRule onlyTheRootMakesThreads = noClasses()
            .that()
            .resideInAPackage("interlock.*..")
            .should()
            .callMethod(Thread.class, "ofVirtual")
            .orShould()
            .callMethod(Thread.class, "ofPlatform")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class);

    @ArchTest
    static final ArchRule timeIsHandedIn = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule onlyWhatBearsItsNameKnowsTheEmbeddedDatabase = noClasses()
            .that()
            .haveNameNotMatching("interlock\\.neo4j\\.database\\.Embedded(Neo4j|Transactions).*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.neo4j.dbms..", "org.neo4j.configuration..", "org.neo4j.graphdb..", "org.neo4j.kernel..");
}
