package interlock.planner;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.model.ActionGraph;
import interlock.model.Alternatives;
import interlock.planner.ActionResources.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The alternative paths that the constraint planner offers. For a live migration: migrate to any host if a destination
 * was named, then migrate cold. For a volume: the other migration type, if its parameters allow both. For the actions
 * that drain a host: re-enable the host. It offers no path for an action whose author wrote paths, and no group path
 * that would conflict with the author's.
 */
final class AlternativeOffers {
    private final List<PlannedAction> plan;
    private final List<AlternativePath> written;
    private final Set<String> replacedByHand = new HashSet<>();
    private final Set<String> ids = new HashSet<>();
    private final List<AlternativePath> offered = new ArrayList<>();

    AlternativeOffers(List<PlannedAction> plan, List<AlternativePath> written) {
        this.plan = plan;
        this.written = written;
        plan.forEach(action -> ids.add(action.id()));
        for (AlternativePath path : written) {
            replacedByHand.addAll(path.replaces());
            path.actions().forEach(action -> ids.add(action.id()));
        }
    }

    List<AlternativePath> all() {
        for (PlannedAction action : plan) {
            if (!replacedByHand.contains(action.id())) {
                switch (action.actionType()) {
                    case "migrate" -> offerMigrations(action);
                    case "volume_migrate" -> offerOtherWay(action);
                    default -> {}
                }
            }
        }
        offerHostsBack();
        return offered;
    }

    private void offerMigrations(PlannedAction action) {
        boolean live = "live".equals(action.inputParameters().get("migration_type"));
        boolean destined = action.inputParameters().get("destination_node") instanceof String;
        if (destined) {
            offer("another host", action, AlternativeOffers::toAnyHost);
        }
        if (live) {
            offer("cold", action, parameters -> {
                Map<String, Object> cold = toAnyHost(parameters);
                cold.put("migration_type", "cold");
                return cold;
            });
        }
    }

    private static Map<String, Object> toAnyHost(Map<String, Object> parameters) {
        Map<String, Object> any = new LinkedHashMap<>(parameters);
        any.remove("destination_node");
        return any;
    }

    private void offerOtherWay(PlannedAction action) {
        Map<String, Object> parameters = action.inputParameters();
        boolean both = parameters.get("destination_node") instanceof String
                && parameters.get("destination_type") instanceof String;
        if (both) {
            String other = "retype".equals(parameters.get("migration_type")) ? "migrate" : "retype";
            offer(other, action, its -> {
                Map<String, Object> changed = new LinkedHashMap<>(its);
                changed.put("migration_type", other);
                return changed;
            });
        }
    }

    private void offer(String name, PlannedAction action, UnaryOperator<Map<String, Object>> change) {
        String id = "%s (%s)".formatted(action.id(), name);
        if (ids.add(id)) {
            Map<String, Object> parameters = change.apply(action.inputParameters());
            PlannedAction instead = new PlannedAction(
                            id,
                            action.actionType(),
                            parameters,
                            Set.of(),
                            action.uses().stream()
                                    .filter(use -> parameters.containsKey("destination_node")
                                            || !isDestination(use.resource().id(), action.inputParameters()))
                                    .toList(),
                            action.estimatedDuration(),
                            action.timeout(),
                            action.deadline(),
                            action.retry())
                    .withRevertTimeout(action.revertTimeout());
            offered.add(new AlternativePath(name, Set.of(action.id()), List.of(instead), false, false));
        }
    }

    /** If an action names its cloud, the ids of its resources begin with the cloud's name. */
    private static boolean isDestination(String resource, Map<String, Object> parameters) {
        Object destination = parameters.get("destination_node");
        return resource.equals(destination) || resource.equals(parameters.get("cloud") + "/" + destination);
    }

    private void offerHostsBack() {
        Map<String, Set<String>> drained = new LinkedHashMap<>();
        Map<String, PlannedAction> disabling = new LinkedHashMap<>();
        Set<String> enabled = new HashSet<>();
        for (PlannedAction action : plan) {
            ActionResources touched = ActionResources.by(action);
            touched.leaves()
                    .or(() -> touched.host().filter(_ -> touched.makes(Change.POWERED_OFF)))
                    .ifPresent(host -> drained.computeIfAbsent(host, _ -> new LinkedHashSet<>())
                            .add(action.id()));
            touched.host().filter(_ -> touched.makes(Change.DISABLED)).ifPresent(host -> disabling.put(host, action));
            touched.host().filter(_ -> touched.makes(Change.ENABLED)).ifPresent(enabled::add);
        }
        disabling.keySet().removeAll(enabled);
        disabling.keySet().retainAll(drained.keySet());
        offerFitting(disabling.entrySet().stream()
                .map(host -> back(host.getKey(), host.getValue(), drained.getOrDefault(host.getKey(), Set.of())))
                .filter(path -> ids.add(path.name()))
                .toList());
    }

    private void offerFitting(List<AlternativePath> paths) {
        if (paths.isEmpty()) {
            return;
        }
        List<AlternativePath> all = new ArrayList<>(written);
        all.addAll(offered);
        int first = all.size();
        all.addAll(paths);
        Set<Integer> unfit = new HashSet<>();
        Alternatives.objections(new ActionGraph(plan), all).forEach(objection -> unfit.add(objection.path()));
        for (int i = first; i < all.size(); i++) {
            if (!unfit.contains(i)) {
                offered.add(all.get(i));
            }
        }
    }

    private static AlternativePath back(String host, PlannedAction disable, Set<String> drained) {
        Set<String> group = new LinkedHashSet<>(Set.of(disable.id()));
        group.addAll(drained);
        Map<String, Object> parameters = new LinkedHashMap<>(disable.inputParameters());
        parameters.put("state", "enabled");
        parameters.remove("disabled_reason");
        PlannedAction enable = new PlannedAction(
                        "give %s back".formatted(host),
                        disable.actionType(),
                        parameters,
                        Set.of(),
                        disable.uses(),
                        disable.estimatedDuration(),
                        disable.timeout(),
                        disable.deadline(),
                        disable.retry())
                .withRevertTimeout(disable.revertTimeout());
        return new AlternativePath(enable.id(), group, List.of(enable), false, false, true);
    }
}
