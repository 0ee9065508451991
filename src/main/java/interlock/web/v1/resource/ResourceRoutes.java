package interlock.web.v1.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.api.ResourceKey;
import interlock.model.DocumentLimits;
import interlock.neo4j.store.ResourceStore;
import interlock.neo4j.store.ResourceStore.Change;
import interlock.neo4j.view.ResourceReader;
import interlock.neo4j.view.ResourceReader.Filter;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.RequestBody;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /v1/resources}: capacities of resources, and the actions that use them. */
public final class ResourceRoutes implements WebServer.Routes {
    /** The largest capacity; that in plan documents is the same. */
    private static final int MOST = 1_000_000;

    private final ResourceReader reader;
    private final ResourceStore store;
    private final Consumer<Set<UUID>> changed;

    @JsonNaming(SnakeCaseStrategy.class)
    private record Body(
            String kind,
            String id,
            String scope,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String actionPlanUuid,

            @Nullable Integer capacity,
            int used,
            @Nullable Integer free,
            String source,
            List<User> holders,
            List<User> waiters) {
        static Body of(ResourceReader.Resource resource) {
            return new Body(
                    resource.kind(),
                    resource.id(),
                    resource.planUuid().isPresent() ? "plan" : "shared",
                    resource.planUuid().orElse(null),
                    number(resource.capacity()),
                    resource.used(),
                    number(resource.free()),
                    resource.source().wireName(),
                    resource.holders().stream().map(User::of).toList(),
                    resource.waiters().stream().map(User::of).toList());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    private record User(
            String actionUuid,
            String actionPlanUuid,
            int units,
            @Nullable Instant since) {
        static User of(ResourceReader.User user) {
            return new User(
                    user.actionUuid(),
                    user.planUuid(),
                    user.units(),
                    user.since().orElse(null));
        }
    }

    /**
     * Creates the routes.
     *
     * @param changed called after a change of a capacity, with the plans whose status messages changed
     */
    public ResourceRoutes(ResourceReader reader, ResourceStore store, Consumer<Set<UUID>> changed) {
        this.reader = reader;
        this.store = store;
        this.changed = changed;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/resources", this::list);
        routes.put("/v1/resources", this::set);
        routes.delete("/v1/resources", this::unset);
    }

    private void list(Context ctx) {
        Query query = Query.only(ctx, Set.of("kind", "id", "marker", "limit"));
        Optional<String> kind = query.text("kind");
        if (kind.isEmpty() && query.text("id").isPresent()) {
            throw Problem.badRequest("An id needs the kind of the resource: ?kind=lock&id=L");
        }
        int limit = query.limit();
        List<ResourceReader.Resource> found =
                reader.resources(new Filter(kind, query.text("id"), query.text("marker"), limit));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("resources", found.stream().map(Body::of).toList());
        if (found.size() == limit) {
            body.put("next", query.next(found.getLast().key(), limit));
        }
        ctx.json(body);
    }

    private void set(Context ctx) throws IOException {
        ResourceKey resource = resource(Query.only(ctx, Set.of("kind", "id")));
        JsonNode body = RequestBody.any(ctx);
        if (!body.isObject()) {
            throw Problem.badRequest("The body is not an object; {\"capacity\": 2} was expected.");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!Set.of("capacity", "force").contains(name)) {
                throw Problem.badRequest("Unknown attribute: %s".formatted(name));
            }
        });
        JsonNode capacity = body.path("capacity");
        if (!capacity.isIntegralNumber()
                || !capacity.canConvertToInt()
                || capacity.intValue() < 0
                || capacity.intValue() > MOST) {
            throw Problem.badRequest("capacity: must be an integer from 0 to 1,000,000, not %s"
                    .formatted(capacity.isMissingNode() ? "absent" : capacity));
        }
        JsonNode force = body.path("force");
        if (!force.isMissingNode() && !force.isBoolean()) {
            throw Problem.badRequest("force: must be true or false, not %s".formatted(force));
        }
        done(store.set(resource, capacity.intValue(), force.booleanValue()), resource);
        ctx.json(Map.of("resources", stored(resource)));
    }

    private void unset(Context ctx) {
        Query query = Query.only(ctx, Set.of("kind", "id", "force"));
        ResourceKey resource = resource(query);
        done(store.unset(resource, query.isTrue("force")), resource);
        ctx.json(Map.of("resources", stored(resource)));
    }

    private List<Body> stored(ResourceKey resource) {
        Filter filter = new Filter(
                Optional.of(resource.kind()), Optional.of(resource.id()), Optional.empty(), Integer.MAX_VALUE);
        return reader.resources(filter).stream()
                .filter(each -> each.planUuid().isEmpty())
                .map(Body::of)
                .toList();
    }

    private void done(Change change, ResourceKey resource) {
        switch (change) {
            case Change.Done(Set<UUID> plans) -> changed.accept(plans);
            case Change.Refused(String reason) -> throw Problem.conflict(reason);
            case Change.Unknown() ->
                throw new Problem(
                        404, "Not Found", "No operator has set a capacity of %s.".formatted(resource), List.of());
        }
    }

    private static ResourceKey resource(Query query) {
        String kind = name(query, "kind");
        String id = name(query, "id");
        if (kind.contains("/")) {
            throw Problem.badRequest("kind: must not contain a slash, unlike an id: %s".formatted(kind));
        }
        return new ResourceKey(kind, id);
    }

    private static String name(Query query, String argument) {
        String text = query.text(argument)
                .orElseThrow(() -> Problem.badRequest(
                        "The resource needs a kind and an id: ?kind=lock&id=L; %s is absent.".formatted(argument)));
        DocumentLimits.nameFault(text).ifPresent(fault -> {
            throw Problem.badRequest("%s: %s".formatted(argument, fault));
        });
        return text;
    }

    private static @Nullable Integer number(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }
}
