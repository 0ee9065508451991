package interlock.applier.reference;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.ResourceKey;
import interlock.api.Result;
import interlock.applier.Applier;
import interlock.applier.Rig;
import interlock.applier.reference.Reference.End;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.control.PlanControl.Change;
import interlock.neo4j.store.ResourceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.neo4j.driver.types.MapAccessor;

/**
 * What happens to some plans by chance: attempts fail, people skip, pause, cancel and retry, appliers die, the database goes
 * away at any call. After each thing that happens the promises are checked, and what is stored is compared with what the
 * reference says.
 */
final class Story {
    private static final int TROUBLED_STEPS = 120;
    private static final int STEPS = 1_500;

    private final Rig rig;
    private final long seed;
    private final Random random;
    private final List<Applier> appliers = new ArrayList<>();
    private final Map<UUID, Told> plans = new LinkedHashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final List<String> history = new ArrayList<>();
    private boolean troubled = true;
    private boolean people;

    /** A plan, the reference for it, and up to which revision the reference was told. */
    private static final class Told {
        private final Reference reference;
        private long revision = 2; // stored and started

        Told(Reference reference) {
            this.reference = reference;
        }
    }

    Story(Rig rig, long seed) {
        this.rig = rig;
        this.seed = seed;
        this.random = new Random(seed);
    }

    void run(List<RandomPlan> stored) {
        rig.resources.set(ResourceKey.actionType("scripted"), RandomPlan.MOST_UNITS + random.nextInt(8), false);
        somebodySetsACapacity("r0");
        somebodySetsACapacity("r1");
        for (RandomPlan plan : stored) {
            script(plan);
            Instant now = rig.clock.instant();
            plans.put(rig.start(plan.build(now)), new Told(new Reference(plan, now)));
        }
        appliers.add(applier());
        for (int step = 0; step < TROUBLED_STEPS; step++) {
            somethingHappens();
            check();
        }
        troubled = false;
        for (int step = 0; step < STEPS && !allEnded(); step++) {
            catchUp();
            plans.forEach((plan, told) -> {
                if (told.reference.control.resume()) {
                    agree("resume", plan, told, rig.control.resume(plan, OptionalLong.empty()), true);
                }
            });
            goesOn();
            check();
        }
        assertThat(allEnded())
                .as(
                        "every plan ends: %s; %s",
                        plans.keySet().stream().map(rig::states).toList(),
                        Neo4jServer.look("""
                                MATCH (a:Applier) OPTIONAL MATCH (l:Lease {applier: a.id})
                                RETURN properties(a) AS a, l.until AS until,
                                  [(a)-[:RUNS]->(x) | x.id + ' ' + x.attempt] AS runs
                                """, Map.of()).stream()
                                .map(MapAccessor::asMap)
                                .toList())
                .isTrue();
    }

    /** {@return what has happened so far, for a person who looks for the reason of a failure} */
    String history() {
        return String.join("\n", history);
    }

    private void script(RandomPlan plan) {
        plan.actions().forEach(action -> script(action.id()));
        plan.last().forEach(action -> script(action.id()));
        plan.paths().forEach(path -> path.actions().forEach(action -> script(action.id())));
    }

    private void script(String name) {
        rig.scripted.on(name, () -> outcome(name));
        rig.scripted.on("revert " + name, () -> outcome("revert " + name));
    }

    /** Depends on nothing but the seed, the action and the attempt, so that it is the same in a smaller plan. */
    private Result outcome(String name) {
        int attempt = attempts.merge(name, 1, Integer::sum);
        return switch (new Random(seed * 31 + name.hashCode() * 17L + attempt).nextInt(10)) {
            case 0, 1 -> Result.failed(Failure.permanent("for good"));
            case 2, 3 -> Result.failed(Failure.retryable("for now"));
            case 4 -> Result.skipped("nothing to do");
            default -> Result.succeeded();
        };
    }

    private Applier applier() {
        return rig.shaky(1 + random.nextInt(8), random);
    }

    private void somethingHappens() {
        switch (random.nextInt(44)) {
            case 0 -> appliers.add(applier());
            case 1 -> appliers.remove(random.nextInt(appliers.size())); // its attempts go on unseen
            case 2 -> leaves();
            case 3, 4, 5, 6 -> rig.clock.pass(Duration.ofSeconds(random.nextInt(40)));
            case 7, 8 -> somebodySkips();
            case 9, 10 ->
                somebody((plan, told) -> agree(
                        "pause",
                        plan,
                        told,
                        rig.control.pause(plan, OptionalLong.empty()),
                        told.reference.control.pause()));
            case 11, 12, 13 ->
                somebody((plan, told) -> agree(
                        "resume",
                        plan,
                        told,
                        rig.control.resume(plan, OptionalLong.empty()),
                        told.reference.control.resume()));
            case 14 -> somebodyCancels();
            case 16 -> somebodyChangesThePriority();
            case 17 -> somebodySetsACapacity("r" + random.nextInt(2));
            case 15 -> somebodyRetries();
            case 18, 19 -> somebodyRetriesAnAction();
            default -> goesOn();
        }
        if (appliers.isEmpty()) {
            appliers.add(applier());
        }
    }

    private void goesOn() {
        if (!troubled) {
            rig.clock.pass(Duration.ofSeconds(1));
        }
        if (random.nextBoolean() && !rig.started.isEmpty()) {
            List<Runnable> running = new ArrayList<>(rig.started);
            Runnable one = running.get(random.nextInt(running.size()));
            rig.started.remove(one);
            one.run();
        } else {
            appliers.get(random.nextInt(appliers.size())).step(random.nextBoolean());
        }
    }

    private void leaves() {
        rig.runStarted();
        appliers.remove(random.nextInt(appliers.size())).giveBack();
    }

    private interface Deed {
        void to(UUID plan, Told told);
    }

    private void somebody(Deed deed) {
        catchUp();
        List<UUID> all = new ArrayList<>(plans.keySet());
        UUID plan = all.get(random.nextInt(all.size()));
        deed.to(plan, plans.get(plan));
    }

    private void somebodySkips() {
        somebody((plan, told) -> {
            MapAccessor action = any(plan);
            UUID uuid = UUID.fromString(action.get("uuid").asString());
            String id = action.get("id").asString();
            if (random.nextBoolean()) {
                Change change = rig.actions.skip(uuid, Optional.empty());
                agree("skip " + id, plan, told, change, told.reference.control.skip(id));
            } else {
                Change change = rig.actions.skipAnyway(uuid, Optional.of("done by hand"));
                agree("skip anyway " + id, plan, told, change, told.reference.control.skipAnyway(id));
            }
        });
    }

    private void somebodyRetriesAnAction() {
        somebody((plan, told) -> {
            MapAccessor action = any(plan);
            String id = action.get("id").asString();
            Change change = rig.actions.retry(UUID.fromString(action.get("uuid").asString()), Optional.empty());
            agree("retry " + id, plan, told, change, told.reference.control.retry(id));
        });
    }

    private MapAccessor any(UUID plan) {
        List<MapAccessor> all = Neo4jServer.look(
                "MATCH (a:Action {planUuid: $plan}) RETURN a.uuid AS uuid, a.id AS id ORDER BY id",
                Map.of("plan", plan.toString()));
        return all.get(random.nextInt(all.size()));
    }

    private void somebodyRetries() {
        somebody((plan, told) -> {
            boolean paused = random.nextInt(3) == 0;
            boolean resetPaths = random.nextBoolean();
            Change change = rig.control.retry(plan, OptionalLong.empty(), paused, resetPaths);
            agree(
                    "retry, paused: %s, paths put back: %s".formatted(paused, resetPaths),
                    plan,
                    told,
                    change,
                    told.reference.control.retry(paused, resetPaths));
        });
    }

    private void somebodyCancels() {
        somebody((plan, told) -> {
            boolean abort = random.nextInt(3) == 0;
            Change change = rig.control.cancel(plan, OptionalLong.empty(), abort);
            agree("cancel, abort: " + abort, plan, told, change, told.reference.control.cancel(abort));
        });
    }

    private void somebodyChangesThePriority() {
        somebody((plan, told) -> {
            int priority = random.nextInt(-100, 101);
            Change change = rig.control.setPriority(plan, OptionalLong.empty(), priority);
            agree("priority " + priority, plan, told, change, !told.reference.control.ended());
        });
    }

    /** Never less than is held, so that the promise of all limits can be checked. */
    private void somebodySetsACapacity(String rack) {
        int used = Neo4jServer.look(
                        "OPTIONAL MATCH (r:Resource {key: $key}) RETURN coalesce(r.used, 0) AS used",
                        Map.of("key", "rack/" + rack))
                .getFirst()
                .get("used")
                .asInt();
        int capacity = Math.max(used, RandomPlan.MOST_UNITS + random.nextInt(3));
        history.add("%s has %d".formatted(rack, capacity));
        assertThat(rig.resources.set(new ResourceKey("rack", rack), capacity, false))
                .isEqualTo(new ResourceStore.Change.Done(Set.of()));
    }

    private void agree(String deed, UUID plan, Told told, Change change, boolean expected) {
        history.add("%s: %s".formatted(deed, change));
        people = true;
        assertThat(change instanceof Change.Done).as("%s", change).isEqualTo(expected);
        if (expected) {
            told.revision++;
            tellConsequences(plan, told);
        }
    }

    /** What a command of a person changed beyond what it says: finally actions begin, trigger rules skip actions. */
    private static void tellConsequences(UUID plan, Told told) {
        Neo4jServer.look(
                        "MATCH (r:Revision {planUuid: $plan, number: $number}) RETURN r.actions AS actions",
                        Map.of("plan", plan.toString(), "number", told.revision))
                .forEach(row -> {
                    List<Changed> changes = Changed.read(row.get("actions").asString());
                    told.reference.follow(
                            ids(
                                    changes,
                                    change ->
                                            change.state().equals("PENDING") && told.reference.isToBegin(change.id())),
                            ids(changes, Changed::isSkippedByRule));
                });
    }

    private static List<String> ids(List<Changed> changes, Predicate<Changed> which) {
        return changes.stream().filter(which).map(Changed::id).toList();
    }

    private boolean allEnded() {
        return plans.keySet().stream().allMatch(plan -> rig.planState(plan).ended());
    }

    /** Looks at everything, if something was stored since the last time. */
    private void check() {
        if (catchUp()) {
            Promises.check(cypher -> Neo4jServer.look(cypher, Map.of()));
            plans.forEach((plan, told) -> assertThat(stored(plan)).isEqualTo(told.reference.states()));
        }
    }

    /** Tells the references what was stored since the last time, if anything was. */
    private boolean catchUp() {
        boolean[] news = {people};
        people = false;
        plans.forEach((plan, told) -> {
            List<MapAccessor> revisions =
                    Neo4jServer.look("""
                    MATCH (r:Revision {planUuid: $plan}) WHERE r.number > $after
                    RETURN r.number AS number, r.state AS state, r.at AS at, r.actions AS actions ORDER BY number
                    """, Map.of("plan", plan.toString(), "after", told.revision));
            for (MapAccessor revision : revisions) {
                news[0] = true;
                history.add("%s %s: %s"
                        .formatted(
                                revision.get("number"),
                                revision.get("state").asString(),
                                Changed.read(revision.get("actions").asString())));
                tell(plan, told.reference, revision);
                told.revision = revision.get("number").asLong();
            }
        });
        return news[0];
    }

    private static void tell(UUID plan, Reference reference, MapAccessor revision) {
        List<End> ends = new ArrayList<>();
        List<String> begun = new ArrayList<>();
        List<String> skips = new ArrayList<>();
        List<String> claims = new ArrayList<>();
        List<String> late = new ArrayList<>();
        Set<String> newReverts = new LinkedHashSet<>();
        Set<String> ended = new LinkedHashSet<>();
        for (Changed change : Changed.read(revision.get("actions").asString())) {
            if (!reference.knows(change.id())) {
                newReverts.add(change.id());
            } else if (change.state().equals("ONGOING")) {
                claims.add(change.id());
            } else if (reference.runs(change.id()) && ended.add(change.id())) {
                ends.add(end(plan, change));
            } else if (change.state().equals("FAILED") && !ended.contains(change.id())) {
                late.add(change.id());
            } else if (change.isSkippedByRule()) {
                skips.add(change.id());
            } else if (change.state().equals("PENDING") && reference.isToBegin(change.id())) {
                begun.add(change.id());
            }
        }
        for (Changed change : Changed.read(revision.get("actions").asString())) {
            if (newReverts.contains(change.id()) && change.state().equals("ONGOING")) {
                claims.add(change.id());
            }
        }
        reference.advance(new Reference.Stored(
                revision.get("at").asZonedDateTime().toInstant(),
                ends,
                late,
                newReverts,
                begun,
                skips,
                claims,
                revision.get("state").asString()));
    }

    private static End end(UUID plan, Changed change) {
        MapAccessor attempt = Neo4jServer.look(
                        """
                        MATCH (:Action {planUuid: $plan, id: $id})-[:ATTEMPTED]->(t:Attempt {number: $number})
                        RETURN t.outcome AS outcome, coalesce(t.message, '') AS message
                        """, Map.of("plan", plan.toString(), "id", change.id(), "number", change.attempt()))
                .getFirst();
        return new End(
                change.id(),
                attempt.get("outcome").asString(),
                attempt.get("message").asString(),
                change.state());
    }

    private static Map<String, String> stored(UUID plan) {
        Map<String, String> states = new TreeMap<>();
        Neo4jServer.look("""
                        MATCH (a:Action {planUuid: $plan}) RETURN a.id AS id, a.state AS state
                        UNION ALL
                        MATCH (p:AlternativePath {planUuid: $plan}) RETURN 'path ' + p.name AS id, p.state AS state
                        UNION ALL
                        MATCH (p:ActionPlan {uuid: $plan})
                        RETURN 'plan' AS id, p.state + CASE WHEN p.paused THEN ' paused' ELSE '' END AS state
                        """, Map.of("plan", plan.toString()))
                .forEach(row ->
                        states.put(row.get("id").asString(), row.get("state").asString()));
        return states;
    }
}
