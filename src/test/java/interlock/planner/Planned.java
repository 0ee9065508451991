package interlock.planner;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.RetryPolicy;
import interlock.api.Solution;
import interlock.model.ActionGraph;
import interlock.model.InvalidPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The result of a planner for actions whose ids are their places: {@code 0}, {@code 1} and so on. */
record Planned(List<Integer> order, List<String> edges) {
    static Planned by(Planner planner, PlannerOptions options, List<PlannedAction> actions) {
        ActionGraph graph = new Planners(List.of(planner), Map.of(), InstanceHosts.UNKNOWN)
                .plan(planner, new Solution(named(actions)), options);
        List<int[]> edges = new ArrayList<>();
        graph.actions()
                .forEach(action -> action.parents()
                        .forEach(parent ->
                                edges.add(new int[] {Integer.parseInt(parent), Integer.parseInt(action.id())})));
        edges.sort(Comparator.<int[]>comparingInt(edge -> edge[0]).thenComparingInt(edge -> edge[1]));
        return new Planned(
                graph.actions().stream()
                        .map(action -> Integer.parseInt(action.id()))
                        .toList(),
                edges.stream().map(edge -> edge[0] + "-" + edge[1]).toList());
    }

    /** {@return what a planner has against actions} */
    static List<String> refusal(Planner planner, PlannerOptions options, PlannedAction... actions) {
        try {
            return List.of("planned: " + by(planner, options, List.of(actions)));
        } catch (InvalidPlan e) {
            return e.faults().stream()
                    .map(fault -> fault.path() + ": " + fault.message())
                    .toList();
        }
    }

    static List<PlannedAction> named(List<PlannedAction> actions) {
        List<PlannedAction> named = new ArrayList<>();
        for (PlannedAction action : actions) {
            named.add(named(String.valueOf(named.size()), action));
        }
        return named;
    }

    static PlannedAction named(String id, PlannedAction action) {
        return new PlannedAction(
                id,
                action.actionType(),
                action.inputParameters(),
                action.parents(),
                action.uses(),
                action.estimatedDuration(),
                action.timeout(),
                action.deadline(),
                action.retry());
    }

    /** {@return an action; its parameters are names and values in turn} */
    static PlannedAction action(String type, Object... parameters) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int at = 0; at < parameters.length; at += 2) {
            map.put((String) parameters[at], parameters[at + 1]);
        }
        return new PlannedAction(
                "",
                type,
                map,
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RetryPolicy.NEVER);
    }

    static PlannedAction migrate(String instance, String source) {
        return action("migrate", "resource_id", instance, "source_node", source);
    }

    static PlannedAction resize(String instance) {
        return action("resize", "resource_id", instance, "flavor", "x1");
    }

    static PlannedAction suspend(String host) {
        return action("turn_host_to_acpi_s3_state", "resource_id", host);
    }

    static PlannedAction service(String host, String state) {
        return action("change_nova_service_state", "resource_id", host, "state", state);
    }

    /** {@return an action that waits for those at these places} */
    static PlannedAction after(PlannedAction action, Collection<Integer> parents) {
        return action.withParents(parents.stream().map(String::valueOf).collect(java.util.stream.Collectors.toSet()));
    }
}
