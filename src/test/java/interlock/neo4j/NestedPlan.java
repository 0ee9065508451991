package interlock.neo4j;

import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.NewPlan;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A plan of paths inside paths: each replaces all actions of the one around it. A last path replaces the outermost once more. */
final class NestedPlan {
    private final int depth;
    private final int members;
    private final boolean revert;

    private NestedPlan(int depth, int members, boolean revert) {
        this.depth = depth;
        this.members = members;
        this.revert = revert;
    }

    /**
     * {@return the plan} The ids are {@code depth/place}, from {@code 0/0}, which belongs to no path; what depends on all of these is
     * {@code after}. The first of each path fails, and the others depend on it.
     */
    static NewPlan of(int depth, int members) {
        return new NestedPlan(depth, members, false).plan();
    }

    /** {@return the same, but the paths revert what has succeeded: the first of each, before the second fails} */
    static NewPlan reverting(int depth, int members) {
        return new NestedPlan(depth, members, true).plan();
    }

    private NewPlan plan() {
        PlanBuilder plan = level(0);
        List<String> outermost = List.copyOf(plan.ids());
        PlanBuilder instead = PlanBuilder.plan();
        for (int place = 0; place < members; place++) {
            instead.action("instead/" + place);
        }
        return plan.path("instead", outermost, instead)
                .action("after", outermost.toArray(String[]::new))
                .build();
    }

    private PlanBuilder level(int at) {
        PlanBuilder level = revert ? PlanBuilder.plan().revert().action(at + "/0") : PlanBuilder.plan();
        int failing = revert ? 1 : 0;
        String[] before = revert ? new String[] {at + "/0"} : new String[0];
        level.action(at + "/" + failing, "fail", Map.of("message", "never", "permanent", true), before);
        for (int place = failing + 1; place < members; place++) {
            level.action(at + "/" + place, at + "/" + failing);
        }
        return at == depth ? level : level.path("path " + (at + 1), List.copyOf(level.ids()), level(at + 1));
    }

    /** Lets what runs come to its end, over and over, until an action of this depth is the one that runs. */
    static void runUntil(Rig rig, Applier applier, UUID plan, int depth) {
        applier.step(true);
        while (!running(plan).startsWith(depth + "/")) {
            rig.runStarted();
            applier.step(true);
        }
    }

    private static String running(UUID plan) {
        return Neo4jServer.look(
                        "MATCH (a:Action:Ongoing {planUuid: $plan}) RETURN a.id AS id", Map.of("plan", plan.toString()))
                .getFirst()
                .get("id")
                .asString();
    }
}
