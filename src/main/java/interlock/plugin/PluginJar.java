package interlock.plugin;

import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import interlock.action.PluginText;
import interlock.api.ActionType;
import interlock.api.Planner;
import interlock.api.Plugin;
import interlock.model.Excerpt;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A jar of plug-ins, which are created, identified and configured. */
final class PluginJar implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PluginJar.class);

    /** The manifest attribute for the API version that the jar needs. */
    private static final String NEEDS = "Interlock-Api-Version";

    /** The API version of this build. */
    private static final int API_VERSION = 1;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    /** The time limit for each call that creates, identifies, configures or closes a plug-in. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(10);

    /** The maximum length in characters of an error message. */
    private static final int MOST_SAID = 500;

    private final PluginOrigin origin;
    private final URLClassLoader loader;
    private final PluginCalls calls;
    private final List<Plugin> made = new ArrayList<>();
    private final List<ActionTypes.Installed> actionTypes = new ArrayList<>();
    private final List<GuardedPlanner> planners = new ArrayList<>();

    /** The jar cannot be used; the message gives the reason. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    private PluginJar(PluginOrigin origin, URLClassLoader loader, PluginCalls calls) {
        this.origin = origin;
        this.loader = loader;
        this.calls = calls;
    }

    /**
     * {@return the jar's plug-ins, ready for use}
     *
     * @param settings the settings of plug-ins by name
     * @throws Unusable if a plug-in cannot be used or the jar contains none
     */
    static PluginJar open(Path file, Map<String, Map<String, Object>> settings, PluginCalls calls) throws Unusable {
        PluginJar jar = of(file, calls);
        try {
            jar.load(settings);
            return jar;
        } catch (Unusable e) {
            jar.close();
            throw e;
        }
    }

    private static PluginJar of(Path file, PluginCalls calls) throws Unusable {
        try (JarFile jar = new JarFile(file.toFile())) {
            Attributes attributes = Optional.ofNullable(jar.getManifest())
                    .map(Manifest::getMainAttributes)
                    .orElseGet(Attributes::new);
            refuseNewer(attributes.getValue(NEEDS));
            String version = attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            URLClassLoader loader = new URLClassLoader(
                    file.getFileName().toString(), new URL[] {file.toUri().toURL()}, new ApiClassLoader());
            return new PluginJar(
                    new PluginOrigin(
                            file.getFileName().toString(), version == null ? "" : PluginText.printable(version)),
                    loader,
                    calls);
        } catch (IOException | SecurityException e) {
            throw new Unusable("it cannot be read: " + e.getMessage());
        }
    }

    private static void refuseNewer(@Nullable String needed) throws Unusable {
        if (needed == null) {
            return;
        }
        try {
            if (Integer.parseInt(needed.strip()) > API_VERSION) {
                throw new Unusable("it needs version %s of the API; this is version %d".formatted(needed, API_VERSION));
            }
        } catch (NumberFormatException e) {
            throw new Unusable("%s in its manifest is a number, not '%s'".formatted(NEEDS, needed));
        }
    }

    private void load(Map<String, Map<String, Object>> settings) throws Unusable {
        Set<String> names = new HashSet<>();
        for (ActionType type : make(ActionType.class)) {
            ActionTypes.Installed installed = ask(type, () -> ActionTypes.Installed.of(type, calls));
            check(names, "an action type", installed.name());
            configure(type, installed.name(), settings);
            actionTypes.add(installed);
        }
        names.clear();
        for (Planner planner : make(Planner.class)) {
            GuardedPlanner guarded = ask(planner, () -> GuardedPlanner.of(planner, calls));
            check(names, "a planner", guarded.name());
            configure(planner, guarded.name(), settings);
            planners.add(guarded);
        }
        if (made.isEmpty()) {
            throw new Unusable("META-INF/services names neither an %s nor a %s in it"
                    .formatted(ActionType.class.getName(), Planner.class.getName()));
        }
    }

    private <T extends Plugin> List<T> make(Class<T> service) throws Unusable {
        List<T> plugins = ask(
                service.getName(),
                () -> ServiceLoader.load(service, loader).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
        made.addAll(plugins);
        return plugins;
    }

    private static void check(Set<String> names, String kind, String name) throws Unusable {
        if (!NAME.matcher(name).matches()) {
            throw new Unusable(
                    "'%s' is not a valid name for %s: it may contain letters, digits, '_', '-' and '.', at most 100"
                            .formatted(PluginText.printable(Excerpt.of(name, 100)), kind));
        }
        if (!names.add(name)) {
            throw new Unusable("it has %s '%s' twice".formatted(kind, name));
        }
    }

    private void configure(Plugin plugin, String name, Map<String, Map<String, Object>> settings) throws Unusable {
        ask(plugin, () -> {
            plugin.configure(settings.getOrDefault(name, Map.of()));
            return true;
        });
    }

    private <T> T ask(Plugin plugin, Callable<T> question) throws Unusable {
        return ask(plugin.getClass().getName(), question);
    }

    private <T> T ask(String who, Callable<T> question) throws Unusable {
        try {
            return calls.ask(() -> inItsLoader(question), TO_ANSWER);
        } catch (PluginCalls.NoAnswer e) {
            throw new Unusable(why(who, e));
        }
    }

    /** Plug-ins also see their own class loader as the context class loader of the thread. */
    private <T> T inItsLoader(Callable<T> question) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return question.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * {@return the error in one line} Plug-ins have not seen any action parameters yet, so their messages contain none.
     */
    private static String why(String who, PluginCalls.NoAnswer noAnswer) {
        Optional<String> said = PluginText.said(noAnswer.cause());
        boolean explains = noAnswer.cause() instanceof IllegalArgumentException && said.isPresent();
        StringBuilder why = new StringBuilder(who + (explains ? "" : ": " + noAnswer.getMessage()));
        said.ifPresent(words -> why.append(": ").append(words));
        Optional<Throwable> cause = PluginText.cause(noAnswer.cause());
        while (cause.isPresent() && why.length() < MOST_SAID) {
            why.append(", by ").append(PluginText.kind(cause.get()));
            PluginText.said(cause.get()).ifPresent(words -> why.append(": ").append(words));
            cause = PluginText.cause(cause.get());
        }
        return Excerpt.of(why.toString().strip().replaceAll("\\s+", " "), MOST_SAID);
    }

    PluginOrigin origin() {
        return origin;
    }

    List<ActionTypes.Installed> actionTypes() {
        return List.copyOf(actionTypes);
    }

    List<GuardedPlanner> planners() {
        return List.copyOf(planners);
    }

    /** {@return the names of the jar's plug-ins} */
    List<String> names() {
        return Stream.concat(
                        actionTypes.stream().map(ActionTypes.Installed::name),
                        planners.stream().map(GuardedPlanner::name))
                .toList();
    }

    @Override
    public void close() {
        for (Plugin plugin : made) {
            try {
                ask(plugin, () -> {
                    plugin.close();
                    return true;
                });
            } catch (Unusable e) {
                log.warn("plug-in {} cannot be closed: {}", origin.jar(), e.getMessage());
            }
        }
        try {
            loader.close();
        } catch (IOException e) {
            log.debug("the jar {} cannot be closed: {}", origin.jar(), e.getMessage());
        }
    }
}
