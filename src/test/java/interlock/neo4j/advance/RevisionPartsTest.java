package interlock.neo4j.advance;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Json;
import interlock.neo4j.entity.RevisionEntity;
import interlock.neo4j.store.History;
import interlock.neo4j.view.PlanReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class RevisionPartsTest {
    /** Their changes are longer than a part. */
    private static final int MANY = 3_000;

    @Test
    void aChangeOfManyActionsIsStoredInPartsAndReadAsAWhole(Graph graph) {
        try (Rig rig = new Rig(true, MANY, MANY)) {
            PlanBuilder plan = PlanBuilder.plan();
            IntStream.range(0, MANY).forEach(each -> plan.action("action-%d".formatted(each)));
            UUID uuid = rig.store.create(plan.build());

            rig.control(MANY).cancel(uuid, OptionalLong.empty());

            assertThat(Neo4jServer.look("""
                            MATCH (n) WHERE n:Revision OR n:RevisionPart
                            RETURN max(size(n.actions)) AS it, count(n) AS nodes
                            """, Map.of()).getFirst()).satisfies(row -> {
                assertThat(row.get("it").asInt()).isLessThanOrEqualTo(RevisionParts.LARGEST);
                assertThat(row.get("nodes").asInt()).isGreaterThan(2);
            });
            PlanReader reader = new PlanReader(graph, Neo4jServer.entities(graph));
            List<RevisionEntity> read = reader.revisions(uuid, 0, 100);
            assertThat(changed(read)).hasSize(MANY);
            assertThat(changed(reader.followed(List.of(uuid.toString()), 0, Long.MAX_VALUE, 100)))
                    .hasSize(MANY);
            History history = new History(graph, Neo4jServer.entities(graph));
            assertThat(history
                            .from(
                                    new History.Cursor(0, 0, 0),
                                    new History.Span(Long.MAX_VALUE, rig.clock.instant()),
                                    100)
                            .stream()
                            .map(History.Revision.OfPlan.class::cast)
                            .flatMap(revision -> revision.actions().stream())
                            .map(History.ActionChange::uuid)
                            .collect(Collectors.toSet()))
                    .hasSize(MANY);
        }
    }

    private static Set<Object> changed(List<RevisionEntity> revisions) {
        Set<Object> uuids = new HashSet<>();
        revisions.forEach(
                revision -> Json.readObjects(revision.actions()).forEach(change -> uuids.add(change.get("uuid"))));
        return uuids;
    }

    @Test
    void partsTogetherContainAllChangesInOrder() {
        String large = "x".repeat(100_000);
        List<Map<String, Object>> changes = IntStream.range(0, 7)
                .mapToObj(each -> Map.<String, Object>of("at", each, "message", large))
                .toList();

        List<String> parts = RevisionParts.of(List.copyOf(changes));

        assertThat(parts).hasSize(4).allMatch(part -> part.length() <= RevisionParts.LARGEST);
        assertThat(parts.stream()
                        .flatMap(part -> Json.readObjects(part).stream())
                        .map(change -> change.get("at")))
                .containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(RevisionParts.of(List.of())).containsExactly("[]");
    }
}
