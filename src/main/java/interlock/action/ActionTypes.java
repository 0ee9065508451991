package interlock.action;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import interlock.model.Fatal;
import interlock.model.ResourceUse;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The action types that are installed, by name, each with the schema of its parameters. */
public final class ActionTypes {
    private static final Logger log = LoggerFactory.getLogger(ActionTypes.class);

    /** How long a plug-in may take to say what it is. */
    private static final Duration TO_INTRODUCE_ITSELF = Duration.ofSeconds(10);

    /** How many plug-ins that cannot be loaded are tried: a loader need not get past one. */
    private static final int MOST_BROKEN = 100;

    private final Map<String, Installed> byName = new TreeMap<>();

    /**
     * A type, and what it says of itself: asked once.
     *
     * @param type the type
     * @param name its name
     * @param description what it does
     * @param parametersSchema the JSON Schema of its parameters, as JSON
     * @param idempotent whether an action without parameters may be repeated
     * @param schema what its input parameters must look like
     */
    public record Installed(
            ActionType type,
            String name,
            String description,
            String parametersSchema,
            boolean idempotent,
            Schema schema) {
        private static final String OWN = ActionType.class.getPackageName().replaceFirst("\\..*", ".");

        static Installed of(ActionType type) {
            String name = said(type, "name", type.name());
            String schema = said(type, "parametersSchema", type.parametersSchema());
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
            return new Installed(
                    type,
                    name,
                    said(type, "description", type.description()),
                    schema,
                    isIdempotent(type),
                    registry.getSchema(schema, InputFormat.JSON));
        }

        private static boolean isIdempotent(ActionType type) {
            try {
                return type.idempotent(Map.of());
            } catch (Throwable e) {
                Fatal.rethrow(e);
                return false;
            }
        }

        private static String said(ActionType type, String method, @Nullable String answer) {
            if (answer == null || answer.isBlank()) {
                throw new IllegalArgumentException("%s returned %s from its method %s; a text was expected"
                        .formatted(type.getClass().getName(), answer == null ? "null" : "nothing", method));
            }
            return answer;
        }

        /** {@return whether it is no part of this program: nobody knows how its code behaves} */
        public boolean isForeign() {
            return !type.getClass().getName().startsWith(OWN);
        }

        /**
         * {@return what an action with these parameters takes units of}
         *
         * @throws IllegalStateException if the type cannot say
         */
        public List<ResourceUse> uses(Map<String, Object> inputParameters) {
            try {
                return List.copyOf(type.uses(inputParameters));
            } catch (Throwable e) {
                Fatal.rethrow(e);
                throw new IllegalStateException(
                        "action type '%s' cannot say which resources this action uses: it threw %s"
                                .formatted(name, PluginText.kind(e)),
                        e);
            }
        }
    }

    /**
     * Installs types.
     *
     * @throws RuntimeException if one of them does not say what it is
     */
    public ActionTypes(Iterable<? extends ActionType> types) {
        types.forEach(type -> install(Installed.of(type)));
    }

    private void install(Installed installed) {
        byName.put(installed.name(), installed);
    }

    /** {@return those that {@link ServiceLoader} finds} */
    public static ActionTypes installed() {
        return installed(List.of(), PluginCalls.direct());
    }

    /**
     * {@return those that {@link ServiceLoader} finds, and these: they were given what they work with} A plug-in that cannot be
     * loaded, or does not say what it is, is left out, with a line in the log.
     */
    public static ActionTypes installed(Collection<? extends ActionType> equipped, PluginCalls calls) {
        ActionTypes types = new ActionTypes(equipped);
        Iterator<ServiceLoader.Provider<ActionType>> found =
                ServiceLoader.load(ActionType.class).stream().iterator();
        int broken = 0;
        while (broken < MOST_BROKEN) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                types.load(found.next(), calls);
            } catch (ServiceConfigurationError e) {
                broken++;
                log.error("a plug-in is left out: {}", e.getMessage());
            }
        }
        return types;
    }

    private void load(ServiceLoader.Provider<ActionType> provider, PluginCalls calls) {
        try {
            Installed installed = calls.ask(() -> Installed.of(provider.get()), TO_INTRODUCE_ITSELF);
            if (byName.containsKey(installed.name())) {
                log.error(
                        "plug-in {} is left out: there is another action type '{}'",
                        provider.type().getName(),
                        installed.name());
                return;
            }
            install(installed);
        } catch (PluginCalls.NoAnswer e) {
            String name = provider.type().getName();
            log.error("plug-in {} is left out: {}: {}", name, e.getMessage(), PluginText.of(name, e.cause()));
        }
    }

    /** {@return the type of that name, if there is one} */
    public Optional<Installed> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return all of them, by name} */
    public Collection<Installed> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** {@return their names} */
    public Collection<String> names() {
        return Collections.unmodifiableCollection(byName.keySet());
    }
}
