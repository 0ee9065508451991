package interlock.applier.reference;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.api.RetryPolicy;
import interlock.api.TriggerRule;
import interlock.model.ActionGraph;
import interlock.model.Alternatives;
import interlock.model.InvalidPlan;
import interlock.model.NewPlan;
import interlock.model.OnFailure;
import interlock.model.PlanCapacities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A plan made by chance: a graph, resources, retries, deadlines, trigger rules, finally actions, paths in paths, a policy. It can
 * be made smaller.
 *
 * @param delay how long it waits before it begins
 * @param deadline how long it may take
 * @param last its finally actions
 */
record RandomPlan(
        OnFailure policy,
        Optional<Duration> delay,
        Optional<Duration> deadline,
        List<PlannedAction> actions,
        List<PlannedAction> last,
        List<AlternativePath> paths) {
    /** No action takes more units of a resource, all of its uses together. */
    static final int MOST_UNITS = 2;

    private static final List<ResourceUse> RACKS = List.of(
            new ResourceUse(new ResourceKey("rack", "r0"), 1), new ResourceUse(new ResourceKey("rack", "r1"), 1));

    /** {@return a plan} Its actions' names begin with the prefix. */
    static RandomPlan of(String prefix, Random random) {
        boolean rules = random.nextInt(3) == 0;
        List<PlannedAction> actions = actions(prefix + "a", 1 + random.nextInt(12), rules, random);
        List<PlannedAction> last =
                random.nextInt(3) == 0 ? actions(prefix + "z", 1 + random.nextInt(3), rules, random) : List.of();
        List<AlternativePath> paths = new ArrayList<>();
        List<List<PlannedAction>> scopes = new ArrayList<>(List.of(actions));
        if (!last.isEmpty()) {
            scopes.add(last);
        }
        boolean deep = random.nextInt(3) == 0;
        for (int tries = deep ? 5 + random.nextInt(12) : random.nextInt(10); tries > 0; tries--) {
            boolean deeper = deep && random.nextInt(4) > 0;
            List<PlannedAction> scope = deeper ? scopes.getLast() : scopes.get(random.nextInt(scopes.size()));
            String name = "%spath%d".formatted(prefix, paths.size());
            List<PlannedAction> its = actions(name + ".", 1 + random.nextInt(3), rules, random);
            Set<String> group = random.nextInt(4) == 0 ? wider(scope, paths, random) : group(scope, random);
            paths.add(new AlternativePath(
                    name, group, its, random.nextBoolean(), random.nextInt(3) == 0, random.nextInt(6) == 0));
            if (Alternatives.objections(new ActionGraph(actions), new ActionGraph(last), paths)
                    .isEmpty()) {
                scopes.add(its);
            } else {
                paths.removeLast();
            }
        }
        OnFailure[] policies = OnFailure.values();
        return new RandomPlan(
                policies[random.nextInt(policies.length)],
                sometimes(6, 120, random),
                sometimes(6, 400, random),
                actions,
                last,
                paths);
    }

    /** {@return a duration of up to so many seconds, one time in so many} */
    private static Optional<Duration> sometimes(int oneIn, int most, Random random) {
        return random.nextInt(oneIn) == 0
                ? Optional.of(Duration.ofSeconds(1 + random.nextInt(most)))
                : Optional.empty();
    }

    private static List<PlannedAction> actions(String prefix, int count, boolean rules, Random random) {
        List<PlannedAction> actions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Set<String> parents = new LinkedHashSet<>();
            for (PlannedAction other : actions) {
                if (random.nextInt(count) < 2) {
                    parents.add(other.id());
                }
            }
            List<ResourceUse> uses = switch (random.nextInt(8)) {
                case 0 -> List.of(RACKS.get(random.nextInt(2)));
                case 1 -> List.of(RACKS.get(0), RACKS.get(random.nextInt(2))); // the same one twice adds up
                case 2 -> List.of(new ResourceUse(ResourceKey.actionType("scripted"), 1));
                default -> List.of();
            };
            actions.add(new PlannedAction(
                            prefix + i,
                            "scripted",
                            Map.of("name", prefix + i),
                            parents,
                            uses,
                            Optional.empty(),
                            sometimes(6, 60, random),
                            sometimes(5, 60, random),
                            new RetryPolicy(1 + random.nextInt(3), Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0))
                    .withRevertTimeout(sometimes(6, 60, random))
                    .withTriggerRule(rules ? rule(parents, random) : TriggerRule.ALL_SUCCESS));
        }
        return actions;
    }

    private static TriggerRule rule(Set<String> parents, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> TriggerRule.ALL_DONE;
            case 1 -> parents.isEmpty() ? TriggerRule.ALL_SUCCESS : TriggerRule.ONE_FAILED;
            default -> TriggerRule.ALL_SUCCESS;
        };
    }

    private static Set<String> group(List<PlannedAction> scope, Random random) {
        Set<String> group = new LinkedHashSet<>();
        int size = random.nextBoolean() ? 1 : 1 + random.nextInt(scope.size());
        while (group.size() < size) {
            group.add(scope.get(random.nextInt(scope.size())).id());
        }
        return group;
    }

    /** {@return what some of the scope's paths replace, and more} So paths overlap, and one takes over from several. */
    private static Set<String> wider(List<PlannedAction> scope, List<AlternativePath> paths, Random random) {
        Set<String> group = new LinkedHashSet<>();
        for (AlternativePath path : paths) {
            if (ids(scope).containsAll(path.replaces()) && random.nextBoolean()) {
                group.addAll(path.replaces());
            }
        }
        group.addAll(group(scope, random));
        return group;
    }

    /** {@return the plan, as it is stored now} */
    NewPlan build(Instant now) {
        return new NewPlan(
                        "random",
                        "explicit",
                        policy,
                        new ActionGraph(actions),
                        Alternatives.inOrder(paths),
                        PlanCapacities.NONE,
                        NewPlan.Origin.UNKNOWN)
                .withFinally(new ActionGraph(last))
                .withWindow(new NewPlan.Window(delay.map(now::plus), deadline));
    }

    /** {@return smaller plans: without one half of the actions or the other, without paths, without one path} */
    List<RandomPlan> smaller() {
        List<RandomPlan> smaller = new ArrayList<>();
        int half = actions.size() / 2;
        Set<String> first = ids(actions.subList(0, half));
        Set<String> second = ids(actions.subList(half, actions.size()));
        if (!paths.isEmpty()) {
            smaller.add(new RandomPlan(policy, delay, deadline, actions, last, List.of()));
        }
        if (delay.isPresent() || deadline.isPresent()) {
            smaller.add(new RandomPlan(policy, Optional.empty(), deadline, actions, last, paths));
            smaller.add(new RandomPlan(policy, delay, Optional.empty(), actions, last, paths));
        }
        if (half > 0) {
            smaller.add(without(first::contains));
            smaller.add(without(second::contains));
        }
        for (PlannedAction action : actions.size() > 1 && actions.size() <= 4 ? actions : List.<PlannedAction>of()) {
            smaller.add(without(action.id()::equals));
        }
        if (!last.isEmpty()) {
            smaller.add(without(ids(last)::contains));
        }
        for (AlternativePath path : paths) {
            smaller.add(without(ids(path.actions())::contains));
        }
        return smaller.stream().filter(RandomPlan::isValid).toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("a plan, on_failure ").append(policy);
        delay.ifPresent(it -> text.append(", not before ").append(it));
        deadline.ifPresent(it -> text.append(", deadline ").append(it));
        actions.forEach(action -> text.append("\n  ").append(shown(action)));
        last.forEach(action -> text.append("\n  finally ").append(shown(action)));
        for (AlternativePath path : paths) {
            text.append("\n  %s for %s%s%s:"
                    .formatted(
                            path.name(),
                            path.replaces(),
                            path.abortRunning() ? ", aborts what runs" : "",
                            (path.revert() ? ", reverts" : "") + (path.compensation() ? ", compensates" : "")));
            path.actions().forEach(action -> text.append("\n    ").append(shown(action)));
        }
        return text.toString();
    }

    private static String shown(PlannedAction action) {
        return "%s after %s (%s), tried %d times%s%s"
                .formatted(
                        action.id(),
                        action.parents(),
                        action.triggerRule().wireName(),
                        action.retry().maxAttempts(),
                        action.timeout().map(", time-out %s"::formatted).orElse(""),
                        action.deadline().map(", deadline %s"::formatted).orElse(""));
    }

    private boolean isValid() {
        try {
            return !actions.isEmpty()
                    && Alternatives.objections(new ActionGraph(actions), new ActionGraph(last), paths)
                            .isEmpty();
        } catch (InvalidPlan _) {
            return false;
        }
    }

    private static Set<String> ids(List<PlannedAction> actions) {
        Set<String> ids = new LinkedHashSet<>();
        actions.forEach(action -> ids.add(action.id()));
        return ids;
    }

    private RandomPlan without(Predicate<String> gone) {
        List<AlternativePath> left = new ArrayList<>(paths);
        Set<String> known = ids(left(actions, gone));
        known.addAll(ids(left(last, gone)));
        left.removeIf(path -> path.actions().stream().anyMatch(it -> gone.test(it.id())));
        left.forEach(path -> known.addAll(ids(path.actions())));
        boolean removed = true;
        while (removed) {
            removed = left.removeIf(path -> !known.containsAll(path.replaces()) && forget(known, path));
        }
        return new RandomPlan(policy, delay, deadline, left(actions, gone), left(last, gone), left);
    }

    private static boolean forget(Set<String> known, AlternativePath path) {
        known.removeAll(ids(path.actions()));
        return true;
    }

    private static List<PlannedAction> left(List<PlannedAction> actions, Predicate<String> gone) {
        return actions.stream()
                .filter(action -> !gone.test(action.id()))
                .map(action -> {
                    Set<String> parents = new LinkedHashSet<>(action.parents());
                    parents.removeIf(gone);
                    PlannedAction other = action.withParents(parents);
                    return parents.isEmpty() ? other.withTriggerRule(TriggerRule.ALL_SUCCESS) : other;
                })
                .toList();
    }
}
