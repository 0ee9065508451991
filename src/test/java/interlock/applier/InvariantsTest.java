package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.model.Failure;
import interlock.model.OnFailure;
import interlock.model.Outcome;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.Record;

/**
 * Random plans under random trouble: attempts fail, the database's answers get lost before and after the commit, and
 * appliers die with what they run. Whatever happens, the promises hold at every moment, and every plan ends. The seed is
 * the test's name; {@code -Dinterlock.seeds=1000} tries more of them, {@code -Dinterlock.seed=N} begins there.
 */
@ExtendWith(Neo4jServer.class)
class InvariantsTest {
    private static final int STEPS = 3_000;

    static List<Long> seeds() {
        long first = Long.getLong("interlock.seed", 1);
        List<Long> seeds = new ArrayList<>();
        for (long seed = first; seed < first + Integer.getInteger("interlock.seeds", 20); seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensThePromisesHoldAndEveryPlanEnds(long seed) {
        try (Rig rig = new Rig()) {
            new Story(rig, new Random(seed)).run();
        }
    }

    /** One seed's story. */
    private static final class Story {
        private final Rig rig;
        private final Random random;
        private final List<Applier> appliers = new ArrayList<>();
        private final List<UUID> plans = new ArrayList<>();

        Story(Rig rig, Random random) {
            this.rig = rig;
            this.random = random;
        }

        void run() {
            rig.store.setCapacities(Map.of(interlock.model.ResourceKey.actionType("scripted"), 1 + random.nextInt(9)));
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                plans.add(rig.start(plan()));
            }
            appliers.add(applier());
            for (int step = 0; step < STEPS && !allEnded(); step++) {
                somethingHappens();
                check();
            }
            none("an action of a plan that does not end", """
                    MATCH (p:ActionPlan)-[:CONTAINS]->(a:Action)
                    WHERE p.state IN ['PENDING', 'ONGOING'] AND a.state IN ['PENDING', 'ONGOING']
                    RETURN p.state, p.onFailure, labels(a), a {.id, .rank, .blockedBy, .notBefore, .unmetParents, .applier},
                      [(a)-[:USES]->(r) | r {.key, .free, .capacity, labels: labels(r)}] AS uses,
                      [(x:Applier)-[:RUNS]->(a) | x {.id, .state, .leaseUntil}] AS appliers,
                      COLLECT { MATCH (t:Resource {kind: 'action_type'}) RETURN t {.key, .free, .used} } AS types
                    """);
            plans.forEach(this::checkEnded);
        }

        private PlanBuilder plan() {
            OnFailure[] policies = OnFailure.values();
            PlanBuilder plan = PlanBuilder.plan().onFailure(policies[random.nextInt(policies.length)]);
            int actions = 1 + random.nextInt(25);
            for (int i = 0; i < actions; i++) {
                List<String> parents = new ArrayList<>();
                for (String other : plan.ids()) {
                    if (random.nextInt(actions) < 3) {
                        parents.add(other);
                    }
                }
                String name = "a" + i;
                plan.action(name, "scripted", Map.of("name", name), parents.toArray(String[]::new))
                        .tried(1 + random.nextInt(3));
                if (random.nextInt(3) == 0) {
                    plan.using("rack", "r" + random.nextInt(2), 1);
                }
                rig.scripted.on(name, this::outcome);
            }
            return plan;
        }

        private Outcome outcome() {
            return switch (random.nextInt(12)) {
                case 0 -> new Outcome.Failed(Failure.permanent("for good"));
                case 1, 2 -> new Outcome.Failed(Failure.retryable("for now"));
                case 3 -> new Outcome.Skipped("nothing to do");
                case 4 -> throw new IllegalStateException("thrown");
                default -> Outcome.succeeded();
            };
        }

        private Applier applier() {
            return rig.applier(1 + random.nextInt(8), graph -> new ShakyGraph(graph, random));
        }

        private void somethingHappens() {
            switch (random.nextInt(20)) {
                case 0 -> appliers.add(applier());
                case 1 -> dies();
                case 2 -> leaves();
                case 3, 4 -> rig.clock.pass(Duration.ofSeconds(random.nextInt(40)));
                case 5, 6, 7, 8, 9, 10 -> runsOne();
                default -> appliers.get(random.nextInt(appliers.size())).step(random.nextBoolean());
            }
            if (appliers.isEmpty()) {
                appliers.add(applier());
            }
        }

        /** Its attempts go on unseen: what they say comes too late. */
        private void dies() {
            appliers.remove(random.nextInt(appliers.size()));
        }

        private void leaves() {
            rig.runStarted();
            appliers.remove(random.nextInt(appliers.size())).giveBack();
        }

        private void runsOne() {
            if (!rig.started.isEmpty()) {
                List<Runnable> running = new ArrayList<>(rig.started);
                Runnable one = running.get(random.nextInt(running.size()));
                rig.started.remove(one);
                one.run();
            }
        }

        private boolean allEnded() {
            return plans.stream().allMatch(plan -> rig.planState(plan).ended());
        }

        private void check() {
            none("a label that disagrees with its state", """
                    MATCH (a:Action)
                    WITH a, [label IN labels(a) WHERE label <> 'Action'] AS labels
                    WHERE size(labels) <> 1 OR NOT (toUpper(labels[0]) = a.state
                      OR labels[0] = 'Ready' AND a.state = 'PENDING')
                    RETURN a.id, labels, a.state
                    """);
            none("an action that started before its parents were complete", """
                    MATCH (p:ActionPlan)-[:CONTAINS]->(a:Action)-[:DEPENDS_ON]->(parent)
                    WHERE (a.attempt > 0 OR a:Ready)
                      AND NOT parent.state IN ['SUCCEEDED', 'SKIPPED']
                      AND NOT (p.onFailure = 'ignore' AND parent.state = 'FAILED')
                    RETURN a.id, parent.id, parent.state
                    """);
            none("a child that started before its parent had finished", """
                    MATCH (first:Attempt {number: 1})<-[:ATTEMPTED]-(a:Action)-[:DEPENDS_ON]->(parent)
                    WHERE first.startedAt < parent.finishedAt
                    RETURN a.id, parent.id
                    """);
            none("a resource of which too much is held, or miscounted", """
                    MATCH (r:Resource)
                    OPTIONAL MATCH (r)<-[h:HOLDS]-(:Ongoing)
                    WITH r, sum(coalesce(h.units, 0)) AS held
                    WHERE held > r.capacity OR held <> r.used
                    RETURN r.key, r.used, held, r.capacity
                    """);
            none("a running action without exactly one applier and one open attempt, or another one with them", """
                    MATCH (a:Action)
                    WITH a, COUNT { (:Applier {id: a.applier})-[:RUNS]->(a) } AS runs,
                      COUNT { (a)-[:ATTEMPTED]->(t) WHERE t.outcome IS NULL } AS running
                    WHERE runs <> CASE WHEN a:Ongoing THEN 1 ELSE 0 END OR runs <> running
                    RETURN a.id, a.state, runs, running
                    """);
            none("attempts that are not numbered one by one", """
                    MATCH (a:Action)
                    OPTIONAL MATCH (a)-[:ATTEMPTED]->(t)
                    WITH a, t ORDER BY t.number
                    WITH a, collect(t.number) AS numbers
                    WHERE numbers <> range(1, a.attempt)
                    RETURN a.id, a.attempt, numbers
                    """);
            none("an action with two successes, or one that succeeded without", """
                    MATCH (a:Action)
                    WITH a, COUNT { (a)-[:ATTEMPTED]->({outcome: 'SUCCEEDED'}) } AS successes
                    WHERE successes <> CASE a.state WHEN 'SUCCEEDED' THEN 1 ELSE 0 END
                    RETURN a.id, a.state, successes
                    """);
            none("a plan that miscounts", """
                    MATCH (p:ActionPlan)
                    WHERE p.pending <> COUNT { (p)-[:CONTAINS]->({state: 'PENDING'}) }
                      OR p.ongoing <> COUNT { (p)-[:CONTAINS]->({state: 'ONGOING'}) }
                      OR p.succeeded <> COUNT { (p)-[:CONTAINS]->({state: 'SUCCEEDED'}) }
                      OR p.failed <> COUNT { (p)-[:CONTAINS]->({state: 'FAILED'}) }
                      OR p.skipped <> COUNT { (p)-[:CONTAINS]->({state: 'SKIPPED'}) }
                      OR p.cancelled <> COUNT { (p)-[:CONTAINS]->({state: 'CANCELLED'}) }
                    RETURN p
                    """);
            none("a hole in the revisions", """
                    MATCH (p:ActionPlan)
                    WHERE p.revision <> COUNT { MATCH (r:Revision {planUuid: p.uuid}) }
                    RETURN p.revision
                    """);
        }

        private static void none(String what, String cypher) {
            List<Record> found = Neo4jServer.query(cypher, Map.of());
            assertThat(found).as(what).isEmpty();
        }

        private void checkEnded(UUID plan) {
            String states = rig.states(plan);
            assertThat(states).doesNotContain("PENDING", "ONGOING");
            assertThat(rig.planState(plan))
                    .isEqualTo(states.contains("=FAILED") ? PlanState.FAILED : PlanState.SUCCEEDED);
        }
    }

    /** A database that now and then cannot be reached, or whose answer gets lost. */
    private record ShakyGraph(PlanGraph graph, Random random) implements PlanGraph {
        @Override
        public String register() {
            return graph.register();
        }

        @Override
        public <T> Committed<T> advance(String applier, Function<Turn, T> work) {
            int chance = random.nextInt(12);
            if (chance == 0) {
                throw lost("before the transaction");
            }
            Committed<T> committed = graph.advance(applier, turn -> {
                T result = work.apply(turn);
                if (chance == 1) {
                    throw lost("before the commit");
                }
                return result;
            });
            if (chance == 2) {
                throw lost("after the commit");
            }
            return committed;
        }

        private static GraphUnavailable lost(String when) {
            return new GraphUnavailable("lost " + when, new IllegalStateException());
        }

        @Override
        public boolean hasWork(String applier) {
            return graph.hasWork(applier);
        }

        @Override
        public void leave(String applier) {
            graph.leave(applier);
        }
    }
}
