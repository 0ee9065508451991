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

/** The planners that are installed, by name, and what the configuration tells them. */
public final class Planners {
    private final Map<String, Planner> byName = new TreeMap<>();
    private final Map<String, PlannerOptions> configured;
    private final InstanceHosts hosts;

    /** Takes these, the options that differ from their defaults, by planner, and who knows where instances are. */
    public Planners(Iterable<? extends Planner> planners, Map<String, PlannerOptions> configured, InstanceHosts hosts) {
        planners.forEach(planner -> byName.put(planner.name(), planner));
        this.configured = Map.copyOf(configured);
        this.hosts = hosts;
    }

    /** {@return those that come with Interlock} */
    public static Planners own(Map<String, PlannerOptions> configured, InstanceHosts hosts) {
        return new Planners(ServiceLoader.load(Planner.class, Planners.class.getClassLoader()), configured, hosts);
    }

    /** {@return these and others, which have other names} */
    public Planners with(Collection<? extends Planner> others) {
        List<Planner> all = new ArrayList<>(byName.values());
        all.addAll(others);
        return new Planners(all, configured, hosts);
    }

    /** {@return their names} */
    public Collection<String> names() {
        return Collections.unmodifiableCollection(byName.keySet());
    }

    /** {@return the planner of that name, if there is one} */
    public Optional<Planner> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return all of them, by name} */
    public Collection<Planner> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** {@return what a planner is told where a plan says nothing else: its defaults, or what is configured} */
    public PlannerOptions options(Planner planner) {
        return planner.defaults().overriddenBy(configured.getOrDefault(planner.name(), PlannerOptions.NONE));
    }

    /**
     * {@return the solution as a graph}
     *
     * @param wanted options for this solution, which override the configuration
     * @throws interlock.model.InvalidPlan when the solution cannot be planned
     */
    public ActionGraph plan(Planner planner, Solution solution, PlannerOptions wanted) {
        PlannerOptions said = options(planner).overriddenBy(wanted);
        Set<String> unsaid = new HashSet<>(planner.instancesSought(solution));
        unsaid.removeAll(said.instanceHosts().keySet());
        return new ActionGraph(planner.plan(solution, unsaid.isEmpty() ? said : said.on(hosts.of(unsaid))));
    }
}
