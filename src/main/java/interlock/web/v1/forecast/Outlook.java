package interlock.web.v1.forecast;

import interlock.model.ActionState;
import interlock.neo4j.duration.RecordedDurations.Kind;
import interlock.neo4j.view.PlanTiming;
import interlock.neo4j.view.PlanTiming.OtherPlan;
import interlock.neo4j.view.PlannedWork;
import interlock.schedule.CriticalPath;
import interlock.schedule.Prediction;
import interlock.schedule.Prediction.Task;
import interlock.schedule.Project;
import interlock.schedule.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The times of a plan: what has ended with its recorded times, the rest as it is predicted from now. Pure. All answers
 * about the times of a plan are taken from it, so that they agree.
 */
final class Outlook {
    /** The name of the resource that stands for the slots of all appliers. */
    private static final String SLOTS = CriticalPath.SLOT;

    /** Before all priorities of actions: reverts start first. */
    private static final double REVERT = 1e9;

    private final PlanTiming timing;
    private final List<PlannedWork> work;
    private final double[] start;
    private final double[] finish;
    private final double[] ran;
    private final CriticalPath criticalPath;
    private final double makespan;
    private final double late;
    private final int simulations;

    /** An open action of this or of another plan. */
    private record Open(PlannedWork work, int planPriority, int place, boolean own) {}

    private Outlook(PlanTiming timing, long seed) {
        this.timing = timing;
        work = timing.work();
        int count = work.size();
        start = new double[count];
        finish = new double[count];
        ran = new double[count];
        for (int place = 0; place < count; place++) {
            PlannedWork action = work.get(place);
            start[place] = action.start();
            finish[place] = action.finish();
            ran[place] = action.ran();
        }
        Resources resources = new Resources();
        Prediction rest = predict(resources, seed);
        criticalPath = criticalPath(resources);
        boolean ended = timing.state().ended();
        double end = timing.now() + rest.p50();
        makespan = !ended ? end : Double.isNaN(timing.finished()) ? criticalPath.seconds() : timing.finished();
        late = ended ? makespan : timing.now() + rest.p90();
        simulations = rest.simulations();
    }

    /**
     * {@return the outlook of a plan}
     *
     * @param seed of the simulations
     */
    static Outlook of(PlanTiming timing, long seed) {
        return new Outlook(timing, seed);
    }

    private Prediction predict(Resources resources, long seed) {
        boolean slotsMatter = false;
        List<Open> open = open();
        if (timing.slots().isPresent() && timing.slots().getAsInt() < open.size()) {
            resources.number(SLOTS, timing.slots().getAsInt());
            slotsMatter = true;
        }
        Map<String, Integer> numbers = HashMap.newHashMap(open.size());
        open.forEach(it -> numbers.put(it.work().uuid(), numbers.size()));
        List<Task> tasks = new ArrayList<>();
        for (Open it : open) {
            PlannedWork action = it.work();
            boolean runs = action.state() == ActionState.ONGOING;
            tasks.add(new Task(
                    timing.recorded().of(action.kind()),
                    runs ? Math.max(0, timing.now() - action.runningSince()) : Double.NaN,
                    Double.isNaN(action.due()) ? 0 : Math.max(0, action.due() - timing.now()),
                    action.attemptsLeft(),
                    action.backoff(),
                    action.parents().stream()
                            .filter(numbers::containsKey)
                            .map(parent -> numbers.getOrDefault(parent, 0))
                            .toList(),
                    resources.demands(action, slotsMatter),
                    it.own()));
        }
        int[] order = IntStream.range(0, open.size()).toArray();
        Prediction rest = Prediction.of(
                tasks, order, resources.capacities(), slotsMatter ? OptionalInt.of(0) : OptionalInt.empty(), seed);
        for (int at = 0; at < order.length; at++) {
            Open it = open.get(at);
            if (it.own()) {
                place(it.place(), timing.now() + rest.start(at), timing.now() + rest.finish(at));
            }
        }
        return rest;
    }

    /** Sets the predicted times of an open action, after those of its attempts that have ended. */
    private void place(int place, double from, double until) {
        PlannedWork action = work.get(place);
        boolean runs = action.state() == ActionState.ONGOING;
        double since = runs ? action.runningSince() : from;
        double before = action.attempts().isEmpty() ? 0 : action.ran();
        start[place] = Double.isNaN(action.start()) ? from : action.start();
        finish[place] = until;
        ran[place] = before + until - since;
    }

    /**
     * {@return the open actions in the order in which they start, as resources permit} Running ones come first. Plans
     * of the same priority share the slots: their actions take turns.
     */
    private List<Open> open() {
        if (timing.state().ended()) {
            return List.of();
        }
        List<Open> own = new ArrayList<>();
        for (int place = 0; place < work.size(); place++) {
            if (!work.get(place).state().ended()) {
                own.add(new Open(work.get(place), timing.priority(), place, true));
            }
        }
        List<List<Open>> plans = new ArrayList<>();
        plans.add(own);
        for (OtherPlan other : timing.others()) {
            plans.add(other.open().stream()
                    .map(action -> new Open(action, other.priority(), -1, false))
                    .toList());
        }
        record Turn(Open open, int turn) {}
        List<Turn> turns = new ArrayList<>();
        for (List<Open> plan : plans) {
            List<Open> sorted = plan.stream()
                    .sorted(Comparator.comparingDouble(it -> -rank(it.work())))
                    .toList();
            for (int turn = 0; turn < sorted.size(); turn++) {
                turns.add(new Turn(sorted.get(turn), turn));
            }
        }
        return turns.stream()
                .sorted(Comparator.comparing((Turn it) -> it.open().work().state() != ActionState.ONGOING)
                        .thenComparingInt(it -> -it.open().planPriority())
                        .thenComparingInt(Turn::turn))
                .map(Turn::open)
                .toList();
    }

    private static double rank(PlannedWork action) {
        return action.priority() + (action.kind().revert() ? REVERT : 0);
    }

    private CriticalPath criticalPath(Resources resources) {
        Map<String, Integer> places = HashMap.newHashMap(work.size());
        work.forEach(action -> places.put(action.uuid(), places.size()));
        List<CriticalPath.Times> times = new ArrayList<>();
        for (int place = 0; place < start.length; place++) {
            PlannedWork action = work.get(place);
            times.add(new CriticalPath.Times(
                    start[place],
                    finish[place],
                    ran[place],
                    action.parents().stream()
                            .filter(places::containsKey)
                            .map(parent -> places.getOrDefault(parent, 0))
                            .toList(),
                    action.demands().stream()
                            .map(demand -> resources.number(demand.resource(), demand.capacity()))
                            .toList(),
                    action.waitedFor()
                            .map(key -> resources.number(key, Integer.MAX_VALUE))
                            .orElse(Double.isNaN(action.start()) ? CriticalPath.UNKNOWN : CriticalPath.NO_RESOURCE)));
        }
        return CriticalPath.of(
                times,
                resources.names(),
                timing.standstills().stream()
                        .map(still -> new CriticalPath.Standstill(still.from(), still.until(), still.why()))
                        .toList());
    }

    /** The limited resources, numbered as they are met. */
    private static final class Resources {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> names = new ArrayList<>();
        private final List<Integer> capacities = new ArrayList<>();

        int number(String name, int capacity) {
            return numbers.computeIfAbsent(name, _ -> {
                names.add(name);
                capacities.add(Math.max(1, capacity));
                return names.size() - 1;
            });
        }

        List<String> names() {
            return names;
        }

        int[] capacities() {
            return capacities.stream().mapToInt(Integer::intValue).toArray();
        }

        /** An action that needs more than the capacity never runs; the forecast assumes the whole capacity. */
        List<Integer> demands(PlannedWork action, boolean slots) {
            Map<Integer, Long> units = new LinkedHashMap<>();
            if (slots) {
                units.put(0, 1L);
            }
            action.demands()
                    .forEach(demand -> units.merge(
                            number(demand.resource(), demand.capacity()), (long) demand.units(), Long::sum));
            return units.entrySet().stream()
                    .flatMap(taken ->
                            Stream.of(taken.getKey(), (int) Math.min(taken.getValue(), capacities.get(taken.getKey()))))
                    .toList();
        }
    }

    PlanTiming timing() {
        return timing;
    }

    /** {@return the start of an action in seconds from the plan's start} If it never ran, its end. */
    double start(int place) {
        return Math.max(0, Double.isNaN(start[place]) ? finish(place) : start[place]);
    }

    /** {@return the end of an action in seconds from the plan's start} */
    double finish(int place) {
        return Math.max(0, Double.isNaN(finish[place]) ? 0 : finish[place]);
    }

    /** {@return from the start of the plan to its end, or to its median end, in seconds} */
    double makespan() {
        return makespan;
    }

    /** {@return from the start of the plan to the end that nine of ten simulations keep, in seconds} */
    double late() {
        return late;
    }

    CriticalPath criticalPath() {
        return criticalPath;
    }

    int simulations() {
        return simulations;
    }

    /** {@return the number of recorded attempts that the prediction rests on; of an ended plan 0} */
    long samples() {
        List<Kind> kinds = work.stream()
                .filter(action -> !timing.state().ended() && !action.state().ended())
                .map(PlannedWork::kind)
                .toList();
        return timing.recorded().samples(kinds);
    }

    /** {@return a lower bound of the makespan of any order of the actions, with these durations} */
    double lowerBound() {
        Resources resources = new Resources();
        boolean slots = timing.slots().isPresent() && timing.slots().getAsInt() < work.size();
        timing.slots().ifPresent(count -> resources.number(SLOTS, count));
        Map<String, Integer> places = HashMap.newHashMap(work.size());
        work.forEach(action -> places.put(action.uuid(), places.size()));
        long[] nanos = new long[start.length];
        Arrays.setAll(nanos, place -> Double.isNaN(start[place]) ? 0 : Math.round(1e9 * Math.max(0, ran[place])));
        int[][] parents = new int[nanos.length][];
        Arrays.setAll(
                parents,
                place -> work.get(place).parents().stream()
                        .filter(places::containsKey)
                        .mapToInt(parent -> places.getOrDefault(parent, 0))
                        .toArray());
        int[][] demands = new int[nanos.length][];
        Arrays.setAll(
                demands,
                place -> resources.demands(work.get(place), slots).stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
        Project project = new Project(
                nanos, parents, demands, resources.capacities(), slots ? OptionalInt.of(0) : OptionalInt.empty());
        return Math.min(makespan, Scheduler.lowerBound(project) / 1e9);
    }
}
