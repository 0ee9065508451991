package interlock.neo4j.duration;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.RetryPolicy;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.model.Capacities;
import interlock.model.ExpectedDuration;
import interlock.neo4j.DeskApplier;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.control.PlanControl;
import interlock.neo4j.database.Graph;
import interlock.neo4j.duration.RecordedDurations.Kind;
import interlock.neo4j.store.PlanStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Record;

@ExtendWith(Neo4jServer.class)
class DurationRecorderTest {
    private static final Kind NOP = new Kind("nop", false, "", OptionalDouble.empty());

    private final Graph graph;
    private final DurationRecorder recorder;

    DurationRecorderTest(Graph graph) {
        this.graph = graph;
        this.recorder = new DurationRecorder(graph);
    }

    private UUID run(PlanBuilder builder) {
        UUID plan = new PlanStore(graph, Capacities.DEFAULT, (type, _) -> type.equals("nop") ? "small" : "", () -> {})
                .create(builder.build());
        new PlanControl(graph).start(plan, OptionalLong.empty());
        ArrayDeque<Runnable> started = new ArrayDeque<>();
        Applier applier = DeskApplier.of(graph, 8, started);
        for (int step = 0; step < 6; step++) {
            applier.step(true);
            while (!started.isEmpty()) {
                started.remove().run();
            }
        }
        return plan;
    }

    private void recordAll() {
        boolean more = true;
        while (more) {
            more = recorder.record();
        }
    }

    private static List<Record> recorded() {
        return Neo4jServer.query(
                "MATCH (r:RecordedDuration) RETURN r.key AS key, r.succeeded AS succeeded, r.attempts AS attempts ORDER BY key",
                Map.of());
    }

    private ExpectedDuration expected(Kind kind) {
        return graph.read(tx -> RecordedDurations.read(tx, List.of(kind)).of(kind));
    }

    @Test
    void attemptsAreRecordedOnceByTypeAndByWhatMatters() {
        run(PlanBuilder.plan()
                .action("a")
                .action("b")
                .action("flaky", "fail", Map.of("times", 1, "message", "not now"))
                .tried(new RetryPolicy(3, Duration.ZERO, 1, Duration.ZERO, 0)));

        recordAll();
        recordAll();

        assertThat(recorded())
                .extracting(row -> "%s %s %s"
                        .formatted(
                                row.get("key").asString(), row.get("succeeded").asList(), row.get("attempts")))
                .containsExactly("fail [false, true] 2", "nop [true, true] 2", "nop/small [true, true] 2");
        assertThat(expected(new Kind("fail", false, "", OptionalDouble.empty()))
                        .sample()
                        .failureShare())
                .isEqualTo(0.5);
    }

    @Test
    void recordsOutliveThePlanAndAreBounded() {
        UUID plan = run(PlanBuilder.plan().action("a"));
        recordAll();
        Neo4jServer.query("""
                MATCH (recorded:RecordedDuration {key: 'nop'})
                SET recorded.durations = [x IN range(1, 500) | 1.0 * x], recorded.succeeded = [x IN range(1, 500) | true]""", Map.of());
        Neo4jServer.query(
                "MATCH (p:ActionPlan {uuid: $plan})-[:CONTAINS]->(a) DETACH DELETE a, p",
                Map.of("plan", plan.toString()));

        run(PlanBuilder.plan().action("b"));
        recordAll();

        assertThat(expected(NOP).sample().size()).isEqualTo(500);
        assertThat(expected(NOP).seconds(0.5)).isBetween(245.0, 255.0);
    }

    @Test
    void anEstimateIsCorrectedByWhatSuchEstimatesCameTo() {
        Kind estimated = new Kind("nop", false, "", OptionalDouble.of(100));
        run(PlanBuilder.plan().action("a").estimated(Duration.ofSeconds(100)));
        recordAll();
        assertThat(expected(estimated).seconds(0.5)).as("one is not enough").isEqualTo(100);

        PlanBuilder more = PlanBuilder.plan();
        for (int action = 0; action < 10; action++) {
            more.action("a" + action).estimated(Duration.ofSeconds(100));
        }
        run(more);
        recordAll();

        assertThat(recorded()).extracting(row -> row.get("key").asString()).containsExactly("nop/estimate of 2^6 s");
        assertThat(expected(estimated).seconds(0.5)).isLessThan(50);
        assertThat(expected(new Kind("nop", false, "", OptionalDouble.of(1000))).seconds(0.5))
                .as("estimates of another magnitude")
                .isEqualTo(1000);
    }
}
