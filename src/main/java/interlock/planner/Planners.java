package interlock.planner;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The planners that are installed, by name. */
public final class Planners {
    private final Map<String, Planner> byName = new TreeMap<>();

    /** Takes these. */
    public Planners(Iterable<Planner> planners) {
        planners.forEach(planner -> byName.put(planner.name(), planner));
    }

    /** {@return those that {@link ServiceLoader} finds} */
    public static Planners installed() {
        return new Planners(ServiceLoader.load(Planner.class));
    }

    /** {@return the planner of that name, if there is one} */
    public Optional<Planner> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return all of them, by name} */
    public Collection<Planner> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
