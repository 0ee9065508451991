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
 * The plug-ins in a folder. Each jar has its own class loader, which sees the API, the JDK and the jar. A jar is used
 * or skipped as a whole; for a skipped jar the reason is logged in one line and the service starts without it.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Plugins.class);

    private final List<PluginJar> jars = new ArrayList<>();

    /** The names in use by kind of plug-in: those of Interlock and of the jars loaded so far. */
    private final Set<String> actionTypeNames;

    private final Set<String> plannerNames;

    private Plugins(Collection<String> actionTypes, Collection<String> planners) {
        actionTypeNames = new HashSet<>(actionTypes);
        plannerNames = new HashSet<>(planners);
    }

    /**
     * The operator's settings for plug-ins.
     *
     * @param folder the folder with the jars, if configured; it may be missing
     * @param settings the settings of plug-ins by name
     */
    public record Settings(Optional<Path> folder, Map<String, Map<String, Object>> settings) {
        /** No plug-ins. */
        public static final Settings NONE = new Settings(Optional.empty(), Map.of());

        public Settings {
            settings = Map.copyOf(settings);
        }
    }

    /**
     * {@return the plug-ins of all usable jars, in the order of the jars' names}
     *
     * @param calls calls plug-ins with time limits
     * @param actionTypes the names of action types in use
     * @param planners the names of planners in use
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
                .forEach(
                        name -> log.warn("plugins.{} in the configuration does not match any installed plug-in", name));
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
            log.info("plug-in {} provides {}", jar.origin(), String.join(", ", jar.names()));
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

    public List<ActionTypes.Installed> actionTypes() {
        return all(PluginJar::actionTypes);
    }

    /** {@return the planners, wrapped so that their answers are validated and their calls have time limits} */
    public List<GuardedPlanner> planners() {
        return all(PluginJar::planners);
    }

    private <T> List<T> all(Function<PluginJar, List<T>> which) {
        return jars.stream().flatMap(jar -> which.apply(jar).stream()).toList();
    }

    /** {@return the jar that an action type was loaded from; empty if it is part of Interlock} */
    public Optional<PluginOrigin> ofActionType(String name) {
        return origin(
                jar -> jar.actionTypes().stream().anyMatch(type -> type.name().equals(name)));
    }

    /** {@return the jar that a planner was loaded from; empty if it is part of Interlock} */
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
