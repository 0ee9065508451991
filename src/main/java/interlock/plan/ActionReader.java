package interlock.plan;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import interlock.action.ActionTypes;
import interlock.action.SchemaErrors;
import interlock.api.PlannedAction;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.api.RetryPolicy;
import interlock.model.Capacities;
import interlock.model.DidYouMean;
import interlock.model.DocumentLimits;
import interlock.model.DurationText;
import interlock.model.StoredCapacity;
import interlock.model.ValidationError;
import interlock.plan.DocumentGraphs.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the actions of one plan document and collects their errors. */
final class ActionReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final Duration DEFAULT_INITIAL_BACKOFF = Duration.ofSeconds(1);
    private static final Duration DEFAULT_MAX_BACKOFF = Duration.ofMinutes(1);

    private final ActionTypes types;
    private final DemandCheck demands;
    private final List<ValidationError> faults;
    private final boolean anyType;
    private final TypeEstimates estimates;

    /**
     * Creates a reader.
     *
     * @param demands receives the demands of the actions
     * @param faults receives their errors
     */
    ActionReader(ActionTypes types, DemandCheck demands, List<ValidationError> faults) {
        this(types, demands, faults, false);
    }

    private ActionReader(ActionTypes types, DemandCheck demands, List<ValidationError> faults, boolean anyType) {
        this.types = types;
        this.demands = demands;
        this.faults = faults;
        this.anyType = anyType;
        estimates = new TypeEstimates(types);
    }

    /** {@return a reader that checks neither action types, parameters nor capacities} */
    static ActionReader ofAnyTypes(List<ValidationError> faults) {
        DemandCheck unchecked = new DemandCheck(Capacities.DEFAULT, StoredCapacity.Lookup.NOTHING);
        return new ActionReader(new ActionTypes(List.of()), unchecked, faults, true);
    }

    /** {@return the actions of a graph; of actions with the same id only the first} */
    List<PlannedAction> read(DocumentGraphs.Graph graph) {
        Map<String, PlannedAction> read = new LinkedHashMap<>();
        for (Entry entry : graph.entries()) {
            read.putIfAbsent(
                    entry.id(), read(entry.action(), entry.at(), graph.parents().getOrDefault(entry.id(), Set.of())));
        }
        return new ArrayList<>(read.values());
    }

    private PlannedAction read(JsonNode action, String path, Set<String> parents) {
        Map<String, Object> parameters = readParameters(action, path);
        return estimated(new PlannedAction(
                action.path("id").asText(),
                action.path("action_type").asText(),
                parameters,
                parents,
                readUses(action, parameters, path),
                readDuration(action, "estimated_duration", path),
                readLimit(action, "timeout", path),
                readLimit(action, "deadline", path),
                readRetry(action.path("retry"), path + ".retry")));
    }

    /** Types are asked about valid parameters only. */
    private PlannedAction estimated(PlannedAction action) {
        return faults.isEmpty() ? estimates.estimated(action) : action;
    }

    /**
     * {@return an action that a planner offers, with the resource uses and the estimate of its type} Its errors are collected like those
     * of an action in the document.
     */
    PlannedAction read(PlannedAction offered, String path) {
        DocumentLimits.nameFault(offered.id()).ifPresent(fault -> faults.add(new ValidationError(path, fault)));
        Map<String, Object> parameters = offered.inputParameters();
        checkParameters(TextNode.valueOf(offered.actionType()), JSON.valueToTree(parameters), path);
        faults.addAll(DocumentLimits.parameterFaults(parameters, path + ".input_parameters"));
        offered.estimatedDuration()
                .filter(estimate -> !DurationText.isPossible(estimate))
                .ifPresent(estimate -> faults.add(new ValidationError(
                        path + ".estimated_duration", "is %s; 0 to 100 years are possible".formatted(estimate))));
        Map<ResourceKey, Integer> units = new LinkedHashMap<>();
        offered.uses().forEach(use -> units.merge(use.resource(), use.units(), ActionReader::sum));
        List<ResourceUse> uses = usesOf(offered.actionType(), parameters, units, path, path + ".uses");
        noteDemands(offered.actionType(), uses, Map.of(), path + ".uses");
        return estimated(offered.withUses(uses));
    }

    private Map<String, Object> readParameters(JsonNode action, String path) {
        ObjectNode parameters =
                action.path("input_parameters") instanceof ObjectNode given ? given : JSON.createObjectNode();
        if (action.path("resource_id").isTextual()) {
            JsonNode other = parameters.path("resource_id");
            if (!other.isMissingNode() && !other.equals(action.path("resource_id"))) {
                faults.add(new ValidationError(
                        path + ".input_parameters.resource_id",
                        "is %s, but the resource_id of the action is %s; leave one of them out"
                                .formatted(other, action.path("resource_id"))));
            }
            parameters = parameters.deepCopy().set("resource_id", action.path("resource_id"));
        }
        checkParameters(action.path("action_type"), parameters, path);
        Map<String, Object> read = parameters.isEmpty() ? Map.of() : JSON.convertValue(parameters, OBJECT);
        if (!anyType) {
            faults.addAll(DocumentLimits.parameterFaults(read, path + ".input_parameters"));
            if (!action.has("resource_id") && read.get("resource_id") instanceof String id) {
                DocumentLimits.nameFault(id)
                        .ifPresent(fault ->
                                faults.add(new ValidationError(path + ".input_parameters.resource_id", fault)));
            }
        }
        return read;
    }

    private void checkParameters(JsonNode type, JsonNode parameters, String path) {
        if (anyType || !type.isTextual()) {
            return;
        }
        types.find(type.asText())
                .ifPresentOrElse(
                        installed -> faults.addAll(
                                SchemaErrors.of(installed.schema(), parameters, path + ".input_parameters")),
                        () -> faults.add(new ValidationError(
                                path + ".action_type",
                                "there is no action type '%s'; known types: %s%s"
                                        .formatted(
                                                type.asText(),
                                                String.join(", ", types.names()),
                                                DidYouMean.of(type.asText(), types.names())))));
    }

    private List<ResourceUse> readUses(JsonNode action, Map<String, Object> parameters, String path) {
        Map<ResourceKey, Integer> units = new LinkedHashMap<>();
        Map<ResourceKey, String> places = new HashMap<>();
        JsonNode uses = action.path("uses");
        for (int at = 0; at < uses.size(); at++) {
            JsonNode use = uses.path(at);
            ResourceKey key =
                    new ResourceKey(use.path("kind").asText(), use.path("id").asText());
            units.merge(key, use.path("units").asInt(1), ActionReader::sum);
            places.put(key, "%s.uses[%d]".formatted(path, at));
        }
        String type = action.path("action_type").asText();
        String usesAt = uses.isMissingNode() ? path : path + ".uses";
        List<ResourceUse> all = usesOf(type, parameters, units, path, usesAt);
        noteDemands(type, all, places, usesAt);
        return all;
    }

    /** Adds the demands, each with the place in the document that names it; a running action takes one unit of its type. */
    private void noteDemands(String type, List<ResourceUse> uses, Map<ResourceKey, String> places, String path) {
        if (anyType) {
            return;
        }
        ResourceKey limit = ResourceKey.actionType(type);
        int ofType = 1;
        for (ResourceUse use : uses) {
            if (use.resource().equals(limit)) {
                ofType = sum(ofType, use.units());
            } else {
                demands.add(use.resource(), use.units(), places.getOrDefault(use.resource(), path));
            }
        }
        demands.add(limit, ofType, places.getOrDefault(limit, path));
    }

    private static int sum(int one, int other) {
        return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
    }

    /** {@return the uses in the document together with the uses of the type} */
    private List<ResourceUse> usesOf(
            String type, Map<String, Object> parameters, Map<ResourceKey, Integer> units, String path, String usesAt) {
        if (faults.isEmpty()) {
            types.find(type)
                    .ifPresent(installed -> usesOf(installed, parameters, path)
                            .forEach(use -> units.merge(use.resource(), use.units(), ActionReader::sum)));
        }
        List<ResourceUse> all = units.entrySet().stream()
                .map(entry -> new ResourceUse(entry.getKey(), Math.max(1, entry.getValue())))
                .toList();
        if (faults.isEmpty() && !anyType) {
            faults.addAll(DocumentLimits.useFaults(all, usesAt));
        }
        return all;
    }

    private List<ResourceUse> usesOf(ActionTypes.Installed type, Map<String, Object> parameters, String path) {
        try {
            return type.uses(parameters);
        } catch (IllegalStateException e) {
            faults.add(new ValidationError(path + ".action_type", String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    private Optional<Duration> readDuration(JsonNode parent, String field, String path) {
        if (!parent.path(field).isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DurationText.parse(parent.path(field).asText()));
        } catch (IllegalArgumentException e) {
            faults.add(new ValidationError(path + "." + field, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Nothing can be done within zero seconds. */
    private Optional<Duration> readLimit(JsonNode action, String field, String path) {
        Optional<Duration> limit = readDuration(action, field, path);
        if (limit.filter(Duration::isZero).isPresent()) {
            faults.add(new ValidationError(path + "." + field, "must be longer than zero"));
        }
        return limit;
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
            faults.add(new ValidationError(path, String.valueOf(e.getMessage())));
            return RetryPolicy.NEVER;
        }
    }
}
