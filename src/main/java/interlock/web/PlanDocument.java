package interlock.web;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import interlock.action.ActionTypes;
import interlock.model.ActionGraph;
import interlock.model.Capacities;
import interlock.model.DurationText;
import interlock.model.Fault;
import interlock.model.InvalidPlan;
import interlock.model.NewPlan;
import interlock.model.OnFailure;
import interlock.model.PlannedAction;
import interlock.model.ResourceKey;
import interlock.model.ResourceUse;
import interlock.model.RetryPolicy;
import interlock.planner.Planner;
import interlock.planner.Planners;
import interlock.planner.Solution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads plan documents. All that is wrong with a document is said at once: what the schema refuses, and whatever can
 * still be judged of the rest.
 */
public final class PlanDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final Duration DEFAULT_INITIAL_BACKOFF = Duration.ofSeconds(1);
    private static final Duration DEFAULT_MAX_BACKOFF = Duration.ofMinutes(1);

    private final ActionTypes types;
    private final Planners planners;
    private final Capacities capacities;
    private final int maxActions;
    private final Schema schema;

    /** Takes what documents may speak of, and how many actions one may have. */
    public PlanDocument(ActionTypes types, Planners planners, Capacities capacities, int maxActions) {
        this.types = types;
        this.planners = planners;
        this.capacities = capacities;
        this.maxActions = maxActions;
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaText(), InputFormat.JSON);
    }

    /** {@return the schema of plan documents, as JSON} */
    static String schemaText() {
        try (InputStream in = PlanDocument.class.getResourceAsStream("/interlock/plan.schema.json")) {
            return JSON.readTree(in).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the plan that the document asks for}
     *
     * @throws InvalidPlan with everything that is wrong
     */
    public NewPlan read(JsonNode document, Optional<String> idempotencyKey) {
        JsonNode actions = document.path("actions");
        int count = actions.isArray() ? actions.size() : 0;
        if (count > maxActions) {
            throw new InvalidPlan("actions", "there are %d; a plan has at most %d".formatted(count, maxActions));
        }
        return new Reading(document).plan(idempotencyKey);
    }

    /** One document being read: what was found wrong so far. */
    private final class Reading {
        private final JsonNode document;
        private final JsonNode actions;
        private final List<Fault> faults;
        private final Map<ResourceKey, Integer> wanted = new LinkedHashMap<>();

        Reading(JsonNode document) {
            this.document = document;
            this.actions = document.path("actions").isArray() ? document.path("actions") : MissingNode.getInstance();
            this.faults = new ArrayList<>(SchemaFaults.of(schema, document, ""));
        }

        NewPlan plan(Optional<String> idempotencyKey) {
            readResources();
            Map<String, Set<String>> parents = readParents();
            List<PlannedAction> planned = readActions();
            String plannerName = plannerName(parents);
            Optional<Planner> planner = planners.find(plannerName);
            if (planner.isEmpty()) {
                String known = planners.all().stream()
                        .map(Planner::name)
                        .sorted()
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("none");
                faults.add(
                        new Fault("planner", "there is no planner '%s'; there is: %s".formatted(plannerName, known)));
            }
            ActionGraph.cycles(parents)
                    .forEach(cycle -> faults.add(new Fault(
                            "actions[%d].parents".formatted(placeOf(cycle.getFirst())),
                            "a cycle: " + ActionGraph.printed(cycle))));
            if (!faults.isEmpty()) {
                throw new InvalidPlan(faults);
            }
            return new NewPlan(
                    document.path("name").asText(),
                    plannerName,
                    onFailure(),
                    planner.orElseThrow().plan(new Solution(planned)),
                    List.of(),
                    wanted,
                    new NewPlan.Origin(idempotencyKey, Optional.empty(), false));
        }

        private String plannerName(Map<String, Set<String>> parents) {
            if (document.path("planner").isTextual()) {
                return document.path("planner").asText();
            }
            boolean byHand = parents.values().stream().anyMatch(its -> !its.isEmpty());
            return byHand || planners.find("constraint").isEmpty() ? "explicit" : "constraint";
        }

        private OnFailure onFailure() {
            return document.path("on_failure").isTextual()
                    ? OnFailure.valueOf(document.path("on_failure").asText().toUpperCase(Locale.ROOT))
                    : OnFailure.CONTINUE;
        }

        private void readResources() {
            for (JsonNode resource : document.path("resources")) {
                ResourceKey key = new ResourceKey(
                        resource.path("kind").asText(), resource.path("id").asText());
                wanted.put(key, resource.path("capacity").asInt());
            }
        }

        /** The parents of each action by its id, as far as they are known; what is wrong with them is noted. */
        private Map<String, Set<String>> readParents() {
            Map<String, Integer> places = new HashMap<>();
            Map<String, Set<String>> parents = new LinkedHashMap<>();
            for (int place = 0; place < actions.size(); place++) {
                if (actions.get(place).path("id").isTextual()) {
                    noteId(actions.get(place).path("id").asText(), place, places);
                }
            }
            for (int place = 0; place < actions.size(); place++) {
                JsonNode action = actions.get(place);
                parents.computeIfAbsent(action.path("id").asText(), _ -> new LinkedHashSet<>())
                        .addAll(knownParents(action, place, places));
            }
            return parents;
        }

        private void noteId(String id, int place, Map<String, Integer> places) {
            Integer other = places.putIfAbsent(id, place);
            if (other != null) {
                faults.add(new Fault(
                        "actions[%d].id".formatted(place), "'%s' is the id of actions[%d] too".formatted(id, other)));
            }
        }

        private Set<String> knownParents(JsonNode action, int place, Map<String, Integer> places) {
            Set<String> known = new LinkedHashSet<>();
            JsonNode parents = action.path("parents");
            for (int at = 0; at < parents.size(); at++) {
                String parent = parents.path(at).asText();
                if (!parents.path(at).isTextual()) {
                    continue;
                }
                if (places.containsKey(parent)) {
                    known.add(parent);
                } else {
                    faults.add(new Fault(
                            "actions[%d].parents[%d]".formatted(place, at),
                            "there is no action '%s'".formatted(parent)));
                }
            }
            return known;
        }

        private int placeOf(String id) {
            int place = 0;
            while (!actions.path(place).path("id").asText().equals(id)) {
                place++;
            }
            return place;
        }

        private List<PlannedAction> readActions() {
            List<PlannedAction> planned = new ArrayList<>(actions.size());
            for (int place = 0; place < actions.size(); place++) {
                if (actions.get(place).isObject()) {
                    planned.add(readAction(actions.get(place), "actions[" + place + "]"));
                }
            }
            return planned;
        }

        private PlannedAction readAction(JsonNode action, String path) {
            Map<String, Object> parameters = readParameters(action, path);
            Set<String> parents = new LinkedHashSet<>();
            action.path("parents").forEach(parent -> parents.add(parent.asText()));
            return new PlannedAction(
                    action.path("id").asText(),
                    action.path("action_type").asText(),
                    parameters,
                    parents,
                    readUses(action, parameters, path),
                    readDuration(action, "estimated_duration", path),
                    readDuration(action, "timeout", path),
                    readDuration(action, "deadline", path),
                    readRetry(action.path("retry"), path + ".retry"));
        }

        private Map<String, Object> readParameters(JsonNode action, String path) {
            ObjectNode parameters =
                    action.path("input_parameters") instanceof ObjectNode given ? given : JSON.createObjectNode();
            if (action.path("resource_id").isTextual()) {
                if (parameters.has("resource_id")) {
                    faults.add(new Fault(path + ".input_parameters.resource_id", "is given beside resource_id too"));
                }
                parameters = parameters.deepCopy().set("resource_id", action.path("resource_id"));
            }
            checkParameters(action.path("action_type"), parameters, path);
            return parameters.isEmpty() ? Map.of() : JSON.convertValue(parameters, OBJECT);
        }

        private void checkParameters(JsonNode type, JsonNode parameters, String path) {
            if (!type.isTextual()) {
                return;
            }
            types.find(type.asText())
                    .ifPresentOrElse(
                            installed -> faults.addAll(
                                    SchemaFaults.of(installed.schema(), parameters, path + ".input_parameters")),
                            () -> faults.add(new Fault(
                                    path + ".action_type",
                                    "there is no action type '%s'; there are: %s"
                                            .formatted(type.asText(), String.join(", ", types.names())))));
        }

        private List<ResourceUse> readUses(JsonNode action, Map<String, Object> parameters, String path) {
            Map<ResourceKey, Integer> units = new LinkedHashMap<>();
            JsonNode uses = action.path("uses");
            for (int at = 0; at < uses.size(); at++) {
                JsonNode use = uses.path(at);
                ResourceKey key = new ResourceKey(
                        use.path("kind").asText(), use.path("id").asText());
                units.merge(key, use.path("units").asInt(1), Integer::sum);
                checkUnits(key, units.getOrDefault(key, 0), "%s.uses[%d]".formatted(path, at));
            }
            if (faults.isEmpty()) {
                types.find(action.path("action_type").asText())
                        .ifPresent(installed -> installed
                                .type()
                                .uses(parameters)
                                .forEach(use -> units.merge(use.resource(), use.units(), Math::max)));
            }
            return units.entrySet().stream()
                    .map(entry -> new ResourceUse(entry.getKey(), Math.max(1, entry.getValue())))
                    .toList();
        }

        private void checkUnits(ResourceKey key, int units, String path) {
            int capacity = wanted.getOrDefault(key, capacities.of(key));
            if (units > capacity) {
                faults.add(new Fault(
                        path,
                        "takes %d units of %s, which has %d; set its capacity under 'resources'"
                                .formatted(units, key, capacity)));
            }
        }

        private Optional<Duration> readDuration(JsonNode parent, String field, String path) {
            if (!parent.path(field).isTextual()) {
                return Optional.empty();
            }
            try {
                return Optional.of(DurationText.parse(parent.path(field).asText()));
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(path + "." + field, String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }

        private RetryPolicy readRetry(JsonNode retry, String path) {
            if (!retry.isObject()) {
                return RetryPolicy.NEVER;
            }
            Duration initial = readDuration(retry, "initial_backoff", path).orElse(DEFAULT_INITIAL_BACKOFF);
            Duration longest = readDuration(retry, "max_backoff", path)
                    .orElse(initial.compareTo(DEFAULT_MAX_BACKOFF) > 0 ? initial : DEFAULT_MAX_BACKOFF);
            try {
                return new RetryPolicy(
                        retry.path("max_attempts").asInt(3),
                        initial,
                        retry.path("multiplier").asDouble(2),
                        longest,
                        retry.path("jitter").asDouble(0));
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(path, String.valueOf(e.getMessage())));
                return RetryPolicy.NEVER;
            }
        }
    }
}
