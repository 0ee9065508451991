package interlock.plugin;

import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import interlock.api.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins in a folder: each jar has a class loader of its own, that sees the API, the JDK and the jar. A jar is taken as a whole or
 * left out as a whole, with one line in the log that says why; the service starts without it.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Plugins.class);

    private final List<PluginJar> jars = new ArrayList<>();

    /** Which names are taken, by the kind of plug-in: of what comes with Interlock, and of jars that were taken before. */
    private final Set<String> actionTypeNames;

    private final Set<String> plannerNames;

    private Plugins(Collection<String> actionTypes, Collection<String> planners) {
        actionTypeNames = new HashSet<>(actionTypes);
        plannerNames = new HashSet<>(planners);
    }

    /**
     * What the operator says.
     *
     * @param folder where the jars are, if anywhere; it need not exist
     * @param settings what plug-ins are told, by their names
     */
    public record Settings(Optional<Path> folder, Map<String, Map<String, Object>> settings) {
        /** There are no plug-ins. */
        public static final Settings NONE = new Settings(Optional.empty(), Map.of());

        /** Copies the map. */
        public Settings {
            settings = Map.copyOf(settings);
        }
    }

    /**
     * {@return the plug-ins of all jars that are fine, in the order of the jars' names}
     *
     * @param calls asks them, within bounds
     * @param actionTypes the names that are taken among action types
     * @param planners the names that are taken among planners
     */
    public static Plugins load(
            Settings wanted, PluginCalls calls, Collection<String> actionTypes, Collection<String> planners) {
        Plugins plugins = new Plugins(actionTypes, planners);
        Set<String> told = new HashSet<>();
        wanted.folder().map(Plugins::jars).orElse(List.of()).forEach(jar -> plugins.add(jar, wanted.settings(), calls));
        plugins.jars.forEach(jar -> told.addAll(jar.names()));
        wanted.settings().keySet().stream()
                .filter(name -> !told.contains(name))
                .sorted()
                .forEach(name -> log.warn("plugins.{} in the configuration is for no plug-in that is there", name));
        return plugins;
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            log.error("the folder of plug-ins {} cannot be read: {}", folder, e.getMessage());
            return List.of();
        }
    }

    private void add(Path file, Map<String, Map<String, Object>> settings, PluginCalls calls) {
        try {
            PluginJar jar = PluginJar.open(file, settings, calls);
            Optional<String> taken = taken(jar);
            if (taken.isPresent()) {
                jar.close();
                log.error("plug-in {} is left out: {}", file.getFileName(), taken.get());
                return;
            }
            jar.actionTypes().forEach(type -> actionTypeNames.add(type.name()));
            jar.planners().forEach(planner -> plannerNames.add(planner.name()));
            jars.add(jar);
            log.info("plug-in {} brings {}", jar.origin(), String.join(", ", jar.names()));
        } catch (PluginJar.Unusable e) {
            log.error("plug-in {} is left out: {}", file.getFileName(), e.getMessage());
        }
    }

    private Optional<String> taken(PluginJar jar) {
        Stream<String> types = jar.actionTypes().stream()
                .map(ActionTypes.Installed::name)
                .filter(actionTypeNames::contains)
                .map("there is another action type '%s'"::formatted);
        Stream<String> planners = jar.planners().stream()
                .map(Planner::name)
                .filter(plannerNames::contains)
                .map("there is another planner '%s'"::formatted);
        return Stream.concat(types, planners).findFirst();
    }

    /** {@return the action types} */
    public List<ActionTypes.Installed> actionTypes() {
        return all(PluginJar::actionTypes);
    }

    /** {@return the planners} None of their answers is believed; none of their calls lasts for ever. */
    public List<GuardedPlanner> planners() {
        return all(PluginJar::planners);
    }

    private <T> List<T> all(Function<PluginJar, List<T>> which) {
        return jars.stream().flatMap(jar -> which.apply(jar).stream()).toList();
    }

    /** {@return the jar from which an action type comes; none if it came with Interlock} */
    public Optional<PluginOrigin> ofActionType(String name) {
        return origin(
                jar -> jar.actionTypes().stream().anyMatch(type -> type.name().equals(name)));
    }

    /** {@return the jar from which a planner comes; none if it came with Interlock} */
    public Optional<PluginOrigin> ofPlanner(String name) {
        return origin(jar ->
                jar.planners().stream().anyMatch(planner -> planner.name().equals(name)));
    }

    private Optional<PluginOrigin> origin(java.util.function.Predicate<PluginJar> which) {
        return jars.stream().filter(which).map(PluginJar::origin).findFirst();
    }

    @Override
    public void close() {
        jars.forEach(PluginJar::close);
    }
}
