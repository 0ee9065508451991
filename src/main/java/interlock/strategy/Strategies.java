package interlock.strategy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Watcher's goals and strategies in Interlock: {@code actuator} recommends the actions in its parameters, {@code dummy}
 * fixed ones, and {@code basic} is listed but not supported.
 */
public final class Strategies {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The creation time of goals and strategies: they are part of Interlock. */
    public static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    /** The goal of strategies without a more specific one. */
    public static final Goal UNCLASSIFIED = new Goal("unclassified", "Unclassified");

    /** The goal of the dummy strategy, for experiments. */
    public static final Goal DUMMY_GOAL = new Goal("dummy", "Dummy goal");

    /** Run the same instances on fewer hosts. */
    public static final Goal SERVER_CONSOLIDATION = new Goal("server_consolidation", "Server Consolidation");

    /** Recommends the actions in its parameters. */
    public static final Strategy ACTUATOR = new Strategy("actuator", "Actuator", UNCLASSIFIED, json("""
            {
              "type": "object",
              "properties": {
                "actions": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "properties": {
                      "action_type": {"type": "string"},
                      "resource_id": {"type": "string"},
                      "input_parameters": {"type": "object"}
                    },
                    "required": ["action_type", "input_parameters"]
                  }
                }
              },
              "required": ["actions"]
            }
            """));

    /**
     * Needs a model of the cluster, which Interlock does not keep. It is listed so that its state reports the missing
     * requirement, as Watcher reports strategies whose requirements are not met.
     */
    public static final Strategy BASIC = new Strategy(
            "basic",
            "Basic offline consolidation",
            SERVER_CONSOLIDATION,
            json("{\"type\": \"object\", \"properties\": {}}"));

    /** Recommends two messages and a sleep. */
    public static final Strategy DUMMY = new Strategy("dummy", "Dummy strategy", DUMMY_GOAL, json("""
            {
              "type": "object",
              "properties": {
                "para1": {"type": "number", "description": "number parameter example",
                  "default": 3.2, "minimum": 1.0, "maximum": 10.2},
                "para2": {"type": "string", "description": "string parameter example", "default": "hello"}
              }
            }
            """));

    public static final List<Goal> GOALS = List.of(UNCLASSIFIED, DUMMY_GOAL, SERVER_CONSOLIDATION);

    public static final List<Strategy> STRATEGIES = List.of(ACTUATOR, DUMMY, BASIC);

    /** The cluster models that Watcher's strategies use. */
    private static final List<Map<String, String>> MODELS = Stream.of(
                    "compute_model", "storage_model", "baremetal_model")
            .map(model -> Map.of(model, "not available"))
            .toList();

    private Strategies() {}

    /** A goal of optimisation. */
    public record Goal(String name, String displayName) {
        /** {@return its uuid, which is the same in every installation} */
        public UUID uuid() {
            return Strategies.uuid("goal", name);
        }

        /** {@return whether this is its uuid or name} */
        public boolean isCalled(String uuidOrName) {
            return name.equals(uuidOrName) || uuid().toString().equalsIgnoreCase(uuidOrName);
        }
    }

    /**
     * A way to reach a goal.
     *
     * @param parametersSpec the JSON Schema of its parameters
     */
    public record Strategy(String name, String displayName, Goal goal, JsonNode parametersSpec) {
        /** {@return its uuid, which is the same in every installation} */
        public UUID uuid() {
            return Strategies.uuid("strategy", name);
        }

        /** {@return whether this is its uuid or name} */
        public boolean isCalled(String uuidOrName) {
            return name.equals(uuidOrName) || uuid().toString().equalsIgnoreCase(uuidOrName);
        }

        /** {@return the parameters, completed with defaults} */
        public ObjectNode withDefaults(ObjectNode parameters) {
            ObjectNode all = parameters.deepCopy();
            parametersSpec.path("properties").properties().forEach(property -> {
                if (property.getValue().has("default") && !all.has(property.getKey())) {
                    all.set(property.getKey(), property.getValue().path("default"));
                }
            });
            return all;
        }

        /** {@return whether it needs a cluster model and therefore cannot recommend anything} */
        public boolean needsModel() {
            return this.equals(BASIC);
        }

        /** {@return the recommended actions, as in a plan document without ids} */
        public ArrayNode actions(JsonNode parameters) {
            if (needsModel()) {
                return JSON.createArrayNode();
            }
            return this.equals(ACTUATOR) ? parameters.withArray("actions") : dummyActions(parameters);
        }
    }

    /** A requirement of a strategy, and its state. */
    public record Requirement(String type, Object state, boolean mandatory, String comment) {}

    /** {@return the requirements of a strategy; none is available, because Interlock keeps no cluster model} */
    public static List<Requirement> requirements(Strategy strategy) {
        boolean needed = strategy.needsModel();
        return List.of(
                new Requirement("Datasource", "Datasource is not presented for this strategy", needed, comment(needed)),
                new Requirement("Metrics", List.of(), false, comment(needed)),
                new Requirement("CDM", MODELS, needed, comment(needed)),
                new Requirement("Name", strategy.name(), false, ""));
    }

    private static String comment(boolean needed) {
        return needed ? "Interlock looks at no cloud" : "the strategy needs none";
    }

    private static ArrayNode dummyActions(JsonNode parameters) {
        ArrayNode actions = JSON.createArrayNode();
        Stream.of("hello World", parameters.path("para2").asText())
                .forEach(message -> actions.addObject()
                        .put("action_type", "nop")
                        .putObject("input_parameters")
                        .put("message", message));
        actions.addObject()
                .put("action_type", "sleep")
                .putObject("input_parameters")
                .set("duration", parameters.path("para1"));
        return actions;
    }

    /** {@return the goal with this uuid or name, if there is one} */
    public static Optional<Goal> goal(String uuidOrName) {
        return GOALS.stream().filter(goal -> goal.isCalled(uuidOrName)).findFirst();
    }

    /** {@return the strategy with this uuid or name, if there is one} */
    public static Optional<Strategy> strategy(String uuidOrName) {
        return STRATEGIES.stream()
                .filter(strategy -> strategy.isCalled(uuidOrName))
                .findFirst();
    }

    /** {@return the default strategy of a goal} */
    public static Strategy of(Goal goal) {
        return STRATEGIES.stream()
                .filter(strategy -> strategy.goal().equals(goal))
                .findFirst()
                .orElseThrow();
    }

    /** The same in every installation. */
    private static UUID uuid(String kind, String name) {
        return UUID.nameUUIDFromBytes("interlock %s %s".formatted(kind, name).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
