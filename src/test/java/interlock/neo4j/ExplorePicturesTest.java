package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Record;

/** The queries whose nodes and relationships Neo4j Browser draws. */
class ExplorePicturesTest extends ExploreFixture {
    @Test
    void theGraphOfAPlan() {
        List<Record> rows = explore("plan-graph", ofPlan());

        assertThat(rows).hasSize(11);
        assertThat(rows).filteredOn(row -> row.get("dependency").isNull()).hasSize(1);
    }

    @Test
    void aPictureOfTheLatestPlanHasThePathsThatWereCalledFor() {
        aPathInThePlaceOfWhatIsBroken();
        aPathFor(plan, "move b", "STANDBY");

        List<Record> rows = explore("latest-plan", Map.of());

        assertThat(rows).hasSize(9);
        assertThat(rows)
                .extracting(
                        row -> row.get("action").get("id").asString(),
                        row -> row.get("alternatives").size())
                .contains(tuple("broken", 1), tuple("stand-in for broken", 1), tuple("move b", 0));
        assertThat(rows.stream().mapToInt(row -> row.get("dependencies").size()).sum())
                .isEqualTo(10);
    }

    @Test
    void aPictureOfTheAlternativePaths() {
        aPathInThePlaceOfWhatIsBroken();
        aPathFor(plan, "move b", "STANDBY");

        assertThat(explore("path-graph", ofPlan()))
                .extracting(row -> row.get("tie")
                        .asPath()
                        .relationships()
                        .iterator()
                        .next()
                        .type())
                .containsExactlyInAnyOrder("REPLACES", "REPLACES", "CONTAINS", "CONTAINS", "ACTIVATED_BY");
    }

    @Test
    void aPictureOfWhatWasTried() {
        List<Record> rows = explore("attempt-graph", ofPlan());

        assertThat(rows)
                .hasSize(4)
                .allMatch(row -> row.get("applier")
                        .get("name")
                        .asString()
                        .equals(row.get("applier").get("id").asString()));
        assertThat(rows).filteredOn(row -> !row.get("runs").isNull()).hasSize(1);
    }

    @Test
    void aPictureOfWhatIsTakenAndHeld() {
        List<Record> rows = explore("resource-graph", ofPlan());

        assertThat(rows)
                .extracting(row -> row.get("uses")
                        .asPath()
                        .relationships()
                        .iterator()
                        .next()
                        .type())
                .containsExactlyInAnyOrder("USES", "USES", "USES", "HOLDS");
        assertThat(rows)
                .allMatch(row ->
                        row.get("uses").asPath().end().get("name").asString().equals("h1"));
    }
}
