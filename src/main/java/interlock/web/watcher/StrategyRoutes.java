package interlock.web.watcher;

import interlock.neo4j.database.Page;
import interlock.neo4j.view.PlanReader;
import interlock.neo4j.view.PlanReader.RunningApplier;
import interlock.strategy.Strategies;
import interlock.web.http.Link;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Watcher's catalogues: {@code /v1/goals}, {@code /v1/strategies}, {@code /v1/services}. */
final class StrategyRoutes implements WebServer.Routes {
    private static final int APPLIERS_LOOKED_AT = 1000;
    private static final Map<String, String> GOAL_KEYS = Map.of(
            "id", "id",
            "uuid", "uuid",
            "name", "name",
            "display_name", "display_name",
            "efficacy_specification", "id",
            "created_at", "id",
            "updated_at", "id",
            "deleted_at", "id");
    private static final Map<String, String> STRATEGY_KEYS = Map.ofEntries(
            Map.entry("id", "id"),
            Map.entry("uuid", "uuid"),
            Map.entry("name", "name"),
            Map.entry("display_name", "display_name"),
            Map.entry("goal_id", "goal_name"),
            Map.entry("goal_uuid", "goal_uuid"),
            Map.entry("goal_name", "goal_name"),
            Map.entry("parameters_spec", "id"),
            Map.entry("created_at", "id"),
            Map.entry("updated_at", "id"),
            Map.entry("deleted_at", "id"));
    private static final Map<String, String> SERVICE_KEYS = Map.of(
            "id", "id",
            "name", "id",
            "host", "host",
            "last_seen_up", "last_seen_up",
            "created_at", "id",
            "updated_at", "id",
            "deleted_at", "id");

    private final PlanReader reader;
    private final InstantSource clock;
    private final String host;
    private final Instant startedAt;

    /**
     * Creates the routes.
     *
     * @param reader reads the appliers
     * @param host the host name of this machine
     */
    StrategyRoutes(PlanReader reader, InstantSource clock, String host) {
        this.reader = reader;
        this.clock = clock;
        this.host = host;
        this.startedAt = clock.instant();
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/goals", ctx -> goals(ctx, false));
        routes.get("/v1/goals/detail", ctx -> goals(ctx, true));
        routes.get("/v1/goals/{id}", this::goal);
        routes.get("/v1/strategies", ctx -> strategies(ctx, false));
        routes.get("/v1/strategies/detail", ctx -> strategies(ctx, true));
        routes.get("/v1/strategies/{id}", this::strategy);
        routes.get("/v1/strategies/{id}/state", StrategyRoutes::requirements);
        routes.get("/v1/services", ctx -> services(ctx, false));
        routes.get("/v1/services/detail", ctx -> services(ctx, true));
        routes.get("/v1/services/{id}", this::service);
    }

    private static void goals(Context ctx, boolean detail) {
        Query query = new Query(ctx, Set.of());
        Page page = query.page(GOAL_KEYS);
        List<Strategies.Goal> goals = sorted(Strategies.GOALS, page, key -> switch (key) {
            case "uuid" -> Comparator.comparing(Strategies.Goal::uuid);
            case "name" -> Comparator.comparing(Strategies.Goal::name);
            case "display_name" -> Comparator.comparing(Strategies.Goal::displayName);
            default -> Comparator.comparingInt(Strategies.GOALS::indexOf);
        });
        List<Strategies.Goal> part = part(goals, page, "Goal", Strategies.Goal::uuid);
        String base = Query.base(ctx);
        Function<Strategies.Goal, Object> wire = goal -> AuditJson.Goal.of(goal, base);
        Microversion.list(
                ctx,
                detail,
                query.listing("goals", part, page, goal -> goal.uuid().toString(), wire));
    }

    private void goal(Context ctx) {
        Query.none(ctx);
        String key = ctx.pathParam("id");
        Strategies.Goal goal = Strategies.goal(key).orElseThrow(() -> Problem.notFound("Goal", key));
        Microversion.json(ctx, AuditJson.Goal.of(goal, Query.base(ctx)));
    }

    private static void strategies(Context ctx, boolean detail) {
        Query query = new Query(ctx, Set.of("goal"));
        Page page = query.page(STRATEGY_KEYS);
        Optional<Strategies.Goal> goal = CatalogueFilters.goal(query);
        List<Strategies.Strategy> fitting = Strategies.STRATEGIES.stream()
                .filter(strategy -> goal.map(strategy.goal()::equals).orElse(true))
                .toList();
        List<Strategies.Strategy> strategies = sorted(fitting, page, key -> switch (key) {
            case "uuid" -> Comparator.comparing(Strategies.Strategy::uuid);
            case "name" -> Comparator.comparing(Strategies.Strategy::name);
            case "display_name" -> Comparator.comparing(Strategies.Strategy::displayName);
            case "goal_uuid" -> Comparator.comparing(strategy -> strategy.goal().uuid());
            case "goal_name" -> Comparator.comparing(strategy -> strategy.goal().name());
            default -> Comparator.comparingInt(Strategies.STRATEGIES::indexOf);
        });
        List<Strategies.Strategy> part = part(strategies, page, "Strategy", Strategies.Strategy::uuid);
        String base = Query.base(ctx);
        Function<Strategies.Strategy, Object> wire = strategy -> AuditJson.Strategy.of(strategy, base);
        Microversion.list(
                ctx,
                detail,
                query.listing(
                        "strategies", part, page, strategy -> strategy.uuid().toString(), wire));
    }

    private void strategy(Context ctx) {
        Query.none(ctx);
        Microversion.json(ctx, AuditJson.Strategy.of(strategy(ctx.pathParam("id")), Query.base(ctx)));
    }

    private static void requirements(Context ctx) {
        Query.none(ctx);
        Microversion.json(ctx, Strategies.requirements(strategy(ctx.pathParam("id"))));
    }

    private static Strategies.Strategy strategy(String key) {
        return Strategies.strategy(key).orElseThrow(() -> Problem.notFound("Strategy", key));
    }

    private static <T> List<T> sorted(List<T> all, Page page, Function<String, Comparator<T>> by) {
        List<T> sorted = all.stream().sorted(by.apply(page.sortKey())).toList();
        return page.descending() ? sorted.reversed() : sorted;
    }

    static <T> List<T> part(List<T> all, Page page, String what, Function<T, UUID> uuid) {
        List<UUID> uuids = all.stream().map(uuid).toList();
        int from = page.marker().map(uuids::indexOf).orElse(-1) + 1;
        if (from == 0 && page.marker().isPresent()) {
            throw Problem.notFound(what, page.marker().get());
        }
        return all.subList(from, Math.min(all.size(), from + page.limit()));
    }

    private void services(Context ctx, boolean detail) {
        Page page = new Query(ctx, Set.of()).page(SERVICE_KEYS);
        List<AuditJson.Service> services = sorted(services(Query.base(ctx)), page, key -> switch (key) {
            case "host" -> Comparator.comparing(AuditJson.Service::host);
            case "last_seen_up" -> Comparator.comparing(AuditJson.Service::lastSeenUp);
            default -> Comparator.comparingInt(AuditJson.Service::id);
        });
        Microversion.list(
                ctx,
                detail,
                Map.of("services", services.stream().limit(page.limit()).toList()));
    }

    private void service(Context ctx) {
        Query.none(ctx);
        String key = ctx.pathParam("id");
        AuditJson.Service found = services(Query.base(ctx)).stream()
                .filter(service -> String.valueOf(service.id()).equals(key)
                        || service.name().equals(key))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Service", key));
        Microversion.json(ctx, found);
    }

    /**
     * The appliers as Watcher's services. There, an applier is a host; its most recent process represents it. The
     * decision engine is a separate service in Watcher; here it is this service.
     */
    private List<AuditJson.Service> services(String base) {
        Map<String, RunningApplier> byHost = new LinkedHashMap<>();
        reader.appliers(APPLIERS_LOOKED_AT).stream()
                .sorted(Comparator.comparing(running -> running.applier().startedAt()))
                .forEach(running -> byHost.put(running.applier().host(), running));
        List<AuditJson.Service> services = new ArrayList<>();
        services.add(service(1, "watcher-decision-engine", host, true, clock.instant(), startedAt, base));
        byHost.values().forEach(applier -> services.add(applier(services.size() + 1, applier, base)));
        return services;
    }

    private AuditJson.Service applier(int id, RunningApplier running, String base) {
        return service(
                id,
                "watcher-applier",
                running.applier().host(),
                running.isActive(),
                running.isActive() ? clock.instant() : running.leaseUntil(),
                running.applier().startedAt(),
                base);
    }

    private static AuditJson.Service service(
            int id, String name, String host, boolean alive, Instant lastSeenUp, Instant startedAt, String base) {
        return new AuditJson.Service(
                id,
                name,
                host,
                alive ? "ACTIVE" : "FAILED",
                lastSeenUp,
                startedAt,
                null,
                null,
                Link.to(base, "services", String.valueOf(id)));
    }
}
