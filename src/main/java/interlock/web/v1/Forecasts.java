package interlock.web.v1;

import interlock.api.PlannedAction;
import interlock.model.ActionGraph;
import interlock.model.Capacities;
import interlock.model.NewPlan;
import interlock.model.PlanEstimate;
import interlock.model.PlanGraphView;
import interlock.neo4j.view.PlanReader;
import interlock.neo4j.view.PlannedWork;
import interlock.schedule.Budget;
import interlock.schedule.Forecast;
import interlock.schedule.PlanProject;
import interlock.schedule.Project;
import interlock.schedule.Schedule;
import interlock.schedule.Scheduler;
import interlock.schedule.Timetable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Forecasts of plans, whether they are stored or not. */
public final class Forecasts {
    private static final long SEED = 1;
    private static final double NANOS = 1e9;
    private static final double WITHOUT_ESTIMATE = ActionGraph.WITHOUT_ESTIMATE.toSeconds();

    private final Capacities capacities;
    private final PlanReader reader;
    private final LongSupplier nanos;

    /**
     * Creates forecasts.
     *
     * @param capacities of resources whose capacities the plan does not set
     * @param reader reads recorded durations and stored plans
     * @param nanos a monotonic clock for search budgets, in nanoseconds
     */
    public Forecasts(Capacities capacities, PlanReader reader, LongSupplier nanos) {
        this.capacities = capacities;
        this.reader = reader;
        this.nanos = nanos;
    }

    /** {@return a forecast for a plan that is not stored, by the shortest schedule found within the budget} */
    ForecastJson of(NewPlan plan, PlanGraphView drawing, Duration budget) {
        Project project = project(plan);
        List<String> uuids = drawing.nodes().stream()
                .limit(project.size())
                .map(PlanGraphView.Node::uuid)
                .toList();
        return ForecastJson.of(project, Scheduler.schedule(project, Budget.of(budget, nanos, SEED)), uuids);
    }

    /** {@return the plan with the priorities and the estimate of the shortest schedule found within the budget} */
    NewPlan scheduled(NewPlan plan, Duration budget) {
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
    NewPlan foreseen(NewPlan plan) {
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

    /** Actions without an estimate get the recent average duration of their type. */
    private Project project(NewPlan plan) {
        Map<String, Double> recorded = reader.durations(plan.graph().actions().stream()
                .filter(action -> action.estimatedDuration().isEmpty())
                .map(PlannedAction::actionType)
                .collect(Collectors.toSet()));
        ActionGraph estimated = new ActionGraph(plan.graph().actions().stream()
                .map(action -> action.withEstimate(duration(recorded, action.actionType())))
                .toList());
        return PlanProject.of(estimated, limits(plan)).project();
    }

    private static Duration duration(Map<String, Double> recorded, String actionType) {
        return Duration.ofNanos(Math.round(recorded.getOrDefault(actionType, WITHOUT_ESTIMATE) * 1e9));
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

    /** {@return a forecast for a stored plan, as the applier will run it} */
    ForecastJson of(UUID plan) {
        List<PlannedWork> work = reader.work(plan);
        Project project = project(work);
        double[] priorities = work.stream().mapToDouble(PlannedWork::priority).toArray();
        return ForecastJson.of(
                Forecast.of(project, priorities),
                Scheduler.lowerBound(project),
                work.stream().map(PlannedWork::uuid).toList());
    }

    private Project project(List<PlannedWork> work) {
        Map<String, Double> recorded = reader.durations(work.stream()
                .filter(action -> action.seconds().isEmpty())
                .map(PlannedWork::actionType)
                .collect(Collectors.toSet()));
        Map<String, Integer> places = HashMap.newHashMap(work.size());
        work.forEach(action -> places.put(action.uuid(), places.size()));
        Map<String, Integer> resources = new HashMap<>();
        List<Integer> available = new ArrayList<>();
        OptionalInt slots = slots(work.size());
        slots.ifPresent(available::add);
        long[] nanos = new long[work.size()];
        int[][] parents = new int[nanos.length][];
        int[][] demands = new int[nanos.length][];
        for (int place = 0; place < nanos.length; place++) {
            PlannedWork action = work.get(place);
            nanos[place] = action.seconds().isPresent()
                    ? Math.max(0, Math.round(action.seconds().getAsDouble() * 1e9))
                    : duration(recorded, action.actionType()).toNanos();
            parents[place] = action.parents().stream()
                    .filter(places::containsKey)
                    .mapToInt(parent -> places.getOrDefault(parent, 0))
                    .toArray();
            Map<Integer, Integer> units = new HashMap<>();
            slots.ifPresent(_ -> units.put(0, 1));
            for (PlannedWork.Demand demand : action.demands()) {
                int resource = resources.computeIfAbsent(demand.resource(), _ -> {
                    available.add(demand.capacity());
                    return available.size() - 1;
                });
                // an action that needs more than the capacity never runs; the forecast assumes the whole capacity
                units.merge(resource, demand.units(), (one, other) -> Math.min(demand.capacity(), one + other));
                units.computeIfPresent(resource, (_, taken) -> Math.min(demand.capacity(), taken));
            }
            demands[place] = units.entrySet().stream()
                    .flatMapToInt(taken -> IntStream.of(taken.getKey(), taken.getValue()))
                    .toArray();
        }
        return new Project(
                nanos,
                parents,
                demands,
                available.stream().mapToInt(Integer::intValue).toArray(),
                slots.isPresent() ? OptionalInt.of(0) : OptionalInt.empty());
    }
}
