package interlock.web.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.neo4j.database.Page;
import interlock.neo4j.store.Webhook;
import interlock.neo4j.store.WebhookStore;
import interlock.web.http.Link;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.RequestBody;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/webhooks}: receivers of events. */
public final class WebhookRoutes implements WebServer.Routes {
    private static final Map<String, String> SORT_KEYS = Map.of(
            "id", "number",
            "uuid", "uuid",
            "url", "url",
            "state", "state",
            "created_at", "createdAt",
            "delivered", "delivered",
            "failures", "failures");

    private final WebhookStore store;

    /** A webhook. A generated secret is shown once, in the answer to the request that created the webhook. */
    @JsonNaming(SnakeCaseStrategy.class)
    private record Body(
            String uuid,
            String url,
            List<String> events,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String secret,

            String state,
            long delivered,
            @Nullable Instant deliveredAt,
            int failures,
            @Nullable String lastError,
            @Nullable Instant failedAt,
            @Nullable Instant nextAttemptAt,
            Instant createdAt,
            List<Link> links) {
        static Body of(Webhook webhook, Optional<String> secret, String base) {
            Webhook.Progress progress = webhook.progress();
            return new Body(
                    webhook.uuid(),
                    webhook.url(),
                    webhook.events(),
                    secret.orElse(null),
                    webhook.state().name(),
                    progress.delivered(),
                    progress.deliveredAt(),
                    progress.failures(),
                    progress.lastError(),
                    progress.failedAt(),
                    progress.nextAttemptAt(),
                    webhook.createdAt(),
                    Link.to(base, "webhooks", webhook.uuid()));
        }
    }

    public WebhookRoutes(WebhookStore store) {
        this.store = store;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/webhooks", this::list);
        routes.post("/v1/webhooks", this::create);
        routes.get("/v1/webhooks/{id}", this::show);
        routes.delete("/v1/webhooks/{id}", this::delete);
    }

    private void list(Context ctx) {
        Query query = new Query(ctx, Set.of());
        Page page = query.page(SORT_KEYS);
        String base = Query.base(ctx);
        ctx.json(query.listing(
                "webhooks",
                store.list(page),
                page,
                Webhook::uuid,
                webhook -> Body.of(webhook, Optional.empty(), base)));
    }

    private void create(Context ctx) throws IOException {
        Query.none(ctx);
        WebhookDocument wanted = WebhookDocument.read(RequestBody.any(ctx));
        Webhook webhook = store.create(wanted.url(), wanted.events(), wanted.secret());
        String base = Query.base(ctx);
        ctx.status(201);
        ctx.header("Location", "%s/v1/webhooks/%s".formatted(base, webhook.uuid()));
        ctx.json(Body.of(webhook, Optional.of(wanted.secret()).filter(_ -> wanted.generated()), base));
    }

    private void show(Context ctx) {
        Query.none(ctx);
        UUID uuid = uuid(ctx);
        Webhook webhook = store.find(uuid).orElseThrow(() -> Problem.notFound("Webhook", uuid));
        ctx.json(Body.of(webhook, Optional.empty(), Query.base(ctx)));
    }

    private void delete(Context ctx) {
        Query.none(ctx);
        UUID uuid = uuid(ctx);
        if (!store.delete(uuid)) {
            throw Problem.notFound("Webhook", uuid);
        }
        ctx.status(204);
    }

    private static UUID uuid(Context ctx) {
        return Query.uuid("webhook_uuid", ctx.pathParam("id"));
    }
}
