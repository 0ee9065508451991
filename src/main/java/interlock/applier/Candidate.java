package interlock.applier;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A ready action, as input of the {@link Picker}.
 *
 * @param action its uuid
 * @param plan the uuid of its plan
 * @param priority the priority of its plan
 * @param recovery whether it undoes or ends something, so that it goes before new work of plans of the same priority
 * @param remaining the longest remaining path within its plan, in seconds; the longest starts first
 * @param seconds the estimate of its duration; empty: unknown
 * @param latest the seconds after which it has ended for certain, its time-out; empty: none
 * @param demands the resources that it takes while it runs; at most one demand for each
 */
public record Candidate(
        UUID action,
        UUID plan,
        int priority,
        boolean recovery,
        double remaining,
        OptionalDouble seconds,
        OptionalDouble latest,
        List<Demand> demands) {
    /** The order of the actions of one plan. */
    static final Comparator<Candidate> WITHIN_PLAN = Comparator.comparing(Candidate::recovery)
            .thenComparingDouble(Candidate::remaining)
            .reversed();

    /** The order of classes: the priority of the plan, then recovery before new work. */
    static final Comparator<Candidate> BY_CLASS = Comparator.comparingInt(Candidate::priority)
            .thenComparing(Candidate::recovery)
            .reversed();

    public Candidate {
        demands = List.copyOf(demands);
    }

    /**
     * An action's demand for one resource, and the state of the resource.
     *
     * @param resource the resource's key
     * @param units the units that the action takes
     * @param free the units that are free; negative if the capacity was lowered below the units in use
     * @param capacity the resource's capacity; empty: no limit
     */
    public record Demand(String resource, int units, int free, OptionalInt capacity) {
        /** {@return whether the resource can ever have enough units} */
        boolean possible() {
            return capacity.isEmpty() || units <= capacity.getAsInt();
        }
    }

    /** {@return the seconds after which it has ended, as far as it is known} */
    OptionalDouble ends() {
        return seconds.isPresent() ? seconds : latest;
    }
}
