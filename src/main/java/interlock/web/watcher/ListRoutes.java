package interlock.web.watcher;

import interlock.neo4j.database.Page;
import interlock.neo4j.store.AuditStore.Filter;
import interlock.strategy.Strategies;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The lists of audits or of audit templates, short and in detail: paged, sorted, and filtered by goal and strategy.
 *
 * @param name the name of the list, which is also its path
 * @param sortKeys the stored property for each sort key
 * @param list reads a page
 * @param uuid the uuid of an element
 * @param wire an element as the API shows it, with the base of its links
 */
record ListRoutes<T>(
        String name,
        Map<String, String> sortKeys,
        BiFunction<Filter, Page, List<T>> list,
        Function<T, String> uuid,
        BiFunction<T, String, Object> wire)
        implements WebServer.Routes {
    private static final Map<String, String> COMMON_SORT_KEYS = Map.ofEntries(
            Map.entry("id", "number"),
            Map.entry("uuid", "uuid"),
            Map.entry("name", "name"),
            Map.entry("scope", "scope"),
            Map.entry("goal_id", "goal"),
            Map.entry("goal_uuid", "goal"),
            Map.entry("goal_name", "goal"),
            Map.entry("strategy_id", "strategy"),
            Map.entry("strategy_uuid", "strategy"),
            Map.entry("strategy_name", "strategy"),
            Map.entry("created_at", "createdAt"),
            Map.entry("updated_at", "updatedAt"),
            Map.entry("deleted_at", "deletedAt"));

    /** {@return the sort keys that both lists have, and more} */
    static Map<String, String> sortKeys(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(COMMON_SORT_KEYS);
        all.putAll(more);
        return Map.copyOf(all);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/" + name, ctx -> answer(ctx, false));
        routes.get("/v1/" + name + "/detail", ctx -> answer(ctx, true));
    }

    private void answer(Context ctx, boolean detail) {
        Query query = new Query(ctx, Set.of("goal", "strategy"));
        Page page = query.page(sortKeys);
        Filter filter = new Filter(
                CatalogueFilters.goal(query).map(Strategies.Goal::name),
                CatalogueFilters.strategy(query).map(Strategies.Strategy::name),
                Query.deleted(ctx));
        List<T> found = list.apply(filter, page);
        String base = Query.base(ctx);
        Function<T, Object> shown = element -> wire.apply(element, base);
        Microversion.list(ctx, detail, query.listing(name, found, page, uuid, shown));
    }
}
