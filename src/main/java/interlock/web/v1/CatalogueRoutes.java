package interlock.web.v1;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.action.ActionTypes;
import interlock.neo4j.view.PlanReader;
import interlock.plugin.PluginOrigin;
import interlock.plugin.Plugins;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The installed action types and the active appliers. */
public final class CatalogueRoutes implements WebServer.Routes {
    private static final int APPLIERS_SHOWN = 100;

    private final ActionTypes types;
    private final PlanReader reader;
    private final Set<String> simulated;
    private final Plugins plugins;

    @JsonNaming(SnakeCaseStrategy.class)
    private record TypeBody(
            String name,
            String description,
            boolean idempotent,
            @Nullable PluginOrigin plugin,
            @JsonRawValue String parametersSchema) {}

    /**
     * Creates the routes.
     *
     * @param simulated the names of the action types that work on a simulated cloud
     */
    public CatalogueRoutes(ActionTypes types, PlanReader reader, Set<String> simulated, Plugins plugins) {
        this.plugins = plugins;
        this.types = types;
        this.reader = reader;
        this.simulated = Set.copyOf(simulated);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/action_types", ctx -> {
            Query.none(ctx);
            ctx.json(Map.of("action_types", types()));
        });
        routes.get("/v1/appliers", ctx -> {
            Query.none(ctx);
            ctx.json(Map.of("appliers", appliers()));
        });
    }

    private List<TypeBody> types() {
        return types.all().stream()
                .map(installed -> new TypeBody(
                        installed.name(),
                        description(installed),
                        installed.idempotent(),
                        plugins.ofActionType(installed.name()).orElse(null),
                        installed.parametersSchema()))
                .toList();
    }

    private String description(ActionTypes.Installed type) {
        return simulated.contains(type.name())
                ? type.description() + " Simulated: no real cloud is changed."
                : type.description();
    }

    private List<PlanJson.Applier> appliers() {
        return reader.appliers(APPLIERS_SHOWN).stream()
                .map(PlanJson.Applier::of)
                .toList();
    }
}
