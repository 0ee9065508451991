package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.neo4j.database.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(Neo4jServer.class)
class CypherFilesTest {
    private static final Path JAVA = Path.of("src/main/java");

    /** Statements that may look at all nodes of a label, and why. */
    private static final Map<String, String> MAY_SCAN_A_LABEL = Map.of(
            "audit/order", "those without a turn are few, and all of them are looked at",
            "plan/sweep-drafts", "drafts are few, and all of them are looked at",
            "read/appliers", "appliers are few, and all of them are looked at",
            "schema/migration/applied", "migrations are few, and all of them are looked at",
            "explore/contention", "all contended resources are asked for");

    /** The labels and properties of nodes with pending work only. */
    private static final Set<String> MARKS =
            Set.of("Contended", "Completed", "Due", "Undecided", "Unordered", "CapacityChanged");

    static List<CypherFile> statements() throws IOException {
        return CypherFile.all().stream().filter(file -> !file.isMigration()).toList();
    }

    static List<CypherFile> migrations() throws IOException {
        return CypherFile.all().stream().filter(CypherFile::isMigration).toList();
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
        for (String language : CypherFile.LANGUAGES) {
            PlanOperator plan = PlanOperator.explain(language, file.text());

            assertThat(plan.all())
                    .noneMatch(each -> each.name().equals("AllNodesScan"))
                    .noneMatch(each -> each.name().contains("RelationshipTypeScan"))
                    .noneMatch(PlanOperator::multiplies);
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
            CypherFile.LANGUAGES.forEach(language -> PlanOperator.explain(language, statement));
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
    void theReadmeListsEveryStatementOfAnAdvance() throws IOException {
        String inOrder = Files.readString(CypherFile.FOLDER.resolve("advance/README.md"));
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
