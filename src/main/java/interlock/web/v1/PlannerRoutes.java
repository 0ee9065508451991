package interlock.web.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.Solution;
import interlock.model.ActionGraph;
import interlock.plan.PlannerOptionsDocument;
import interlock.plan.SolutionDocument;
import interlock.planner.Planners;
import interlock.plugin.PluginOrigin;
import interlock.plugin.Plugins;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.RequestBody;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The planners, and the graphs that they make of solutions. */
public final class PlannerRoutes implements WebServer.Routes {
    private final Planners planners;
    private final int maxActions;
    private final Plugins plugins;

    @JsonNaming(SnakeCaseStrategy.class)
    private record PlannerBody(
            String name, String description, @Nullable PluginOrigin plugin, JsonNode optionsSchema) {}

    /**
     * A graph of unnamed actions.
     *
     * @param order the indexes of the actions in the request, in storage order
     * @param edges the indexes of parent and child, sorted by parent, then by child
     */
    private record GraphBody(List<Integer> order, List<List<Integer>> edges) {
        static GraphBody of(ActionGraph graph, Solution solution) {
            Map<String, Integer> places = new HashMap<>();
            solution.actions().forEach(action -> places.put(action.id(), places.size()));
            List<Integer> order = new ArrayList<>();
            List<List<Integer>> edges = new ArrayList<>();
            for (PlannedAction action : graph.actions()) {
                Integer child = Objects.requireNonNull(places.get(action.id()));
                order.add(child);
                action.parents().forEach(parent -> edges.add(List.of(places.getOrDefault(parent, -1), child)));
            }
            edges.sort(Comparator.<List<Integer>>comparingInt(List::getFirst).thenComparingInt(List::getLast));
            return new GraphBody(order, edges);
        }
    }

    /**
     * Creates the routes.
     *
     * @param maxActions the largest solution that is accepted
     * @param plugins gives the origins of planners from plug-ins
     */
    public PlannerRoutes(Planners planners, int maxActions, Plugins plugins) {
        this.plugins = plugins;
        this.planners = planners;
        this.maxActions = maxActions;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/planners", ctx -> {
            Query.none(ctx);
            ctx.json(Map.of("planners", all()));
        });
        routes.post("/v1/planners/{name}/plan", ctx -> {
            Query.none(ctx);
            String name = ctx.pathParam("name");
            Planner planner = planners.find(name).orElseThrow(() -> Problem.notFound("Planner", name));
            ctx.json(plan(planner, RequestBody.read(ctx)));
        });
    }

    private List<PlannerBody> all() {
        return planners.all().stream()
                .map(planner -> new PlannerBody(
                        planner.name(),
                        planner.description(),
                        plugins.ofPlanner(planner.name()).orElse(null),
                        PlannerOptionsDocument.schema(planner, planners.options(planner))))
                .toList();
    }

    private GraphBody plan(Planner planner, JsonNode body) {
        SolutionDocument.Wanted wanted = SolutionDocument.read(body, maxActions);
        return GraphBody.of(planners.plan(planner, wanted.solution(), wanted.options()), wanted.solution());
    }
}
