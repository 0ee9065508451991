package interlock.web.v1.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.model.DurationText;
import interlock.model.PlanState;
import interlock.neo4j.retention.Purge;
import interlock.neo4j.retention.PurgeStore;
import interlock.neo4j.retention.PurgeStore.Selection;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.RequestBody;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /v1/purge}: removes ended plans. */
public final class PurgeRoutes implements WebServer.Routes {
    private static final Set<String> MEMBERS = Set.of("older_than", "states", "action_plans", "dry_run");

    private final PurgeStore store;
    private final Runnable changed;

    @JsonNaming(SnakeCaseStrategy.class)
    private record Body(
            String id,
            String state,
            boolean retention,
            String olderThan,
            Instant before,
            List<String> states,
            long plans,
            long actions,
            long removedPlans,
            long removedActions,
            long keptPlans,
            Instant createdAt,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Instant finishedAt) {
        static Body of(Purge purge) {
            return new Body(
                    purge.uuid(),
                    purge.finishedAt() == null ? "ONGOING" : "SUCCEEDED",
                    purge.retention(),
                    purge.olderThan(),
                    purge.before(),
                    purge.states().stream().map(state -> state.name()).toList(),
                    purge.total().plans(),
                    purge.total().actions(),
                    purge.removed().plans(),
                    purge.removed().actions(),
                    purge.kept(),
                    purge.createdAt(),
                    purge.finishedAt());
        }
    }

    /**
     * Creates the routes.
     *
     * @param changed called after a purge was stored
     */
    public PurgeRoutes(PurgeStore store, Runnable changed) {
        this.store = store;
        this.changed = changed;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/v1/purge", this::purge);
        routes.get("/v1/purge/{id}", this::show);
    }

    private void purge(Context ctx) throws IOException {
        Query.none(ctx);
        JsonNode body = RequestBody.any(ctx);
        if (!body.isObject()) {
            throw Problem.badRequest("The body is not an object; {\"older_than\": \"30d\"} was expected.");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw Problem.badRequest(
                        "Unknown attribute: %s. Known: %s".formatted(name, String.join(", ", new TreeSet<>(MEMBERS))));
            }
        });
        Selection selection = new Selection(olderThan(body), states(body), plans(body));
        if (isDryRun(body)) {
            PurgeStore.DryRun counted = store.dryRun(selection);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("plans", counted.total().plans());
            answer.put("actions", counted.total().actions());
            answer.put("kept_plans", counted.kept());
            answer.put("action_plans", counted.first());
            ctx.json(answer);
            return;
        }
        Purge purge = store.create(selection);
        changed.run();
        ctx.status(202);
        ctx.header("Location", "%s/v1/purge/%s".formatted(Query.base(ctx), purge.uuid()));
        ctx.json(Body.of(purge));
    }

    private static Duration olderThan(JsonNode body) {
        JsonNode value = body.path("older_than");
        if (!value.isTextual()) {
            throw Problem.badRequest("older_than: must be a duration such as \"30d\", not %s"
                    .formatted(value.isMissingNode() ? "absent" : value));
        }
        try {
            return DurationText.parse(value.textValue());
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("older_than: " + e.getMessage());
        }
    }

    private static Set<PlanState> states(JsonNode body) {
        JsonNode value = body.path("states");
        if (value.isMissingNode() || value.isNull()) {
            return PurgeStore.STATES;
        }
        Set<PlanState> states = new TreeSet<>();
        for (JsonNode each : value) {
            states.add(PurgeStore.STATES.stream()
                    .filter(state -> each.isTextual() && state.name().equalsIgnoreCase(each.textValue()))
                    .findFirst()
                    .orElseThrow(() -> Problem.badRequest("states: %s is not a state of an ended plan: %s"
                            .formatted(
                                    each,
                                    PurgeStore.STATES.stream()
                                            .sorted()
                                            .map(PlanState::name)
                                            .collect(Collectors.joining(", "))))));
        }
        if (!value.isArray() || states.isEmpty()) {
            throw Problem.badRequest("states: must be a list of states, such as [\"SUCCEEDED\"], not " + value);
        }
        return states;
    }

    private static Optional<List<String>> plans(JsonNode body) {
        JsonNode value = body.path("action_plans");
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isArray() || value.size() > PurgeStore.MOST_NAMED) {
            throw Problem.badRequest(
                    "action_plans: must be a list of at most %,d uuids".formatted(PurgeStore.MOST_NAMED));
        }
        List<String> plans = new ArrayList<>();
        value.forEach(
                each -> plans.add(Query.uuid("action_plans", each.asText()).toString()));
        return Optional.of(plans);
    }

    private static boolean isDryRun(JsonNode body) {
        JsonNode value = body.path("dry_run");
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw Problem.badRequest("dry_run: must be true or false, not %s".formatted(value));
        }
        return value.booleanValue();
    }

    private void show(Context ctx) {
        Query.none(ctx);
        UUID uuid = Query.uuid("purge_uuid", ctx.pathParam("id"));
        ctx.json(Body.of(store.find(uuid).orElseThrow(() -> Problem.notFound("Purge", uuid))));
    }
}
