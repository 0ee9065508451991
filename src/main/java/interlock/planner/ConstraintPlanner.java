package interlock.planner;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import interlock.planner.ActionResources.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Adds only the dependencies that the actions require. Concurrency is limited by resources alone.
 * <ul>
 * <li>Actions on the same instance or the same volume run one after the other, those with the highest weight first.
 * <li>A host is disabled before instances leave it, and powered off after that and after the last instance has left.
 * <li>A host is powered on before it is enabled, and both before instances arrive. If a plan disables a host and
 * enables it later, instances leave it in between.
 * <li>Given parents are kept.
 * </ul>
 */
public final class ConstraintPlanner implements Planner {
    private static final PlannerOptions DEFAULTS =
            new PlannerOptions(weights(), Map.of(), Map.of(), Optional.of(Duration.ofMillis(200)));

    private static Map<String, Integer> weights() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put("volume_migrate", 60);
        weights.put("stop", 35);
        weights.put("migrate", 30);
        weights.put("resize", 20);
        weights.put("start", 15);
        return weights;
    }

    @Override
    public String name() {
        return "constraint";
    }

    @Override
    public String description() {
        return "Adds only required dependencies: actions on the same instance or volume run in order, "
                + "and hosts are prepared first. Offers alternative paths.";
    }

    @Override
    public Set<String> options() {
        return Set.of("weights", "budget");
    }

    @Override
    public PlannerOptions defaults() {
        return DEFAULTS;
    }

    @Override
    public boolean leavesOrder() {
        return true;
    }

    @Override
    public List<PlannedAction> plan(Solution solution, PlannerOptions options) {
        List<PlannedAction> actions = solution.actions();
        Map<PlannedAction, ActionResources> touched = new LinkedHashMap<>();
        actions.forEach(action -> touched.put(action, ActionResources.by(action)));
        Dependencies dependencies = new Dependencies(actions);
        oneAfterTheOther(touched, options.weights(), dependencies);
        hosts(touched).forEach((name, host) -> order(name, host, dependencies));
        dependencies.refuseCycles();
        return actions.stream()
                .map(action -> action.withParents(dependencies.parents(action)))
                .toList();
    }

    @Override
    public List<AlternativePath> alternatives(List<PlannedAction> plan, List<AlternativePath> written) {
        return new AlternativeOffers(plan, written).all();
    }

    private static void oneAfterTheOther(
            Map<PlannedAction, ActionResources> touched, Map<String, Integer> weights, Dependencies dependencies) {
        Map<String, List<PlannedAction>> byThing = new LinkedHashMap<>();
        touched.forEach((action, its) -> its.what()
                .ifPresent(what ->
                        byThing.computeIfAbsent(what, _ -> new ArrayList<>()).add(action)));
        byThing.forEach((what, actions) -> {
            actions.sort(Comparator.comparing(
                    (PlannedAction action) -> weights.getOrDefault(action.actionType(), 0), Comparator.reverseOrder()));
            for (int i = 1; i < actions.size(); i++) {
                dependencies.add(actions.get(i), actions.get(i - 1), "both work on " + what);
            }
        });
    }

    /** The actions of a plan on one host, each list in the order of the plan. */
    private static final class Host {
        private final List<PlannedAction> leaving = new ArrayList<>();
        private final List<PlannedAction> arriving = new ArrayList<>();
        private final Map<Change, List<PlannedAction>> changes = new HashMap<>();
        private final Map<PlannedAction, Integer> places = new HashMap<>();

        List<PlannedAction> that(Change change) {
            return changes.getOrDefault(change, List.of());
        }

        Predicate<PlannedAction> before(PlannedAction other) {
            return action -> places.getOrDefault(action, 0) < places.getOrDefault(other, 0);
        }
    }

    private static Map<String, Host> hosts(Map<PlannedAction, ActionResources> touched) {
        Map<String, Host> hosts = new LinkedHashMap<>();
        Function<String, Host> host = name -> hosts.computeIfAbsent(name, _ -> new Host());
        touched.forEach((action, its) -> {
            its.leaves().ifPresent(name -> host.apply(name).leaving.add(action));
            its.arrives().ifPresent(name -> host.apply(name).arriving.add(action));
            its.change()
                    .ifPresent(change -> its.host().ifPresent(name -> {
                        Host changed = host.apply(name);
                        changed.places.put(action, changed.places.size());
                        changed.changes
                                .computeIfAbsent(change, _ -> new ArrayList<>())
                                .add(action);
                    }));
        });
        return hosts;
    }

    private static void order(String name, Host host, Dependencies dependencies) {
        for (PlannedAction disable : host.that(Change.DISABLED)) {
            String reason = "%s is disabled before instances leave it".formatted(name);
            host.leaving.forEach(move -> dependencies.add(move, disable, reason));
        }
        for (PlannedAction off : host.that(Change.POWERED_OFF)) {
            String reason = "%s is powered off after everything has left it".formatted(name);
            host.leaving.forEach(move -> dependencies.add(off, move, reason));
            host.that(Change.DISABLED)
                    .forEach(disable ->
                            dependencies.add(off, disable, "%s is disabled before it is powered off".formatted(name)));
        }
        for (PlannedAction enable : host.that(Change.ENABLED)) {
            open(name, host, enable, dependencies);
        }
        for (PlannedAction on : host.that(Change.POWERED_ON)) {
            String reason = "%s is powered on before instances arrive".formatted(name);
            host.arriving.forEach(move -> dependencies.add(move, on, reason));
            host.that(Change.POWERED_OFF).stream()
                    .filter(host.before(on))
                    .forEach(off -> dependencies.add(on, off, "%s is powered off before".formatted(name)));
        }
    }

    private static void open(String name, Host host, PlannedAction enable, Dependencies dependencies) {
        String reason = "%s is enabled before instances arrive".formatted(name);
        host.arriving.forEach(move -> dependencies.add(move, enable, reason));
        host.that(Change.POWERED_ON)
                .forEach(on -> dependencies.add(enable, on, "%s is powered on before it is enabled".formatted(name)));
        List<PlannedAction> disabledBefore =
                host.that(Change.DISABLED).stream().filter(host.before(enable)).toList();
        disabledBefore.forEach(disable ->
                dependencies.add(enable, disable, "%s is enabled again after it was disabled".formatted(name)));
        if (!disabledBefore.isEmpty()) {
            String drained = "%s is enabled again after everything has left it".formatted(name);
            host.leaving.forEach(move -> dependencies.add(enable, move, drained));
        }
    }
}
