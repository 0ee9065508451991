package interlock.neo4j;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import interlock.model.Capacities;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Schema;
import interlock.neo4j.store.PlanStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Session;
import org.neo4j.driver.Values;
import org.neo4j.driver.summary.Plan;

@ExtendWith(Neo4jServer.class)
class CypherFilesTest {
    private static final Path CYPHER = Path.of("cypher");
    private static final Path JAVA = Path.of("src/main/java");

    /** 5.26 speaks the first, later servers both. */
    private static final List<String> LANGUAGES = List.of("CYPHER 5", "CYPHER 25");

    /** Statements that may look at all nodes of a label, and why. */
    private static final Map<String, String> MAY_SCAN_A_LABEL = Map.of(
            "audit/order", "those without a turn are few, and all of them are looked at",
            "plan/sweep-drafts", "drafts are few, and all of them are looked at",
            "read/appliers", "appliers are few, and all of them are looked at",
            "schema/migration/applied", "migrations are few, and all of them are looked at",
            "explore/contention", "all contended resources are asked for");

    private record CypherFile(String name, String text) {
        String head() {
            return text.lines().takeWhile(line -> line.startsWith("//")).collect(joining("\n"));
        }

        String body() {
            return text.lines().filter(line -> !line.strip().startsWith("//")).collect(joining("\n"));
        }

        boolean isMigration() {
            return name.matches("schema/V\\d+__\\w+");
        }

        boolean isForPeople() {
            return name.startsWith("explore/");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private record Operator(String name, String details, List<Operator> children) {
        /** Not with its children: each of them is shown by itself. */
        @Override
        public String toString() {
            return name + " " + details;
        }

        static Operator of(Plan plan) {
            return new Operator(
                    plan.operatorType().replaceFirst("@.*", ""),
                    plan.arguments().getOrDefault("Details", Values.value("")).asString(),
                    plan.children().stream().map(Operator::of).toList());
        }

        Stream<Operator> all() {
            return Stream.concat(Stream.of(this), children.stream().flatMap(Operator::all));
        }

        Operator find(String name, String details) {
            return all().filter(each -> each.name.equals(name) && each.details.contains(details))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no %s of %s in %s".formatted(name, details, this)));
        }

        /**
         * The rows of several indexes or scans, joined without a condition; two nodes found by their keys are fine, and so is the gate
         * beside anything, of which there is one.
         */
        boolean multiplies() {
            return name.equals("CartesianProduct")
                    && !children.stream().allMatch(child -> child.name.startsWith("NodeUniqueIndexSeek"))
                    && children.stream().noneMatch(Operator::isTheGate);
        }

        private boolean isTheGate() {
            return all().filter(each -> each.children.isEmpty())
                    .allMatch(each -> each.details.startsWith("UNIQUE gate:Gate"));
        }
    }

    /** What only those nodes bear that something is to be done with. */
    private static final Set<String> MARKS = Set.of("Contended", "Completed", "Due", "Unordered");

    static List<CypherFile> statements() throws IOException {
        return files().stream().filter(file -> !file.isMigration()).toList();
    }

    static List<CypherFile> migrations() throws IOException {
        return files().stream().filter(CypherFile::isMigration).toList();
    }

    private static List<CypherFile> files() throws IOException {
        try (Stream<Path> paths = Files.walk(CYPHER)) {
            List<CypherFile> files = new ArrayList<>();
            for (Path path : paths.filter(path -> path.toString().endsWith(".cypher"))
                    .sorted()
                    .toList()) {
                String name = CYPHER.relativize(path).toString().replace('\\', '/');
                files.add(new CypherFile(name.replace(".cypher", ""), Files.readString(path)));
            }
            return files;
        }
    }

    @ParameterizedTest
    @MethodSource("statements")
    void itsHeadSaysWhatItDoesWhatItTakesAndWhatItReturns(CypherFile file) {
        assertThat(file.head()).matches("(?s)// (?!Parameters|Rows)[A-Z].*\\.\n// Parameters: .*\n// Rows: .*\\.");

        String parameters =
                file.head().replaceFirst("(?s).*// Parameters: ", "").replaceFirst("(?s)// Rows: .*", "");
        List<String> used = matches(file.body(), "\\$(\\w+)");
        assertThat(matches(parameters, "(\\w+)")).containsAll(used);
        assertThat(parameters.startsWith("none.")).isEqualTo(used.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("statements")
    void itIsUnderstoodAndLooksAtNoMoreThanItMust(CypherFile file) {
        for (String language : LANGUAGES) {
            Operator plan = explain(language, file.text());

            assertThat(plan.all())
                    .noneMatch(each -> each.name().equals("AllNodesScan"))
                    .noneMatch(each -> each.name().contains("RelationshipTypeScan"))
                    .noneMatch(Operator::multiplies);
            if (!MAY_SCAN_A_LABEL.containsKey(file.name())) {
                assertThat(plan.all())
                        .filteredOn(each -> each.name().equals("NodeByLabelScan"))
                        .allMatch(each -> MARKS.contains(each.details().replaceFirst(".*:", "")), "is a mark");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void eachStatementOfAMigrationIsUnderstood(CypherFile file) {
        assertThat(file.head()).startsWith("// ");
        for (String statement : new Schema.Migration(file.name(), file.text()).statements()) {
            LANGUAGES.forEach(language -> explain(language, statement));
        }
    }

    @Test
    void theServiceRunsEveryStatementThatIsNotForPeople() throws IOException {
        List<String> referred = matches(java(), "Cypher\\.of\\(\\s*\"([^\"]+)\"");
        List<String> files = statements().stream()
                .filter(file -> !file.isForPeople())
                .map(CypherFile::name)
                .toList();

        assertThat(new TreeSet<>(referred)).containsExactlyElementsOf(new TreeSet<>(files));
    }

    @Test
    void whoWantsToKnowWhatAnAdvanceRunsFindsAllOfItInOneFileInOrder() throws IOException {
        String inOrder = Files.readString(CYPHER.resolve("advance/README.md"));
        List<String> files = statements().stream()
                .map(CypherFile::name)
                .filter(name -> name.startsWith("advance/"))
                .toList();

        assertThat(matches(inOrder, "\\(([a-z]+/[a-z-]+)\\.cypher\\)"))
                .map("advance/"::concat)
                .containsExactlyInAnyOrderElementsOf(files);
    }

    @Test
    void noStatementIsWrittenInJava() throws IOException {
        assertThat(
                        matches(
                                java(),
                                "(\"\\s*(?:MATCH|MERGE|UNWIND|CREATE|OPTIONAL MATCH|DETACH|CALL|RETURN|WITH)\\b[^\"\n]*[({][^\"\n]*)"))
                .isEmpty();
    }

    @Test
    void candidatesAreReadInTheOrderOfTheirRankUntilThereAreEnough() {
        assertThat(explain("advance/claim/candidates").find("Limit", "$limit").all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop|Eager"))
                .anyMatch(each -> each.name().equals("NodeIndexSeek")
                        && each.details().startsWith("RANGE INDEX action:Ready(rank, planUuid) WHERE rank > "));
    }

    @Test
    void whatAPlanThatIsCancelledHadReadyIsPassedOverByTheIndexAlone() {
        assertThat(explain("advance/claim/candidates").find("Filter", "IN held"))
                .satisfies(each -> assertThat(each.details()).contains("cache[action.planUuid]"))
                .satisfies(each ->
                        assertThat(each.children()).extracting(Operator::name).doesNotContain("CacheProperties"));
    }

    @Test
    void thoseThatWaitForAResourceAreReadInTheOrderOfTheirPriorityUntilThereAreEnough() {
        Operator plan = explain("advance/claim/requeue");

        assertThat(plan.find("Limit", "$limit").all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop"))
                .anyMatch(each -> each.details().contains("RANGE INDEX action:Ready(blockedBy, priority)"));
        assertThat(plan.find("NodeIndexSeekByRange", "resource:Contended(free)").children())
                .isEmpty();
    }

    @Test
    void theNextRetryIsFoundWithoutLookingAtTheOthers() {
        assertThat(explain("advance/open/look").all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop"));
    }

    @Test
    void revisionsAreReadInOrderUntilThereAreEnough() {
        assertThat(explain("read/revisions").all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000})
    void plansAreListedInTheOrderOfTheirAgeUntilThereAreEnough(int actions, Graph graph) {
        assertThat(explainBeside(actions, graph, "read/plans-by-age")
                        .find("Limit", "$limit")
                        .all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop|Eager"))
                .filteredOn(each -> each.details().startsWith("RANGE INDEX plan:ActionPlan(number)"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000})
    void actionsAreListedInTheOrderOfTheirAgeUntilThereAreEnough(int actions, Graph graph) {
        Operator plan = explainBeside(actions, graph, "read/actions-by-age");

        assertThat(plan.find("Limit", "$limit").all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop|Eager"))
                .filteredOn(each -> each.details()
                        .matches("(?s)RANGE INDEX (plan:ActionPlan\\(number|action:Action\\(planUuid, number).*"))
                .hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("ofActionsKnownByTheirUuids")
    void whatIsKnownByItsUuidIsFoundByItHoweverMuchThereIs(String name, int actions, Graph graph) {
        assertThat(explainBeside(actions, graph, name).all())
                .filteredOn(each -> each.children().isEmpty())
                .filteredOn(each -> !each.details().contains("path:AlternativePath(planUuid)"))
                .extracting(Operator::name)
                .isSubsetOf("NodeUniqueIndexSeek(Locking)", "NodeUniqueIndexSeek", "Unwind", "Argument");
    }

    static List<Arguments> ofActionsKnownByTheirUuids() {
        return onAnEmptyAndOnAFilledDatabase(
                "settle/settle",
                "settle/retry-permissions",
                "ready/count-parents",
                "claim/claim",
                "claim/reserve",
                "claim/block",
                "open/report",
                "open/own-claims",
                "follow/cancel-descendants",
                "follow/cancel",
                "record/count");
    }

    @ParameterizedTest
    @MethodSource("ofWhatThereIsToDo")
    void whatThereIsToDoIsFoundWithoutLookingAtAllPlansAndActions(String name, int actions, Graph graph) {
        assertThat(explainBeside(actions, graph, name).all())
                .filteredOn(each -> each.details().matches(".*:(ActionPlan|Action|Pending|Ready)\\b.*"))
                .extracting(Operator::name)
                .isNotEmpty()
                .doesNotContain("NodeByLabelScan", "NodeIndexScan", "AllNodesScan", "NodeUniqueIndexScan");
    }

    static List<Arguments> ofWhatThereIsToDo() {
        return onAnEmptyAndOnAFilledDatabase(
                "open/look",
                "ready/begin-plans",
                "ready/open-due",
                "change/next",
                "change/open",
                "change/pause",
                "change/not-started",
                "change/reset",
                "change/pending",
                "claim/candidates");
    }

    private static List<Arguments> onAnEmptyAndOnAFilledDatabase(String... names) {
        return Stream.of(names)
                .flatMap(name -> IntStream.of(0, 1_000).mapToObj(actions -> arguments("advance/" + name, actions)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "advance/follow/cancel-descendants",
        "explore/why-not-running",
        "explore/what-it-blocks",
        "read/open-descendants",
        "read/failed-ancestors"
    })
    void aGraphIsWalkedNodeByNodeAndNotPathByPath(String name) {
        assertThat(explain(name).all())
                .filteredOn(each -> each.name().startsWith("VarLengthExpand"))
                .isNotEmpty()
                .allMatch(each -> each.name().startsWith("VarLengthExpand(Pruning"));
    }

    @Test
    void descendantsAreCancelledAtOnceHoweverManyPathsLeadToThem(Graph graph) {
        PlanStore store = new PlanStore(graph, Capacities.DEFAULT);
        UUID plan = store.create(LayeredPlan.of(30, 5));
        String first = Neo4jServer.query(
                        "MATCH (a:Action {planUuid: $plan, id: '0/0'}) SET a.state = 'FAILED' RETURN a.uuid AS uuid",
                        Map.of("plan", plan.toString()))
                .getFirst()
                .get("uuid")
                .asString();
        Map<String, Object> failure = Map.of("action", first, "message", "why");

        int cancelled = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> graph.write(tx -> tx.run(
                                Cypher.of("advance/follow/cancel-descendants"),
                                Map.of(
                                        "failures",
                                        List.of(failure),
                                        "now",
                                        Values.value(java.time.ZonedDateTime.now())))
                        .list()
                        .size()));

        assertThat(cancelled).isEqualTo(29 * 5);
    }

    /** A statement is planned by what the database holds when it is first run, and that plan is kept. */
    private static Operator explainBeside(int actions, Graph graph, String name) {
        if (actions > 0) {
            new PlanStore(graph, Capacities.DEFAULT).create(LayeredPlan.of(actions / 10, 10));
        }
        Neo4jServer.query("CALL db.clearQueryCaches()", Map.of());
        return explain(name);
    }

    private static Operator explain(String name) {
        return explain(LANGUAGES.getFirst(), Cypher.of(name).text());
    }

    private static Operator explain(String language, String statement) {
        try (Session session = Neo4jServer.session()) {
            return Operator.of(session.run(language + " EXPLAIN " + statement)
                    .consume()
                    .queryPlan()
                    .orElseThrow());
        }
    }

    private static List<String> matches(String text, String regex) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String java() throws IOException {
        try (Stream<Path> paths = Files.walk(JAVA)) {
            StringBuilder text = new StringBuilder();
            for (Path path :
                    paths.filter(path -> path.toString().endsWith(".java")).toList()) {
                text.append(Files.readString(path));
            }
            return text.toString();
        }
    }
}
