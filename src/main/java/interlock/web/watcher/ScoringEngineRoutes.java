package interlock.web.watcher;

import interlock.neo4j.database.Page;
import interlock.web.http.Link;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * {@code /v1/scoring_engines}: Watcher's scoring engines compute numbers for strategies. No strategy of Interlock uses
 * one. The dummy engine exists, like the dummy goal and strategy, because the tests of Watcher's clients expect it.
 */
final class ScoringEngineRoutes implements WebServer.Routes {
    private static final String NAME = "dummy_scorer";
    private static final UUID UUID_OF_DUMMY =
            UUID.nameUUIDFromBytes("interlock scoring engine dummy_scorer".getBytes(StandardCharsets.UTF_8));
    private static final Map<String, String> SORT_KEYS = Map.of(
            "id", "id",
            "uuid", "uuid",
            "name", "name",
            "description", "description",
            "metainfo", "metainfo",
            "created_at", "id",
            "updated_at", "id",
            "deleted_at", "id");

    private record ScoringEngine(UUID uuid, String name, String description, String metainfo, List<Link> links) {
        static ScoringEngine dummy(String base) {
            return new ScoringEngine(
                    UUID_OF_DUMMY,
                    NAME,
                    "Not used by any strategy",
                    "",
                    Link.to(base, "scoring_engines", UUID_OF_DUMMY.toString()));
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/scoring_engines", ScoringEngineRoutes::list);
        routes.get("/v1/scoring_engines/detail", ScoringEngineRoutes::list);
        routes.get("/v1/scoring_engines/{id}", ScoringEngineRoutes::show);
    }

    private static void list(Context ctx) {
        Query query = new Query(ctx, Set.of());
        Page page = query.page(SORT_KEYS);
        List<ScoringEngine> all = List.of(ScoringEngine.dummy(Query.base(ctx)));
        List<ScoringEngine> part = StrategyRoutes.part(all, page, "ScoringEngine", ScoringEngine::uuid);
        Microversion.json(
                ctx,
                query.listing(
                        "scoring_engines", part, page, engine -> engine.uuid().toString(), engine -> engine));
    }

    private static void show(Context ctx) {
        Query.none(ctx);
        String key = ctx.pathParam("id");
        if (!key.equals(NAME) && !key.equalsIgnoreCase(UUID_OF_DUMMY.toString())) {
            throw Problem.notFound("ScoringEngine", key);
        }
        Microversion.json(ctx, ScoringEngine.dummy(Query.base(ctx)));
    }
}
