package interlock.applier;

import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The stored plans, as an applier sees them: the one port between the loop and the database. Used by one thread per
 * applier.
 */
public interface PlanGraph {
    /**
     * Makes an applier known, and gives it a lease.
     *
     * @return its id, new each time
     * @throws GraphUnavailable when the database is out of reach
     */
    String register();

    /**
     * Runs one advance: one transaction, alone among all advances and changes of state, which renews the applier's
     * lease. The work may be run more than once before it is committed.
     *
     * @throws GraphUnavailable when the database is out of reach; whether the advance was stored is then unknown
     * @throws LeaseLost when another applier has taken this one for dead; nothing is stored then
     */
    <T> Committed<T> advance(String applier, Function<Turn, T> work);

    /**
     * {@return whether an advance of this applier would find anything to do} Looks, and changes nothing.
     *
     * @throws GraphUnavailable when the database is out of reach
     */
    boolean hasWork(String applier);

    /**
     * Ends an applier's membership, after its last advance.
     *
     * @throws GraphUnavailable when the database is out of reach
     */
    void leave(String applier);

    /**
     * An advance that is stored.
     *
     * @param result what the work returned
     * @param plans the plans that it changed
     */
    record Committed<T>(T result, Set<UUID> plans) {}

    /** The database cannot be reached, or did not answer. */
    class GraphUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Says why. */
        public GraphUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The database ended a transaction that took longer than it may; nothing of it is stored. */
    final class TransactionTimedOut extends GraphUnavailable {
        private static final long serialVersionUID = 1;

        /** Says why. */
        public TransactionTimedOut(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The database is there, but cannot store a value as it stands, such as a key that is too long for an index. */
    final class UnstorableValue extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Says why. The message does not hold the value. */
        public UnstorableValue(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Another applier has taken this one for dead and its actions back. */
    final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Names the applier. */
        public LeaseLost(String applier) {
            super("the lease of applier %s ran out; its actions were taken back".formatted(applier));
        }
    }
}
