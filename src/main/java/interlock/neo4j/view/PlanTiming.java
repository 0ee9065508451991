package interlock.neo4j.view;

import interlock.model.PlanState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.duration.RecordedDurations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * What the times of a plan depend on, read at once. Times are seconds from the start of the plan; of a plan that has not
 * started, from now.
 *
 * @param state of the plan
 * @param revision of the plan
 * @param began the start of the plan, or now
 * @param started whether it has started
 * @param now the current time
 * @param finished the end of the plan; not a number if it has not ended
 * @param baseline the makespan that was expected when the plan started; empty if nothing was expected
 * @param priority of the plan
 * @param work its actions, in their order
 * @param others the open actions of other running plans
 * @param standstills times in which none of its actions could start
 * @param recorded what attempts of actions of these kinds took
 * @param slots the number of actions that all appliers may run at once, if there is an applier
 */
public record PlanTiming(
        PlanState state,
        long revision,
        Instant began,
        boolean started,
        double now,
        double finished,
        OptionalDouble baseline,
        int priority,
        List<PlannedWork> work,
        List<OtherPlan> others,
        List<Standstill> standstills,
        RecordedDurations recorded,
        OptionalInt slots) {
    private static final Cypher TIMES = Cypher.of("read/plan-times");
    private static final Cypher STANDSTILLS = Cypher.of("read/standstills");
    private static final Cypher OTHER_PLANS = Cypher.of("read/other-plans");
    private static final Cypher SLOTS = Cypher.of("read/slots");

    /** The most open actions of other plans that are considered; the largest plans are left out. */
    private static final int MOST_OTHERS = 10_000;

    private static final int MOST_OTHER_PLANS = 100;

    /** Another running plan. */
    public record OtherPlan(int priority, List<PlannedWork> open) {}

    /**
     * A time in which no action of the plan could start.
     *
     * @param why {@code pause}, or {@code retry} if it had ended
     */
    public record Standstill(double from, double until, String why) {}

    static PlanTiming read(Transaction tx, UUID plan) {
        Map<String, Object> ofPlan = Map.of("plan", plan.toString());
        MapAccessor times = tx.run(TIMES, ofPlan).single();
        long nowMillis = times.get("now").asLong();
        boolean started = !times.get("started").isNull();
        long origin = started ? times.get("started").asLong() : nowMillis;
        double now = PlannedWork.time(times.get("now"), origin);
        PlanState state = PlanState.valueOf(times.get("state").asString());
        List<PlannedWork> work = PlannedWork.read(tx, plan, origin, false);
        List<OtherPlan> others = state.ended() ? List.of() : others(tx, ofPlan, origin);
        List<RecordedDurations.Kind> kinds = new ArrayList<>();
        work.forEach(action -> kinds.add(action.kind()));
        others.forEach(other -> other.open().forEach(action -> kinds.add(action.kind())));
        int slots = tx.run(SLOTS, Map.of()).single().get("slots").asInt();
        return new PlanTiming(
                state,
                times.get("revision").asLong(),
                Instant.ofEpochMilli(origin),
                started,
                now,
                state.ended() ? PlannedWork.time(times.get("finished"), origin) : Double.NaN,
                seconds(times.get("baseline").isNull() ? times.get("makespan") : times.get("baseline")),
                times.get("priority").asInt(),
                work,
                others,
                started ? standstills(tx, ofPlan, origin, now) : List.of(),
                RecordedDurations.read(tx, kinds),
                slots > 0 ? OptionalInt.of(slots) : OptionalInt.empty());
    }

    private static OptionalDouble seconds(Value value) {
        return value.isNull() ? OptionalDouble.empty() : OptionalDouble.of(value.asDouble());
    }

    private static List<OtherPlan> others(Transaction tx, Map<String, Object> plan, long origin) {
        Map<String, Object> parameters = new HashMap<>(plan);
        parameters.put("limit", MOST_OTHER_PLANS);
        List<OtherPlan> others = new ArrayList<>();
        long actions = 0;
        for (MapAccessor row : tx.run(OTHER_PLANS, parameters).list()) {
            actions += row.get("open").asLong();
            if (actions > MOST_OTHERS) {
                break;
            }
            others.add(new OtherPlan(
                    row.get("priority").asInt(),
                    PlannedWork.read(tx, UUID.fromString(row.get("uuid").asString()), origin, true)));
        }
        return others;
    }

    private static List<Standstill> standstills(Transaction tx, Map<String, Object> plan, long origin, double now) {
        List<Standstill> merged = new ArrayList<>();
        tx.run(STANDSTILLS, plan).forEachRemaining(row -> {
            Value until = row.get("until");
            Standstill next = new Standstill(
                    PlannedWork.time(row.get("from"), origin),
                    until.isNull() ? now : PlannedWork.time(until, origin),
                    row.get("why").asString());
            Standstill last = merged.isEmpty() ? next : merged.getLast();
            if (!merged.isEmpty() && last.until() == next.from() && last.why().equals(next.why())) {
                merged.set(merged.size() - 1, new Standstill(last.from(), next.until(), last.why()));
            } else {
                merged.add(next);
            }
        });
        return merged;
    }
}
