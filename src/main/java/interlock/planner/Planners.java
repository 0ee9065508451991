package interlock.planner;

import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import interlock.model.ActionGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** The installed planners by name, with their configured options. */
public final class Planners {
    private final Map<String, Planner> byName = new TreeMap<>();
    private final Map<String, PlannerOptions> configured;
    private final InstanceHosts hosts;

    /** Registers planners. {@code configured} contains the options by planner that differ from the defaults. */
    public Planners(Iterable<? extends Planner> planners, Map<String, PlannerOptions> configured, InstanceHosts hosts) {
        planners.forEach(planner -> byName.put(planner.name(), planner));
        this.configured = Map.copyOf(configured);
        this.hosts = hosts;
    }

    /** {@return the planners that are part of Interlock} */
    public static Planners own(Map<String, PlannerOptions> configured, InstanceHosts hosts) {
        return new Planners(ServiceLoader.load(Planner.class, Planners.class.getClassLoader()), configured, hosts);
    }

    /** {@return these planners and others; names must not clash} */
    public Planners with(Collection<? extends Planner> others) {
        List<Planner> all = new ArrayList<>(byName.values());
        all.addAll(others);
        return new Planners(all, configured, hosts);
    }

    /** {@return the names of all planners} */
    public Collection<String> names() {
        return Collections.unmodifiableCollection(byName.keySet());
    }

    /** {@return the planner with this name, if there is one} */
    public Optional<Planner> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return all planners, by name} */
    public Collection<Planner> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** {@return the options of a planner before those of the plan: its defaults, overridden by the configuration} */
    public PlannerOptions options(Planner planner) {
        return planner.defaults().overriddenBy(configured.getOrDefault(planner.name(), PlannerOptions.NONE));
    }

    /**
     * {@return the solution as a graph}
     *
     * @param wanted the options of this plan; they override the configuration
     * @throws interlock.model.InvalidPlan if the solution cannot be planned
     */
    public ActionGraph plan(Planner planner, Solution solution, PlannerOptions wanted) {
        PlannerOptions said = options(planner).overriddenBy(wanted);
        Set<String> unsaid = new HashSet<>(planner.instancesSought(solution));
        unsaid.removeAll(said.instanceHosts().keySet());
        return new ActionGraph(planner.plan(solution, unsaid.isEmpty() ? said : said.on(hosts.of(unsaid))));
    }
}
