package interlock.neo4j.view;

import interlock.model.ActionState;
import interlock.model.PathState;
import interlock.model.PlanState;
import interlock.model.StoredState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why an action is in its state.
 *
 * @param action the action
 * @param planUuid its plan's uuid
 * @param reasons all reasons that apply, the decisive one first; never empty
 * @param remedies what can be done about it now
 */
public record Diagnosis(ActionRef action, String planUuid, List<Reason> reasons, List<Remedy> remedies) {
    /** {@return the decisive reason as one sentence} */
    public String summary() {
        String why = reasons.getFirst().message();
        return "'%s' is %s: %s%s".formatted(action.id(), action.state(), why, why.endsWith(".") ? "" : ".");
    }

    /** An action. */
    public record ActionRef(String uuid, String id, ActionState state) {}

    /** An open parent, and its path if that replaces the plan's original parent. */
    public record Parent(ActionRef action, Optional<String> path) {}

    /** An alternative path. */
    public record PathRef(String uuid, String name, int rank, StoredState<PathState> state) {}

    /** An action that holds units of a resource. */
    public record Holder(String planUuid, String planName, String uuid, String id, int units) {}

    /** A waiting action that free units of a resource are kept for. */
    public record Kept(Holder action, Instant since) {}

    /** A registered applier. */
    public record Member(String id, String host, long running, int slots, Instant leaseUntil, boolean alive) {}

    /**
     * One reason.
     *
     * @param kind its kind
     * @param message the reason for people, as the end of a sentence
     * @param detail the reason for programs
     */
    public record Reason(Kind kind, String message, Detail detail) {}

    /** The kinds of reasons. */
    public enum Kind {
        /** Its plan is not started, not taken up, or has ended. */
        PLAN_STATE,
        /** Its plan is paused. */
        PAUSED,
        /** It has open parents. */
        PARENTS,
        /** Its path waits for replaced actions that are still running. */
        PATH_WAITS,
        /** Its next attempt is not due yet. */
        DUE,
        /** A resource has too few free units. */
        RESOURCE,
        /** The maximum number of actions of its type are running. */
        LIMIT,
        /** The appliers run as many actions as they can. */
        SLOTS,
        /** There is no active applier. */
        NO_APPLIER,
        /** Nothing prevents it from starting. */
        READY,
        /** Its path is not activated. */
        STANDBY,
        /** It runs. */
        RUNNING,
        /** It has succeeded. */
        SUCCEEDED,
        /** It was reverted after it had succeeded. */
        REVERTED,
        /** There was nothing to do, or it was skipped by a user. */
        SKIPPED,
        /** It has failed. */
        FAILED,
        /** An alternative path has replaced it. */
        REPLACED,
        /** It will not run. */
        CANCELLED;

        /** {@return its name in the API} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The details of a reason. */
    public sealed interface Detail {
        /** No details. */
        record None() implements Detail {}

        /** The plan's state. */
        record OfPlan(PlanState state) implements Detail {}

        /** The first open parents, and the number of all. */
        record Parents(List<Parent> parents, long total) implements Detail {}

        /** Related actions. */
        record Others(List<ActionRef> actions) implements Detail {}

        /** A path, and the actions that it waits for or replaces. */
        record OfPath(PathRef path, List<ActionRef> actions) implements Detail {}

        /** The time of the next attempt. */
        record Due(Instant at) implements Detail {}

        /**
         * A resource without enough free units, the first of its holders, and the number of all holders.
         *
         * @param kept the action that free units are kept for, if there is one; it may be the asked action itself
         */
        record Shortage(
                String kind,
                String id,
                int capacity,
                int free,
                int units,
                List<Holder> holders,
                long total,
                Optional<Kept> kept)
                implements Detail {}

        /** The registered appliers. */
        record Appliers(List<Member> appliers) implements Detail {}

        /** A running attempt. */
        record Run(String applier, int attempt, Optional<Instant> since, Optional<String> abort) implements Detail {}

        /** The numbers of attempts and of failures. */
        record Attempts(int attempts, int failures) implements Detail {}

        /**
         * A failure and its consequences.
         *
         * @param requestIds the ids of the requests of the last attempt
         * @param cancelled the first actions that were cancelled because of it
         * @param total the number of all of them
         */
        record Failure(int attempts, int failures, List<String> requestIds, List<ActionRef> cancelled, long total)
                implements Detail {}
    }
}
