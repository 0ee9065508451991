package interlock.web.v1.forecast;

import interlock.model.ActionGraph;
import interlock.model.Capacities;
import interlock.model.DurationKeys;
import interlock.model.NewPlan;
import interlock.model.PlanEstimate;
import interlock.model.PlanGraphView;
import interlock.model.PlanState;
import interlock.neo4j.duration.RecordedDurations;
import interlock.neo4j.duration.RecordedDurations.Kind;
import interlock.neo4j.view.PlanReader;
import interlock.neo4j.view.PlanTiming;
import interlock.schedule.Budget;
import interlock.schedule.Forecast;
import interlock.schedule.PlanProject;
import interlock.schedule.Project;
import interlock.schedule.Schedule;
import interlock.schedule.Scheduler;
import interlock.schedule.Timetable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Forecasts of plans, whether they are stored or not. */
public final class Forecasts {
    private static final long SEED = 1;
    private static final double NANOS = 1e9;
    private static final long SECOND = 1_000_000_000;

    /** A forecast may be as old as this many times the time that it took. */
    private static final long SHARE = 5;

    private static final int MOST_KEPT = 100;

    /** Larger plans keep the forecast at their creation as the baseline. */
    private static final int MOST_AT_START = 10_000;

    private final Capacities capacities;
    private final DurationKeys keys;
    private final PlanReader reader;
    private final LongSupplier nanos;
    private final Map<UUID, Kept> latest = new ConcurrentHashMap<>();

    /** The latest answer for a plan, which is used again for {@code most} nanoseconds. */
    private record Kept(long revision, long since, long most, Outlook outlook) {}

    /**
     * Creates forecasts.
     *
     * @param capacities of resources whose capacities the plan does not set
     * @param keys what matters for the durations of actions
     * @param reader reads recorded durations and stored plans
     * @param nanos a monotonic clock for search budgets, in nanoseconds
     */
    public Forecasts(Capacities capacities, DurationKeys keys, PlanReader reader, LongSupplier nanos) {
        this.capacities = capacities;
        this.keys = keys;
        this.reader = reader;
        this.nanos = nanos;
    }

    /** {@return a forecast for a plan that is not stored, by the shortest schedule found within the budget} */
    public ForecastJson of(NewPlan plan, PlanGraphView drawing, Duration budget) {
        Project project = project(plan);
        List<String> uuids = drawing.nodes().stream()
                .limit(project.size())
                .map(PlanGraphView.Node::uuid)
                .toList();
        return ForecastJson.of(project, Scheduler.schedule(project, Budget.of(budget, nanos, SEED)), uuids);
    }

    /** {@return the plan with the priorities and the estimate of the shortest schedule found within the budget} */
    public NewPlan scheduled(NewPlan plan, Duration budget) {
        Project project = project(plan);
        Schedule schedule = Scheduler.schedule(project, Budget.of(budget, nanos, SEED));
        double[] priorities = IntStream.range(0, project.size())
                .mapToDouble(schedule::priority)
                .toArray();
        return plan.with(
                plan.graph().withPriorities(priorities),
                estimate(schedule.applied(), schedule.lowerBound(), project.size()));
    }

    /** {@return the plan with the estimate that results from its own priorities} */
    public NewPlan foreseen(NewPlan plan) {
        Project project = project(plan);
        double[] priorities = IntStream.range(0, project.size())
                .mapToDouble(plan.graph()::priority)
                .toArray();
        Timetable times = Forecast.of(project, priorities).times();
        return plan.with(plan.graph(), estimate(times, Scheduler.lowerBound(project), project.size()));
    }

    private static PlanEstimate estimate(Timetable times, long lowerBound, int actions) {
        return new PlanEstimate(
                times.makespan() / NANOS,
                lowerBound / NANOS,
                IntStream.range(0, actions)
                        .mapToObj(action -> times.start(action) / NANOS)
                        .toList());
    }

    /** Actions without an estimate get the median of what was recorded for actions that are alike; written estimates stay. */
    private Project project(NewPlan plan) {
        List<Kind> kinds = plan.graph().actions().stream()
                .map(action -> Kind.of(action, keys))
                .toList();
        RecordedDurations recorded = reader.durations(kinds);
        ActionGraph estimated = new ActionGraph(IntStream.range(0, kinds.size())
                .mapToObj(place -> plan.graph()
                        .actions()
                        .get(place)
                        .withEstimate(Duration.ofNanos(
                                Math.round(recorded.of(kinds.get(place)).seconds(0.5) * NANOS))))
                .toList());
        return PlanProject.of(estimated, limits(plan)).project();
    }

    private PlanProject.Limits limits(NewPlan plan) {
        return new PlanProject.Limits(
                resource -> plan.capacities().of(resource, capacities),
                slots(plan.graph().actions().size()));
    }

    /** {@return the slots of all appliers, if there are fewer slots than actions} */
    private OptionalInt slots(int actions) {
        OptionalInt slots = reader.slots();
        return slots.isPresent() && slots.getAsInt() < actions ? slots : OptionalInt.empty();
    }

    /**
     * {@return the times of a stored plan} The answer may be a second old, or older for a plan whose forecast takes long.
     *
     * @param revision of the plan, as its reader saw it; an answer for another revision is not used again
     */
    Outlook of(UUID plan, long revision) {
        Kept kept = latest.get(plan);
        long now = nanos.getAsLong();
        if (kept != null && kept.revision() == revision && now - kept.since() < kept.most()) {
            return kept.outlook();
        }
        PlanTiming timing = reader.timing(plan);
        Outlook outlook = Outlook.of(timing, plan.getMostSignificantBits() ^ timing.revision());
        long took = nanos.getAsLong() - now;
        if (latest.size() >= MOST_KEPT) {
            latest.clear();
        }
        latest.put(plan, new Kept(revision, now, Math.max(SECOND, SHARE * took), outlook));
        return outlook;
    }

    /**
     * {@return the makespan that is expected if a plan starts now; empty if it has too many actions to compute that
     * before it starts}
     */
    public OptionalDouble baseline(UUID plan) {
        return reader.plan(plan, false)
                .filter(it -> it.state().is(PlanState.RECOMMENDED) && it.actionsTotal() <= MOST_AT_START)
                .map(it -> OptionalDouble.of(of(plan, it.revision()).makespan()))
                .orElseGet(OptionalDouble::empty);
    }
}
