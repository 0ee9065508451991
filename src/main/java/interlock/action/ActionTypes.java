package interlock.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import interlock.api.ActionType;
import interlock.api.ResourceUse;
import interlock.model.DocumentLimits;
import interlock.model.DurationText;
import interlock.model.Fatal;
import interlock.model.ValidationError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The installed action types by name, with the schemas of their parameters. */
public final class ActionTypes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA_OF_SCHEMAS =
            REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    private final Map<String, Installed> byName = new TreeMap<>();

    /**
     * An action type and its properties, which are read once.
     *
     * @param type the type
     * @param name its name
     * @param description what it does
     * @param parametersSchema the JSON Schema of its parameters, as JSON
     * @param idempotent whether an action without parameters may be repeated
     * @param resourceKinds the kinds of resources that its actions share
     * @param schema the compiled schema of its parameters
     * @param calls calls the type with time limits
     */
    public record Installed(
            ActionType type,
            String name,
            String description,
            String parametersSchema,
            boolean idempotent,
            Set<String> resourceKinds,
            Schema schema,
            PluginCalls calls) {
        /** The time limit for a type's answer which resources an action uses. */
        private static final Duration TO_SAY = Duration.ofSeconds(2);

        /** The time limit for a type's estimate of an action's duration. */
        private static final Duration TO_ESTIMATE = Duration.ofSeconds(1);

        private static final int LONGEST_DURATION_KEY = 200;

        private static final String OWN = ActionTypes.class.getPackageName().replaceFirst("\\..*", ".");

        /**
         * {@return the type, after its properties were read}
         *
         * @throws IllegalArgumentException if a property is missing or the schema is invalid
         */
        public static Installed of(ActionType type, PluginCalls calls) {
            String name = said("name", type.name());
            String schema = said("parametersSchema", type.parametersSchema());
            return new Installed(
                    type,
                    name,
                    said("description", type.description()),
                    schema,
                    isIdempotent(type),
                    kinds(type),
                    read(schema),
                    calls);
        }

        private static Schema read(String schema) {
            try {
                JsonNode json = JSON.readTree(schema);
                List<ValidationError> faults = SchemaErrors.of(SCHEMA_OF_SCHEMAS, json, "");
                if (!faults.isEmpty()) {
                    ValidationError first = faults.getFirst();
                    throw new IllegalArgumentException(
                            "its parameters' schema is not a JSON Schema, draft 2020-12: %s %s"
                                    .formatted(first.path(), first.message()));
                }
                return REGISTRY.getSchema(json);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("its parameters' schema is not JSON: " + e.getOriginalMessage(), e);
            }
        }

        private static boolean isIdempotent(ActionType type) {
            try {
                return type.idempotent(Map.of());
            } catch (Throwable e) {
                Fatal.rethrow(e);
                return false;
            }
        }

        private static Set<String> kinds(ActionType type) {
            @Nullable Set<String> kinds = type.resourceKinds();
            if (kinds == null) {
                throw new IllegalArgumentException("it returned null from its method resourceKinds");
            }
            Set<String> copy = new TreeSet<>();
            for (String kind : kinds) {
                said("resourceKinds", kind);
                DocumentLimits.nameFault(kind).ifPresent(fault -> {
                    throw new IllegalArgumentException(
                            "it returned from its method resourceKinds a kind that " + fault);
                });
                if (copy.add(kind) && copy.size() > DocumentLimits.USES) {
                    throw new IllegalArgumentException("it returned more than %d kinds from its method resourceKinds"
                            .formatted(DocumentLimits.USES));
                }
            }
            return Collections.unmodifiableSet(copy);
        }

        private static String said(String method, @Nullable String answer) {
            if (answer == null || answer.isBlank()) {
                throw new IllegalArgumentException("it returned %s from its method %s; a text was expected"
                        .formatted(answer == null ? "null" : "nothing", method));
            }
            return answer;
        }

        /** {@return whether the type is a plug-in, whose code is not trusted} */
        public boolean isForeign() {
            return !Objects.equals(type.getClass().getClassLoader(), ActionTypes.class.getClassLoader())
                    || !type.getClass().getName().startsWith(OWN);
        }

        /**
         * {@return the resource units that an action with these parameters takes}
         *
         * @throws IllegalStateException if the type fails to answer
         */
        public List<ResourceUse> uses(Map<String, Object> inputParameters) {
            try {
                return calls.askForList(() -> type.uses(inputParameters), DocumentLimits.RESOURCES, TO_SAY);
            } catch (PluginCalls.NoAnswer e) {
                throw new IllegalStateException(
                        "action type '%s' cannot say which resources this action uses: %s"
                                .formatted(name, e.getMessage()),
                        e);
            }
        }

        /**
         * {@return the duration that the type computes for an action with these parameters; empty if it is unknown}
         *
         * @throws PluginCalls.NoAnswer if the type fails to answer, or its answer is no possible duration
         */
        public Optional<Duration> estimate(Map<String, Object> inputParameters) throws PluginCalls.NoAnswer {
            Optional<Optional<Duration>> answer =
                    calls.ask(() -> Optional.ofNullable(type.estimate(inputParameters)), TO_ESTIMATE);
            Optional<Duration> estimate =
                    answer.orElseThrow(() -> new PluginCalls.NoAnswer("it returned null; an Optional was expected"));
            if (estimate.filter(duration -> !DurationText.isPossible(duration)).isPresent()) {
                throw new PluginCalls.NoAnswer(
                        "it returned %s; a duration of 0 to 100 years was expected".formatted(estimate.get()));
            }
            return estimate;
        }

        /**
         * {@return what the type says that matters for the duration of an action with these parameters; may be empty}
         *
         * @throws PluginCalls.NoAnswer if the type fails to answer, or its answer is null or too long
         */
        String durationKey(Map<String, Object> inputParameters) throws PluginCalls.NoAnswer {
            Optional<String> answer =
                    calls.ask(() -> Optional.ofNullable(type.durationKey(inputParameters)), TO_ESTIMATE);
            String key = answer.orElseThrow(() -> new PluginCalls.NoAnswer("it returned null; a text was expected"));
            if (key.length() > LONGEST_DURATION_KEY) {
                throw new PluginCalls.NoAnswer("it returned %d characters; at most %d were expected"
                        .formatted(key.length(), LONGEST_DURATION_KEY));
            }
            return PluginText.printable(key.strip());
        }
    }

    /**
     * Installs types.
     *
     * @throws RuntimeException if a property of a type is missing or invalid
     */
    public ActionTypes(Iterable<? extends ActionType> types) {
        types.forEach(type -> install(Installed.of(type, PluginCalls.direct())));
    }

    private ActionTypes(Collection<Installed> types) {
        types.forEach(this::install);
    }

    private void install(Installed installed) {
        byName.put(installed.name(), installed);
    }

    /** {@return the action types that are part of Interlock and need no environment} */
    public static ActionTypes own() {
        return new ActionTypes(ServiceLoader.load(ActionType.class, ActionTypes.class.getClassLoader()));
    }

    /** {@return these types and others; names must not clash} */
    public ActionTypes with(Collection<Installed> others) {
        List<Installed> all = new ArrayList<>(byName.values());
        all.addAll(others);
        return new ActionTypes(all);
    }

    /** {@return the type with this name, if there is one} */
    public Optional<Installed> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return all types, by name} */
    public Collection<Installed> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** {@return the kinds of resources that actions share by their types} */
    public Set<String> resourceKinds() {
        return byName.values().stream()
                .flatMap(type -> type.resourceKinds().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return the names of all types} */
    public Collection<String> names() {
        return Collections.unmodifiableCollection(byName.keySet());
    }
}
