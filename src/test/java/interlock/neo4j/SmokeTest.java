package interlock.neo4j;

import interlock.action.ActionTypes;
import interlock.applier.*;
import interlock.model.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class SmokeTest {
    @Test
    void drains(Graph graph) throws Exception {
        var store = new PlanStore(graph, Capacities.DEFAULT);
        for (int n : new int[] {1000, 10000}) {
            List<PlannedAction> actions = new ArrayList<>();
            int width = n / 10;
            for (int i = 0; i < n; i++) {
                Set<String> parents = new LinkedHashSet<>();
                if (i >= width)
                    for (int k = 0; k < 3; k++) parents.add("a" + ((i / width - 1) * width + (i + k * 7) % width));
                actions.add(new PlannedAction(
                        "a" + i,
                        "nop",
                        Map.of(),
                        parents,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        RetryPolicy.NEVER));
            }
            long t0 = System.nanoTime();
            UUID plan = store.create(new NewPlan(
                    "p", "explicit", OnFailure.CONTINUE, new ActionGraph(actions), Map.of(), Optional.empty()));
            long t1 = System.nanoTime();
            System.out.println(n + " create ms " + (t1 - t0) / 1000000);
            System.out.println(store.changeState(plan, PlanState.PENDING, OptionalLong.empty()));
            var done = new CountDownLatch(1);
            int[] advances = {0};
            long[] adv = {0};
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var pg = new Neo4jPlanGraph(graph, new Neo4jPlanGraph.Member("h", 1, 64, Duration.ofSeconds(30)));
                var applier = new Applier(
                        new Applier.Limits(64, Duration.ofSeconds(30)),
                        pg,
                        ActionTypes.installed(),
                        new Workers(threads, Thread::sleep),
                        InstantSource.system(),
                        a -> {
                            advances[0]++;
                            if (advances[0] < 8)
                                System.out.println(
                                        a.took() + " settled " + a.settled().size() + " refused "
                                                + a.refused().size() + " claims "
                                                + a.claims().size() + " running " + a.running());
                            adv[0] += a.took().toNanos();
                            if (a.running() == 0
                                    && a.claims().isEmpty()
                                    && !a.settled().isEmpty()) done.countDown();
                        });
                Thread t = new Thread(applier::run);
                t.start();
                done.await(15, TimeUnit.SECONDS);
                long t2 = System.nanoTime();
                System.out.println(n + " drain ms " + (t2 - t1) / 1000000 + " advances " + advances[0] + " per s "
                        + n * 1e9 / (t2 - t1));
                applier.stop();
                t.join();
            }
            System.out.println(
                    Neo4jServer.query("MATCH (p:ActionPlan {uuid:$u}) RETURN p{.*}", Map.of("u", plan.toString())));
        }
    }
}
