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

/** Watcher's goals and strategies here: those that recommend what they are told to, and one that cannot recommend. */
public final class Strategies {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Goals and strategies come with Interlock; they were there before anybody asked. */
    public static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    /** What nobody has a name for. */
    public static final Goal UNCLASSIFIED = new Goal("unclassified", "Unclassified");

    /** For trying things out. */
    public static final Goal DUMMY_GOAL = new Goal("dummy", "Dummy goal");

    /** The same instances on fewer hosts. */
    public static final Goal SERVER_CONSOLIDATION = new Goal("server_consolidation", "Server Consolidation");

    /** Recommends the actions that are among its parameters. */
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
     * Would look at a model of the cluster, and Interlock keeps none. It is told here, as Watcher tells of strategies whose
     * requirements are not met, for those who ask for its state.
     */
    public static final Strategy BASIC = new Strategy(
            "basic",
            "Basic offline consolidation",
            SERVER_CONSOLIDATION,
            json("{\"type\": \"object\", \"properties\": {}}"));

    /** Recommends to say two things, and to sleep a while. */
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

    /** All goals. */
    public static final List<Goal> GOALS = List.of(UNCLASSIFIED, DUMMY_GOAL, SERVER_CONSOLIDATION);

    /** All strategies. */
    public static final List<Strategy> STRATEGIES = List.of(ACTUATOR, DUMMY, BASIC);

    /** The models of a cluster that strategies of Watcher look at. */
    private static final List<Map<String, String>> MODELS = Stream.of(
                    "compute_model", "storage_model", "baremetal_model")
            .map(model -> Map.of(model, "not available"))
            .toList();

    private Strategies() {}

    /** What is wanted. */
    public record Goal(String name, String displayName) {
        /** {@return its uuid, the same on every installation} */
        public UUID uuid() {
            return Strategies.uuid("goal", name);
        }

        /** {@return whether it is known by this} */
        public boolean isCalled(String uuidOrName) {
            return name.equals(uuidOrName) || uuid().toString().equalsIgnoreCase(uuidOrName);
        }
    }

    /**
     * How a goal is reached.
     *
     * @param parametersSpec the JSON Schema of its parameters
     */
    public record Strategy(String name, String displayName, Goal goal, JsonNode parametersSpec) {
        /** {@return its uuid, the same on every installation} */
        public UUID uuid() {
            return Strategies.uuid("strategy", name);
        }

        /** {@return whether it is known by this} */
        public boolean isCalled(String uuidOrName) {
            return name.equals(uuidOrName) || uuid().toString().equalsIgnoreCase(uuidOrName);
        }

        /** {@return the parameters, with the defaults of those that are not given} */
        public ObjectNode withDefaults(ObjectNode parameters) {
            ObjectNode all = parameters.deepCopy();
            parametersSpec.path("properties").properties().forEach(property -> {
                if (property.getValue().has("default") && !all.has(property.getKey())) {
                    all.set(property.getKey(), property.getValue().path("default"));
                }
            });
            return all;
        }

        /** {@return whether it looks at a model of the cluster, and so can recommend nothing here} */
        public boolean needsModel() {
            return this.equals(BASIC);
        }

        /** {@return the actions that it recommends, as a plan document has them but for their ids} */
        public ArrayNode actions(JsonNode parameters) {
            if (needsModel()) {
                return JSON.createArrayNode();
            }
            return this.equals(ACTUATOR) ? parameters.withArray("actions") : dummyActions(parameters);
        }
    }

    /** What a strategy needs to know of a cloud, and whether it is there. */
    public record Requirement(String type, Object state, boolean mandatory, String comment) {}

    /** {@return what a strategy needs; nothing of that is here, since Interlock looks at no cloud} */
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

    /** {@return the goal of that uuid or name, if there is one} */
    public static Optional<Goal> goal(String uuidOrName) {
        return GOALS.stream().filter(goal -> goal.isCalled(uuidOrName)).findFirst();
    }

    /** {@return the strategy of that uuid or name, if there is one} */
    public static Optional<Strategy> strategy(String uuidOrName) {
        return STRATEGIES.stream()
                .filter(strategy -> strategy.isCalled(uuidOrName))
                .findFirst();
    }

    /** {@return the name of the goal of that uuid or name; what is neither fits no goal, and is returned as it is} */
    public static String goalName(String uuidOrName) {
        return goal(uuidOrName).map(Goal::name).orElse(uuidOrName);
    }

    /** {@return the name of the strategy of that uuid or name; what is neither is returned as it is} */
    public static String strategyName(String uuidOrName) {
        return strategy(uuidOrName).map(Strategy::name).orElse(uuidOrName);
    }

    /** {@return the strategy by which a goal is reached, where nobody names one} */
    public static Strategy of(Goal goal) {
        return STRATEGIES.stream()
                .filter(strategy -> strategy.goal().equals(goal))
                .findFirst()
                .orElseThrow();
    }

    /** The same on every installation. */
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
