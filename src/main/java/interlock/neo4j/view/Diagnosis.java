package interlock.neo4j.view;

import interlock.model.ActionState;
import interlock.model.PlanState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why an action is in its state.
 *
 * @param action which action
 * @param planUuid its plan
 * @param reasons all that is true, the decisive one first; never empty
 */
public record Diagnosis(ActionRef action, String planUuid, List<Reason> reasons) {
    /** {@return the decisive reason as one sentence} */
    public String summary() {
        String why = reasons.getFirst().message();
        return "'%s' is %s: %s%s".formatted(action.id(), action.state(), why, why.endsWith(".") ? "" : ".");
    }

    /** An action. */
    public record ActionRef(String uuid, String id, ActionState state) {}

    /** A parent that is waited for, and the path that it belongs to, if that stands in for what the plan had there. */
    public record Parent(ActionRef action, Optional<String> path) {}

    /** An alternative path. */
    public record PathRef(String uuid, String name, int rank, String state) {}

    /** An action that holds units of a resource. */
    public record Holder(String planUuid, String planName, String uuid, String id, int units) {}

    /** An applier that is a member. */
    public record Member(String id, String host, long running, int slots, Instant leaseUntil, boolean alive) {}

    /**
     * One reason.
     *
     * @param kind which kind of reason
     * @param message the reason for a person, as the end of a sentence
     * @param detail the reason for a program
     */
    public record Reason(Kind kind, String message, Detail detail) {}

    /** The kinds of reasons. */
    public enum Kind {
        /** Its plan was not started, not taken up, or is over. */
        PLAN_STATE,
        /** Its plan is paused. */
        PAUSED,
        /** It waits for other actions. */
        PARENTS,
        /** Its path waits for what it replaces and still runs. */
        PATH_WAITS,
        /** Its next attempt is not due. */
        DUE,
        /** A resource has too few free units. */
        RESOURCE,
        /** As many actions of its type run as may. */
        LIMIT,
        /** The appliers run as many actions as they may. */
        SLOTS,
        /** Nobody would run it. */
        NO_APPLIER,
        /** Nothing is in its way. */
        READY,
        /** Its path stands by. */
        STANDBY,
        /** It runs. */
        RUNNING,
        /** It has succeeded. */
        SUCCEEDED,
        /** It was undone after it had succeeded. */
        REVERTED,
        /** It was not needed. */
        SKIPPED,
        /** It has failed. */
        FAILED,
        /** A path took its place. */
        REPLACED,
        /** It will not run. */
        CANCELLED;

        /** {@return its name in the API} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What there is to know of a reason. */
    public sealed interface Detail {
        /** Nothing more. */
        record None() implements Detail {}

        /** The plan's state. */
        record OfPlan(PlanState state) implements Detail {}

        /** The parents that are waited for: the first of them, and how many there are. */
        record Parents(List<Parent> parents, long total) implements Detail {}

        /** Actions that have to do with it. */
        record Others(List<ActionRef> actions) implements Detail {}

        /** A path, and the actions that it waits for or replaces. */
        record OfPath(PathRef path, List<ActionRef> actions) implements Detail {}

        /** When it is tried again. */
        record Due(Instant at) implements Detail {}

        /** A resource of which too little is free, the first of those who hold it, and how many there are. */
        record Shortage(String kind, String id, int capacity, int free, int units, List<Holder> holders, long total)
                implements Detail {}

        /** The appliers there are. */
        record Appliers(List<Member> appliers) implements Detail {}

        /** An attempt that runs. */
        record Run(String applier, int attempt, Optional<Instant> since, Optional<String> abort) implements Detail {}

        /** How often it was tried. */
        record Attempts(int attempts, int failures) implements Detail {}
    }
}
