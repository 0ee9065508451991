package interlock.neo4j;

import interlock.action.ActionTypes;
import interlock.action.Fail;
import interlock.action.Nop;
import interlock.applier.Applier;
import interlock.applier.WorkerThreads;
import interlock.neo4j.database.Graph;
import interlock.neo4j.store.Neo4jPlanGraph;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;

/** Appliers of the host {@code desk}, on the system's clock: what the database is asked about them depends on its own time. */
public final class DeskApplier {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private DeskApplier() {}

    /** {@return an applier that puts the attempts it starts in a queue} */
    public static Applier of(Graph graph, int slots, Queue<Runnable> started) {
        return new Applier(
                new Applier.Limits(slots, LEASE),
                new Neo4jPlanGraph(graph, new Neo4jPlanGraph.Member("desk", 1, slots, LEASE), Runnable::run),
                new ActionTypes(List.of(new Nop(), new Fail())),
                new WorkerThreads(started::add, _ -> {}),
                InstantSource.system(),
                _ -> {},
                _ -> {});
    }
}
